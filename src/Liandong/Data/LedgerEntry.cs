using Liandong.Kernel.Ledger;

namespace Liandong.Data;

/// <summary>One act, as stored. Append-only: no code path updates or deletes a row, and on PostgreSQL a trigger refuses to.</summary>
public sealed class LedgerEntry
{
    public required string District { get; init; }
    public required long Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Act { get; init; }
    public Guid? Person { get; init; }
    public Guid? Organ { get; init; }

    /// <summary>The absent person whose turn the actor took.</summary>
    public Guid? OnBehalfOf { get; init; }

    /// <summary>页面, 接口, 导入, 系统, 电话, 书面.</summary>
    public required string Channel { get; init; }
    public required string SubjectKind { get; init; }
    public required Guid SubjectId { get; init; }
    public required string SubjectTitle { get; init; }
    public required string Clause { get; init; }
    public required string Body { get; init; }
    public required string PreviousHash { get; init; }
    public required string Hash { get; init; }

    public LedgerLine ToLine() => new(District, Number, At, Act, Person, Organ, OnBehalfOf, Channel, SubjectKind, SubjectId, SubjectTitle, Clause, Body, PreviousHash, Hash);
}

/// <summary>Where a district's chain ends. Locking this row serialises the district's acts and gives the outbox its order.</summary>
public sealed class ChainHead
{
    public required string District { get; init; }
    public long Number { get; set; }
    public required string Hash { get; set; }

    /// <summary>Number of the last entry whose act changed a row that <see cref="Conventions.IsOfDirectory{T}"/> marks: what was read of them since then is read again by nobody.</summary>
    public long Directory { get; set; }

    /// <summary>By organ the number of the last entry whose act changed what its desk shows, see <see cref="DeskMarks"/>.</summary>
    public byte[] Desks { get; set; } = [];
}

/// <summary>
/// A form's or an API call's one-time key, saved in the transaction of the act that it started, so that a second sending
/// finds it and has no second effect.
/// </summary>
public sealed class UsedKey
{
    public required string District { get; init; }

    /// <summary>Account or client that sent it, a colon, and the key.</summary>
    public required string Key { get; init; }

    /// <summary>Digest of method, path and body: the same key for another request is refused.</summary>
    public required string Fingerprint { get; init; }
    public required long Entry { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The answer that was given, stored after the act; null if the process died in between.</summary>
    public int? Status { get; set; }
    public string? Location { get; set; }
    public string? Answer { get; set; }
}
