namespace Liandong.Documents.Layout;

/// <summary>
/// Puts every element of an official document in its place (GB/T 9704-2012). Pure: the same content and fonts give the same drawing.
/// </summary>
public sealed class DocumentLayout(IFontMeasure fonts)
{
    /// <param name="firstPage">The number of its first page, for a document that is bound into a volume.</param>
    public Drawing Lay(DocumentContent content, int firstPage = 1)
    {
        foreach (var lines in Standard.LineChoices)
        {
            var set = new Typesetting(fonts, content, lines, null, firstPage).Run();
            if (!set.SignatureStandsAlone) return set.Draw(lines == Standard.Lines ? [] : [$"为避免落款单独成页,每面排{lines}行(标准为{Standard.Lines}行)。"]);
        }
        // No line distance helps: the last two lines of the text go with the signature.
        var plain = new Typesetting(fonts, content, Standard.Lines, null, firstPage).Run();
        return new Typesetting(fonts, content, Standard.Lines, Math.Max(0, plain.TextLines - 2), firstPage).Run().Draw(["为避免落款单独成页,正文末两行移至落款页。"]);
    }

    /// <summary>A volume: cover, contents with page numbers, the documents one after the other, numbered through.</summary>
    public Drawing Lay(Volume volume)
    {
        var all = LayParts(volume);
        return new Drawing([.. all.SelectMany(part => part.Drawing.Pages).Select((page, i) => page with { Number = i + 1 })], Standard.Lines, [.. all.SelectMany(part => part.Drawing.Remarks).Distinct()]);
    }

    /// <summary>The same in its parts: cover and contents, then each document.</summary>
    public IReadOnlyList<(DocumentContent Content, Drawing Drawing)> LayParts(Volume volume)
    {
        // How many pages the contents take does not hang on the numbers in them.
        var first = Lay(volume.Front([.. volume.Parts.Select(_ => 0)])).Pages.Count + 1;
        var (parts, starts) = (new List<Drawing>(), new List<int>());
        foreach (var part in volume.Parts)
        {
            starts.Add(first);
            parts.Add(Lay(part, first));
            first += parts[^1].Pages.Count;
        }
        var front = volume.Front(starts);
        return [(front, Lay(front)), .. volume.Parts.Zip(parts)];
    }
}
