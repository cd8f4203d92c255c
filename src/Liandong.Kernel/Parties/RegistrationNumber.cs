namespace Liandong.Kernel.Parties;

/// <summary>
/// 工商注册号 (GS 15-2006): six digits of the registering organ, eight of sequence, one check digit by MOD 11,10. Sole traders may still carry one.
/// </summary>
public static class RegistrationNumber
{
    public static CodeCheck Check(string? text)
    {
        var number = CodeText.Compact(text);
        if (number.Length == 0) return CodeCheck.Invalid("", "未填写工商注册号");
        if (!CodeText.IsDigits(number)) return number.Length == 18 && SocialCreditCode.Check(number) is { IsValid: true } newer
            ? CodeCheck.NonStandard(newer.Value, "是18位统一社会信用代码,不是15位注册号")
            : CodeCheck.NonStandard(text!.Trim(), "不是15位数字的注册号(旧式或地方编号),照录并标记");
        if (number.Length == 13) return CodeCheck.NonStandard(number, "是13位旧注册号,没有校验位,照录");
        if (number.Length != 15) return CodeCheck.NonStandard(number, $"不是15位注册号(共{number.Length}位),照录并标记");
        var expected = CodeText.Mod11And10(number.AsSpan(0, 14));
        return number[14] == expected ? CodeCheck.Valid(number, HolderOf(number[6])) : CodeCheck.Invalid(number, $"注册号校验位不符(第15位应为{expected})");
    }

    // The first digit of the sequence tells who registers.
    private static string HolderOf(char first) => first switch { <= '3' => "内资企业", '4' or '5' => "外商投资企业及办事机构", _ => "个体工商户" };
}
