namespace Liandong.Attachments;

/// <summary>电子文件, 原件扫描, 复印件: what the file is, as an archive asks.</summary>
public enum FileOrigin { Electronic, Original, Copy }

/// <summary>
/// 附件: one file that belongs to one matter. Who may see it, add to it or take it away is said by the matter's own module
/// (<see cref="IMatterFiles"/>). The bytes lie in the store under their digest; the same bytes are kept once.
/// </summary>
public sealed class Attachment
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>Kind of the matter: <c>case</c>, <c>check</c>, <c>dispute</c>…</summary>
    public required string Kind { get; init; }

    /// <summary>Id of the matter.</summary>
    public required Guid Matter { get; init; }

    /// <summary>The name under which it was sent, without folders and without characters that no eye sees.</summary>
    public required string Name { get; init; }

    /// <summary>Code of the <see cref="FileType"/> that the content has, whatever the name says.</summary>
    public required string Type { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SM3 of the content, hex: its address in the store.</summary>
    public required string Sm3 { get; init; }
    public required string Sha256 { get; init; }
    public required FileOrigin Origin { get; init; }

    /// <summary>补录: the day that the paper itself bears, where it was entered later. Null for what came when it was made.</summary>
    public DateOnly? OriginalOn { get; init; }
    public string Note { get; init; } = "";
    public Guid? Organ { get; init; }
    public Guid? Person { get; init; }

    /// <summary>Name of the person or machine client as it was then.</summary>
    public string Who { get; init; } = "";
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>Number of the ledger entry that proves it.</summary>
    public long Entry { get; private set; }

    public void Entered(long entry) => Entry = entry;

    /// <summary>The name with an ending that fits the content: what is saved opens with the right program, and never as another.</summary>
    public string SafeName => FileTypes.Of(Type) is not { } type || type.Extensions.Contains(Path.GetExtension(Name).TrimStart('.').ToLowerInvariant()) ? Name : $"{Name}.{type.Extensions[0]}";
}
