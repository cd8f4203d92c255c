namespace Liandong.Kernel.Parties;

/// <summary>A kind of licence whose number has a published structure: two letters and fourteen digits, the last a check digit by GB/T 17710 MOD 11,10.</summary>
/// <param name="Prefix">The two letters.</param>
/// <param name="Name">What the licence is called.</param>
/// <param name="DivisionAt">Where in the digits the six of the division begin.</param>
/// <param name="Strict">
/// Whether a wrong check digit means a wrong number. Compared with numbers printed by their holders on public pages: all 12 production
/// licences (SC) passed, but only 12 of 16 trading licences (JY); some offices issued trading licences with another last digit, so a failing
/// one is flagged and not called wrong.
/// </param>
public sealed record LicenceKind(string Prefix, string Name, int DivisionAt, bool Strict)
{
    /// <summary>食品经营许可管理办法: 1 主体业态, 6 区划, 6 顺序, 1 校验.</summary>
    public static readonly LicenceKind FoodTrade = new("JY", "食品经营许可证", DivisionAt: 1, Strict: false);

    /// <summary>食品生产许可管理办法: 3 食品类别, 6 区划, 4 顺序, 1 校验.</summary>
    public static readonly LicenceKind FoodProduction = new("SC", "食品生产许可证", DivisionAt: 3, Strict: true);

    public static readonly IReadOnlyList<LicenceKind> All = [FoodTrade, FoodProduction];
}

/// <summary>
/// Numbers of licences. Only the food licences have a check digit that is public; every other number is accepted as text and said to be unverified.
/// </summary>
public static class LicenceNumber
{
    public static CodeCheck Check(string? text)
    {
        var compact = CodeText.Compact(text);
        if (compact.Length == 0) return CodeCheck.Invalid("", "未填写证件编号");
        var number = compact.ToUpperInvariant();
        if (KindOf(number) is not { } kind || !CodeText.IsDigits(number.AsSpan(2)))
            return CodeCheck.NonStandard(text!.Trim(), "这类证件编号没有公开的校验规则,照录,未核验");
        var digits = number.AsSpan(2);
        if (digits.Length != 14) return CodeCheck.Invalid(number, $"{kind.Name}编号应为{kind.Prefix}和14位数字(现为{digits.Length}位)");
        var expected = CodeText.Mod11And10(digits[..13]);
        if (digits[13] == expected) return CodeCheck.Valid(number, kind.Name);
        return kind.Strict
            ? CodeCheck.Invalid(number, $"{kind.Name}编号校验位不符(末位应为{expected}),请核对是否录错")
            : CodeCheck.NonStandard(number, $"{kind.Name}编号末位与校验规则不符(按规则应为{expected}),各地有不按规则编发的,请对照原证,照录并标记");
    }

    /// <summary>The kind that a number claims by its first letters; null for kinds without a published structure.</summary>
    public static LicenceKind? KindOf(string number) => LicenceKind.All.FirstOrDefault(kind => number.StartsWith(kind.Prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The six-digit division in a number of a known kind.</summary>
    public static string? DivisionOf(string number) => KindOf(number) is { } kind && number.Length == 16 ? number.Substring(2 + kind.DivisionAt, 6) : null;
}
