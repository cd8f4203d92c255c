namespace Liandong.Kernel.Parties;

/// <summary>
/// 组织机构代码 (GB 11714): eight digits or letters and a check character, often written with a hyphen before it.
/// Since 2015 it lives on as the 主体标识码 inside the social credit code, which is why old item lists still carry it.
/// </summary>
public static class OrganisationCode
{
    private static readonly int[] Weights = [3, 7, 9, 10, 5, 8, 4, 2];

    public static CodeCheck Check(string? text)
    {
        var compact = CodeText.Compact(text);
        if (compact.Length == 0) return CodeCheck.Invalid("", "未填写组织机构代码");
        var code = compact.ToUpperInvariant();
        if (code.Length == 10 && code[8] is '-' or '—' or '–') code = code[..8] + code[9];
        if (code.Length != 9 || !CodeText.IsAsciiLettersAndDigits(code))
            return CodeText.IsAsciiLettersAndDigits(code) ? CodeCheck.NonStandard(compact, "不是9位组织机构代码,照录") : CodeCheck.Invalid(text!.Trim(), "含有组织机构代码不用的字符");
        var expected = CheckCharacter(code);
        return code[8] == expected
            ? CodeCheck.Valid(code, "组织机构代码")
            : CodeCheck.Invalid(code, $"组织机构代码校验位不符(第9位应为{expected})");
    }

    /// <summary>The ninth character for the first eight (digits and upper-case letters).</summary>
    internal static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++) sum += ValueOf(body[i]) * Weights[i];
        return (11 - sum % 11) switch { 10 => 'X', 11 => '0', var n => (char)('0' + n) };
    }

    private static int ValueOf(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
}
