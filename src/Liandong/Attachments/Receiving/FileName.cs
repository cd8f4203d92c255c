using System.Globalization;
using System.Text;

namespace Liandong.Attachments;

/// <summary>The name of a file as it is kept and shown.</summary>
internal static class FileName
{
    private const int Longest = 200;

    /// <summary>Without folders, without control characters and without those that turn the reading direction (with them “cod.exe” reads “exe.doc”).</summary>
    public static string Clean(string? sent)
    {
        var name = (sent ?? "").Replace('\\', '/');
        name = name[(name.LastIndexOf('/') + 1)..].Normalize(NormalizationForm.FormC);
        name = string.Concat(name.Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse))).Trim(' ', '.');
        if (name.Length == 0) return "未命名";
        if (name.Length <= Longest) return name;
        var ending = Path.GetExtension(name);
        return ending.Length > 12 ? name[..Longest] : name[..(Longest - ending.Length)] + ending;
    }
}
