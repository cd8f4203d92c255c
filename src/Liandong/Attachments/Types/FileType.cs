namespace Liandong.Attachments;

/// <summary>A kind of file that the product knows.</summary>
/// <param name="Code">The word of the allow-list: <c>pdf</c>.</param>
/// <param name="Media">What it is served as.</param>
/// <param name="Extensions">Endings that fit it, the usual one first.</param>
/// <param name="Inline">A browser may show it: it runs nothing of the sender's in the product's name.</param>
public sealed record FileType(string Code, string Media, string Name, IReadOnlyList<string> Extensions, bool Inline = false)
{
    public bool IsPicture => Media.StartsWith("image/", StringComparison.Ordinal);
}
