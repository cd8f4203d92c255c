using System.Collections.Concurrent;
using Liandong.Data;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>
/// What a machine's request needs to know of its client, kept for a few seconds: a token is checked without the database, and a
/// client that is disabled is out on every node within <see cref="Lifetime"/>, on this one at once.
/// </summary>
public sealed class ClientBook(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (Entry? Entry, long Read)> known = new();

    /// <param name="Enabled">Neither disabled nor of an organ that has ended.</param>
    public sealed record Entry(Guid Id, string Name, Guid Organ, string OrganName, bool IsBureau, bool Enabled, string SecretDigest, IReadOnlySet<string> Scopes);

    public async ValueTask<Entry?> FindAsync(string district, string clientId, CancellationToken ct)
    {
        if (known.TryGetValue(clientId, out var kept) && time.GetElapsedTime(kept.Read) < Lifetime) return kept.Entry;
        var entry = await ReadAsync(district, clientId, ct);
        if (known.Count > 10_000) known.Clear();
        known[clientId] = (entry, time.GetTimestamp());
        return entry;
    }

    public void Forget(string clientId) => known.TryRemove(clientId, out _);

    /// <summary>The district that a client id names; null when it has not the form of one.</summary>
    public static string? DistrictOf(string? clientId) =>
        clientId?.IndexOf('-', StringComparison.Ordinal) is { } hyphen and >= 6 and <= 12 && clientId.AsSpan(0, hyphen).IndexOfAnyExceptInRange('0', '9') < 0 ? clientId[..hyphen] : null;

    private async Task<Entry?> ReadAsync(string district, string clientId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var client = await db.MachineClients.AsNoTracking().FirstOrDefaultAsync(c => c.ClientId == clientId, ct);
        if (client is null) return null;
        var today = scope.ServiceProvider.GetRequiredService<Clock>().Today;
        var organ = await db.Organs.AsNoTracking().FirstAsync(o => o.Id == client.Organ, ct);
        return new Entry(client.Id, client.Name, organ.Id, organ.Name, organ.Kind == OrganKind.Bureau, client.DisabledAt is null && organ.ExistsOn(today), client.SecretDigest, client.Scopes.ToHashSet());
    }
}
