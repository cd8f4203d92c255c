namespace Liandong.Attachments;

/// <summary>未扫描, 扫描中, 安全, 有毒.</summary>
public enum ScanState { NotScanned, Scanning, Clean, Infected }

/// <summary>
/// What lies in the store under one digest, once per district. It is the store's book, not business data: attachments refer to it, and what
/// nobody refers to any more is collected after a day.
/// </summary>
public sealed class StoredContent
{
    public required string District { get; init; }

    /// <summary>SM3, hex: the address.</summary>
    public required string Sm3 { get; init; }
    public required string Sha256 { get; init; }
    public required long Size { get; init; }
    public required string Type { get; init; }
    public ScanState Scan { get; set; }

    /// <summary>What the scanner found, or why it could not look.</summary>
    public string Finding { get; set; } = "";
    public DateTimeOffset? ScannedAt { get; set; }

    /// <summary>When to try the scanner again.</summary>
    public DateTimeOffset? ScanNextAt { get; set; }
    public int ScanTries { get; set; }

    /// <summary>The bytes were moved where no reader of attachments looks.</summary>
    public bool Quarantined { get; set; }

    /// <summary>When somebody last sent these bytes; younger than a day nothing is collected.</summary>
    public required DateTimeOffset TouchedAt { get; set; }

    /// <summary>The collector has decided to delete it: nobody may refer to it from now on, and the row goes after the bytes.</summary>
    public DateTimeOffset? CondemnedAt { get; set; }
}
