namespace Liandong.Kernel.Parties;

/// <summary>How the code checkers read what people and spreadsheets write: full-width characters, spaces between groups, an apostrophe before digits.</summary>
internal static class CodeText
{
    /// <summary>Half-width, without any white space or invisible characters, without the apostrophe that spreadsheets use to force text.</summary>
    public static string Compact(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var kept = new System.Text.StringBuilder(text.Length);
        foreach (var each in text)
        {
            var c = HalfWidth(each);
            if (char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format) continue;
            kept.Append(c);
        }
        return kept.ToString().TrimStart('\'', '‘', '’');
    }

    /// <summary>The ASCII twin of a full-width form; everything else unchanged.</summary>
    public static char HalfWidth(char c) => c switch
    {
        '\u3000' => ' ',
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        _ => c,
    };

    public static bool IsDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');

    public static bool IsAsciiLettersAndDigits(ReadOnlySpan<char> text)
    {
        foreach (var c in text) if (!char.IsAsciiLetterOrDigit(c)) return false;
        return text.Length > 0;
    }

    /// <summary>A calendar day from eight digits, or null when there is no such day.</summary>
    public static DateOnly? Day(ReadOnlySpan<char> yyyymmdd)
    {
        if (yyyymmdd.Length != 8 || !IsDigits(yyyymmdd)) return null;
        int year = int.Parse(yyyymmdd[..4]), month = int.Parse(yyyymmdd[4..6]), day = int.Parse(yyyymmdd[6..]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        return new DateOnly(year, month, day);
    }

    /// <summary>
    /// The check digit of GB/T 17710 (ISO/IEC 7064) MOD 11,10 over decimal digits: the one that registration numbers and food licences carry.
    /// It detects every single wrong digit.
    /// </summary>
    public static char Mod11And10(ReadOnlySpan<char> digits)
    {
        var p = 10;
        foreach (var digit in digits)
        {
            p = (p + (digit - '0')) % 10;
            if (p == 0) p = 10;
            p = p * 2 % 11;
        }
        return (char)('0' + (11 - p) % 10);
    }
}
