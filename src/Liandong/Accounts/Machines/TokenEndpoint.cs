using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Liandong.Data;
using Microsoft.AspNetCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using OpenIddict.Abstractions;

namespace Liandong.Accounts;

/// <summary>
/// OAuth 2 client credentials at <c>/connect/token</c>. OpenIddict speaks the protocol; clients are our own rows
/// (<see cref="MachineClient"/>), so that each lies in its district, and tokens are signed and kept nowhere.
/// </summary>
public static class TokenEndpoint
{
    public const string Path = "/connect/token";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>The same on every address of the product, so that a token holds behind a proxy and on each node.</summary>
    private static readonly Uri Issuer = new("https://liandong.example/");

    public static IServiceCollection AddTokenEndpoint(this IServiceCollection services)
    {
        services.AddSingleton<TokenKeys>();
        services.AddOptions<OpenIddictServerOptions>().Configure<TokenKeys>((options, keys) =>
        {
            options.SigningCredentials.Add(new SigningCredentials(keys.Signing, SecurityAlgorithms.EcdsaSha256));
            options.EncryptionCredentials.Add(new EncryptingCredentials(keys.Encryption, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
        });
        services.AddOpenIddict()
            .AddServer(server =>
            {
                server.SetIssuer(Issuer).SetTokenEndpointUris(Path).AllowClientCredentialsFlow().EnableDegradedMode().DisableAccessTokenEncryption().SetAccessTokenLifetime(Lifetime);
                server.RegisterScopes([.. Scopes.All]);
                server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseScopedHandler<CheckClient>());
                server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseScopedHandler<GiveToken>());
                // Plain HTTP is taken from this machine alone: see CheckClient.
                server.UseAspNetCore().DisableTransportSecurityRequirement();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore();
            });
        return services;
    }

    public const string BearerScheme = OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme;
}

/// <summary>Who asks for a token, and whether the secret is right.</summary>
internal sealed class CheckClient(ClientBook book, IServiceScopeFactory scopes, Clock clock) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        if (!http.Request.IsHttps && http.Connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from))
        {
            context.Reject(Errors.InvalidRequest, "The token endpoint answers over HTTPS only.");
            return;
        }
        var (id, secret) = (context.ClientId ?? "", context.ClientSecret ?? "");
        var district = ClientBook.DistrictOf(id);
        var client = district is null ? null : await book.FindAsync(district, id, http.RequestAborted);
        var given = Encoding.ASCII.GetBytes(Sm3.HexOf(secret));
        var right = CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(client?.SecretDigest ?? new string('0', 64))) && client is { Enabled: true };
        if (client is not null) await LogAsync(district!, client.Id, right ? SignInOutcome.Opened : client.Enabled ? SignInOutcome.WrongPassword : SignInOutcome.Disabled, http);
        if (!right) context.Reject(Errors.InvalidClient, "The client id or the secret is wrong, or the client is disabled.");
        else if (context.Request.GetScopes().FirstOrDefault(scope => !client!.Scopes.Contains(scope)) is { } foreign) context.Reject(Errors.InvalidScope, $"The client has no scope '{foreign}'.");
    }

    private async Task LogAsync(string district, Guid client, SignInOutcome outcome, HttpContext http)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var origin = Origin.Of(http);
        db.SignInAttempts.Add(new SignInAttempt
        {
            District = district, Id = clock.NewId(), At = clock.Now, Outcome = outcome, Method = "客户端密钥", Client = client, Address = origin.Address, Device = origin.Device,
        });
        await db.SaveChangesAsync(http.RequestAborted);
    }
}

/// <summary>What the token says: the client, its district and organ, and the scopes asked for (all of the client's when none are named).</summary>
internal sealed class GiveToken(ClientBook book) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var id = context.ClientId!;
        var client = (await book.FindAsync(ClientBook.DistrictOf(id)!, id, context.CancellationToken))!;
        var identity = new ClaimsIdentity(TokenEndpoint.BearerScheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, id).SetClaim(SignInClaims.District, ClientBook.DistrictOf(id)!).SetClaim(SignInClaims.Organ, client.Organ.ToString());
        var asked = context.Request.GetScopes();
        identity.SetScopes(asked.Length > 0 ? asked : [.. client.Scopes.Order()]);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        context.Principal = new ClaimsPrincipal(identity);
    }
}

/// <summary>The keys that sign tokens, in <c>data/keys</c>: nodes that share the folder (or a copy of it) take each other's tokens.</summary>
public sealed class TokenKeys(DatabaseChoice choice)
{
    private readonly string folder = System.IO.Path.Combine(choice.DataFolder, "keys");

    public SecurityKey Signing
    {
        get
        {
            var key = ECDsa.Create();
            key.ImportFromPem(ReadOrMake("token-signing.pem", () =>
            {
                using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                return made.ExportPkcs8PrivateKeyPem();
            }));
            return new ECDsaSecurityKey(key) { KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16] };
        }
    }

    public SecurityKey Encryption => new SymmetricSecurityKey(Convert.FromHexString(ReadOrMake("token-encryption.key", () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)))));

    private string ReadOrMake(string name, Func<string> make)
    {
        var file = System.IO.Path.Combine(folder, name);
        if (!File.Exists(file))
        {
            if (OperatingSystem.IsWindows()) System.IO.Directory.CreateDirectory(folder);
            else System.IO.Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var own = $"{file}.{Environment.ProcessId}";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var writer = new StreamWriter(own, options)) writer.Write(make());
            // Two nodes may start at once: the first to name its file wins, and both read that one.
            try { File.Move(own, file, overwrite: false); }
            catch (IOException) when (File.Exists(file)) { File.Delete(own); }
        }
        return File.ReadAllText(file);
    }
}
