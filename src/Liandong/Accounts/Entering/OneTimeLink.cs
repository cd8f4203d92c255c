using System.Security.Cryptography;
using Liandong.Data;
using Liandong.Kernel;

namespace Liandong.Accounts;

public enum LinkKind { FirstAdministrator, Invitation, Reset }

/// <summary>一次性链接: the only way to a first or a forgotten password. The link itself is never stored, only its digest.</summary>
public sealed class OneTimeLink
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required LinkKind Kind { get; init; }

    /// <summary>Null for the first administrator, whose account does not exist yet.</summary>
    public Guid? Account { get; init; }

    /// <summary>SM3 of the link's token.</summary>
    public required string Digest { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset ValidUntil { get; init; }
    public DateTimeOffset? UsedAt { get; private set; }

    public bool IsOpenAt(DateTimeOffset now) => UsedAt is null && now < ValidUntil;

    public void Use(DateTimeOffset now)
    {
        if (!IsOpenAt(now)) throw new Refusal("link.spent", "该链接已经用过或者过期,请联系安全管理员重新发放。");
        UsedAt = now;
    }

    public void Revoke(DateTimeOffset now) => UsedAt ??= now;

    /// <summary>A new link and its token, which is shown once and kept nowhere.</summary>
    public static (OneTimeLink Link, string Token) Make(string district, LinkKind kind, Guid? account, TimeSpan lifetime, Clock clock)
    {
        var token = Secret();
        return (new OneTimeLink { District = district, Id = clock.NewId(), Kind = kind, Account = account, Digest = Sm3.HexOf(token), MadeAt = clock.Now, ValidUntil = clock.Now + lifetime }, token);
    }

    /// <summary>256 random bits in letters that survive an address and a double click.</summary>
    public static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
