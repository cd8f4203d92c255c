namespace Liandong.Documents.Layout;

/// <summary>
/// Puts every element of an official document in its place (GB/T 9704-2012). Pure: the same content and fonts give the same drawing.
/// </summary>
public sealed class DocumentLayout(IFontMeasure fonts)
{
    public Drawing Lay(DocumentContent content)
    {
        foreach (var lines in Standard.LineChoices)
        {
            var set = new Typesetting(fonts, content, lines, null).Run();
            if (!set.SignatureStandsAlone) return set.Draw(lines == Standard.Lines ? [] : [$"为避免落款单独成页,每面排{lines}行(标准为{Standard.Lines}行)。"]);
        }
        // No line distance helps: the last two lines of the text go with the signature.
        var plain = new Typesetting(fonts, content, Standard.Lines, null).Run();
        return new Typesetting(fonts, content, Standard.Lines, Math.Max(0, plain.TextLines - 2)).Run().Draw(["为避免落款单独成页,正文末两行移至落款页。"]);
    }
}
