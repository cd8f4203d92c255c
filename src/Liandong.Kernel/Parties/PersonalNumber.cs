using System.Text.RegularExpressions;

namespace Liandong.Kernel.Parties;

/// <summary>Personal numbers and names as screens, exports and logs may show them. More than a third of any number is hidden, and all of a short one.</summary>
public static partial class PersonalNumber
{
    private const char Star = '*';

    /// <summary>
    /// An identity number: 370102********1234 (18 characters), 370102******123 (15); of any other number (passports, old documents) the first and last
    /// quarter at most, and nothing of one shorter than eight.
    /// </summary>
    public static string Mask(string? number)
    {
        var compact = CodeText.Compact(number);
        return compact.Length switch
        {
            18 => Hide(compact, 6, 4),
            15 => Hide(compact, 6, 3),
            < 8 => Hide(compact, 0, 0),
            var n => Hide(compact, n / 4, n / 4),
        };
    }

    /// <summary>A telephone number: 138****5678; a land line keeps its area code, 0531-****2345.</summary>
    public static string MaskPhone(string? phone)
    {
        var compact = CodeText.Compact(phone);
        var hyphen = compact.IndexOf('-');
        if (hyphen is >= 3 and <= 4 && CodeText.IsDigits(compact.AsSpan(0, hyphen)) && compact.Length - hyphen - 1 is 7 or 8)
            return Hide(compact, hyphen + 1, compact.Length - hyphen - 5);
        return compact.Length switch
        {
            11 => Hide(compact, 3, 4),
            < 7 => Hide(compact, 0, 0),
            var n => Hide(compact, n / 4, n / 4),
        };
    }

    /// <summary>A person's name: the surname stays, 张*, 欧阳**; of a name in Latin letters the first letter.</summary>
    public static string MaskName(string? name)
    {
        var trimmed = name?.Trim() ?? "";
        if (trimmed.Length == 0) return "";
        if (trimmed.Length == 1) return "*";
        var shown = trimmed.Length >= 3 && CompoundSurnames.Contains(trimmed[..2]) ? 2 : char.IsHighSurrogate(trimmed[0]) ? 2 : 1;
        var hidden = new System.Globalization.StringInfo(trimmed[shown..]).LengthInTextElements;
        return trimmed[..shown] + new string(Star, Math.Max(1, hidden));
    }

    /// <summary>
    /// Free text with every valid resident identity number and every mobile number in it masked: for logs and remarks. Only numbers that pass
    /// their check are taken for identity numbers, so that social credit codes and case numbers stay readable.
    /// </summary>
    public static string MaskWithin(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var masked = Identity().Replace(text, match => ResidentId.Check(match.Value) is { Standing: not CodeStanding.Invalid } ? Mask(match.Value) : match.Value);
        return Mobile().Replace(masked, match => MaskPhone(match.Value));
    }

    private static string Hide(string text, int first, int last) =>
        text.Length == 0 ? "" : string.Concat(text.AsSpan(0, first), new string(Star, text.Length - first - last), text.AsSpan(text.Length - last));

    [GeneratedRegex("(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Identity();

    [GeneratedRegex("(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Mobile();

    private static readonly HashSet<string> CompoundSurnames =
    [
        "欧阳", "司马", "上官", "诸葛", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "长孙", "宇文", "司徒", "司空", "令狐", "端木", "百里", "呼延",
        "南宫", "独孤", "轩辕", "赫连", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠", "仲孙", "钟离", "闾丘", "西门", "万俟", "闻人", "公羊", "完颜", "拓跋", "东郭", "南门",
    ];
}
