namespace Liandong.Kernel.Parties;

public enum Sex { Male, Female }

/// <summary>公民身份号码 (GB 11643): six digits of division, eight of birth date, three of sequence (odd for men), one check character by MOD 11-2.</summary>
public static class ResidentId
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private const string CheckCharacters = "10X98765432";

    // Nobody now living was born before; an earlier year is a slip.
    private const int EarliestYear = 1880;

    /// <summary>The first two digits that numbers begin with: provinces, and 81 82 83 of the residence permits for people of Hong Kong, Macao and Taiwan.</summary>
    private static readonly HashSet<string> Beginnings =
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46",
        "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    ];

    /// <summary>Checks division, birth date and check character; the old 15-digit form is non-standard. A birth date after <paramref name="on"/>, where given, is a slip.</summary>
    public static CodeCheck Check(string? text, DateOnly? on = null)
    {
        var number = CodeText.Compact(text).ToUpperInvariant();
        if (number.Length == 0) return CodeCheck.Invalid("", "未填写居民身份号码");
        if (number.Length == 15 && CodeText.IsDigits(number)) return CheckOldForm(number);
        if (number.Length != 18 || !CodeText.IsDigits(number.AsSpan(0, 17)) || !(char.IsAsciiDigit(number[17]) || number[17] == 'X'))
            return CodeCheck.Invalid(text!.Trim(), "居民身份号码应为18位数字(末位可为X)");

        // Permanent residence cards for foreigners have had 18 characters since December 2023: 9, two digits of province, three of nationality, the rest alike.
        var foreigner = number[0] == '9';
        if (!foreigner && !Beginnings.Contains(number[..2])) return CodeCheck.Invalid(number, $"没有以{number[..2]}开头的行政区划");
        var born = CodeText.Day(number.AsSpan(6, 8));
        if (born is null || born.Value.Year < EarliestYear || on is { } today && born > today) return CodeCheck.Invalid(number, $"出生日期{number[6..14]}不成立");
        var expected = CheckCharacter(number);
        if (number[17] != expected) return CodeCheck.Invalid(number, $"居民身份号码校验位不符(第18位应为{expected}),请核对是否录错");
        if (foreigner) return CodeCheck.NonStandard(number, "外国人永久居留身份证号码");
        return CodeCheck.Valid(number, number[0] == '8' ? "港澳台居民居住证号码" : "公民身份号码");
    }

    /// <summary>The birth date in an 18- or 15-character number; null where there is none. Does not check the rest.</summary>
    public static DateOnly? BirthDateOf(string number) => number.Length switch
    {
        18 => CodeText.Day(number.AsSpan(6, 8)),
        15 => CodeText.Day("19" + number[6..12]),
        _ => null,
    };

    /// <summary>The sex in an 18- or 15-character number: the last digit of the sequence is odd for men.</summary>
    public static Sex? SexOf(string number)
    {
        var place = number.Length switch { 18 => 16, 15 => 14, _ => -1 };
        if (place < 0 || !char.IsAsciiDigit(number[place])) return null;
        return (number[place] - '0') % 2 == 1 ? Sex.Male : Sex.Female;
    }

    /// <summary>The 18-character number of a 15-digit one. The old form knew only people born from 1900 to 1999.</summary>
    public static string Lengthen(string fifteen)
    {
        if (fifteen.Length != 15 || !CodeText.IsDigits(fifteen)) throw new ArgumentException("15 digits expected", nameof(fifteen));
        var body = fifteen[..6] + "19" + fifteen[6..];
        return body + CheckCharacter(body);
    }

    /// <summary>The 18th character for the first 17 digits.</summary>
    internal static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += (body[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    private static CodeCheck CheckOldForm(string number)
    {
        if (!Beginnings.Contains(number[..2])) return CodeCheck.Invalid(number, $"没有以{number[..2]}开头的行政区划");
        return CodeText.Day("19" + number[6..12]) is null
            ? CodeCheck.Invalid(number, $"出生日期19{number[6..12]}不成立")
            : CodeCheck.NonStandard(number, $"是15位旧身份号码,现为{Lengthen(number)}");
    }
}
