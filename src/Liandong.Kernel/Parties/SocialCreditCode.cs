using System.Buffers;

namespace Liandong.Kernel.Parties;

/// <summary>
/// 统一社会信用代码 (GB 32100-2015): registering department, category, six digits of division, the nine-character organisation
/// code and a check character over all of it.
/// </summary>
public static class SocialCreditCode
{
    /// <summary>The standard's 31 characters; a character's value is its place. I O S V Z are not used.</summary>
    internal const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly SearchValues<char> AlphabetSet = SearchValues.Create(Alphabet);

    // 3^(i-1) mod 31, table 2 of the standard.
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>
    /// Valid when both check characters hold. A code whose outer check holds and whose inner one does not was written down correctly and
    /// issued oddly: non-standard, not invalid. So are codes of another shape (9-character organisation codes, 15-digit registration numbers,
    /// provisional local codes such as TE5116020105116050 in a published item list).
    /// </summary>
    public static CodeCheck Check(string? text)
    {
        var compact = CodeText.Compact(text);
        if (compact.Length == 0) return CodeCheck.Invalid("", "未填写统一社会信用代码");
        var code = compact.ToUpperInvariant();
        if (!CodeText.IsAsciiLettersAndDigits(code) && OrganisationCode.Check(compact) is not { IsValid: true })
            return CodeCheck.Invalid(text!.Trim(), "含有统一社会信用代码不用的字符");
        if (code.Length != 18) return OtherForm(compact, code);

        var unusable = code.AsSpan().IndexOfAnyExcept(AlphabetSet);
        if (unusable >= 0) return CodeCheck.Invalid(code, $"统一社会信用代码不使用字母I、O、S、V、Z(第{unusable + 1}位为{code[unusable]})");
        if (ResidentId.Check(code).IsValid) return CodeCheck.Invalid(code, "这是居民身份号码,不是统一社会信用代码");
        var kind = KindOf(code);
        var expected = CheckCharacter(code);
        if (code[17] != expected && kind is null) return CodeCheck.NonStandard(code, $"没有以{code[..2]}开头的登记管理部门和机构类别,按地方临时代码照录");
        if (!CodeText.IsDigits(code.AsSpan(2, 6))) return CodeCheck.Invalid(code, "第3至8位应为6位行政区划数字");
        if (code[17] != expected) return CodeCheck.Invalid(code, $"统一社会信用代码校验位不符(第18位应为{expected}),请核对是否录错");
        var inner = OrganisationCode.CheckCharacter(code.AsSpan(8, 8));
        return code[16] == inner
            ? CodeCheck.Valid(code, kind ?? $"登记管理部门和机构类别{code[..2]}")
            : CodeCheck.NonStandard(code, $"第18位校验相符,但主体标识码校验位不符(第17位应为{inner}),照录并标记");
    }

    /// <summary>The six-digit division of the registering body; null unless the code is in the standard's form.</summary>
    public static string? DivisionOf(string code) => code.Length == 18 && CodeText.IsDigits(code.AsSpan(2, 6)) && KindOf(code) is not null ? code[2..8] : null;

    /// <summary>Registering department and category in words (市场监管 · 企业), or null where the standard has no such pair.</summary>
    public static string? KindOf(string code) => code.Length < 2 ? null : Kinds.GetValueOrDefault(code[..2]);

    /// <summary>The 18th character for the first 17, which must be of the standard's alphabet.</summary>
    internal static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += Alphabet.IndexOf(body[i]) * Weights[i];
        return Alphabet[(31 - sum % 31) % 31];
    }

    private static CodeCheck OtherForm(string compact, string code) => code.Length switch
    {
        9 or 10 when OrganisationCode.Check(code) is { IsValid: true } old => CodeCheck.NonStandard(old.Value, "是9位组织机构代码,尚未换成18位统一社会信用代码,照录"),
        15 when CodeText.IsDigits(code) && RegistrationNumber.Check(code) is { IsValid: true } old => CodeCheck.NonStandard(old.Value, "是15位工商注册号,尚未换成18位统一社会信用代码,照录"),
        _ => CodeCheck.NonStandard(compact, $"不是18位统一社会信用代码(共{code.Length}位),照录并标记"),
    };

    // The standard lists departments 1, 5, 9 and Y; the registering ministries have published the others since. More may follow, so an unknown pair whose check
    // characters hold is valid.
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["11"] = "机构编制 · 机关", ["12"] = "机构编制 · 事业单位", ["13"] = "机构编制 · 编办直接管理机构编制的群众团体", ["19"] = "机构编制 · 其他",
        ["21"] = "外交 · 外国常驻新闻机构", ["29"] = "外交 · 其他",
        ["31"] = "司法行政 · 律师执业机构", ["32"] = "司法行政 · 公证处", ["33"] = "司法行政 · 基层法律服务所", ["34"] = "司法行政 · 司法鉴定机构",
        ["35"] = "司法行政 · 仲裁委员会", ["36"] = "司法行政 · 商事调解组织", ["39"] = "司法行政 · 其他",
        ["41"] = "文化 · 外国在华文化中心", ["49"] = "文化 · 其他",
        ["51"] = "民政 · 社会团体", ["52"] = "民政 · 民办非企业单位", ["53"] = "民政 · 基金会", ["59"] = "民政 · 其他",
        ["61"] = "旅游 · 外国旅游部门常驻代表机构", ["62"] = "旅游 · 港澳台地区旅游部门常驻内地(大陆)代表机构", ["69"] = "旅游 · 其他",
        ["71"] = "宗教 · 宗教活动场所", ["72"] = "宗教 · 宗教院校", ["79"] = "宗教 · 其他",
        ["81"] = "工会 · 基层工会", ["89"] = "工会 · 其他",
        ["91"] = "市场监管 · 企业", ["92"] = "市场监管 · 个体工商户", ["93"] = "市场监管 · 农民专业合作社",
        ["A1"] = "军队 · 军队事业单位", ["A9"] = "军队 · 其他",
        ["N1"] = "农业 · 组级集体经济组织", ["N2"] = "农业 · 村级集体经济组织", ["N3"] = "农业 · 乡镇级集体经济组织", ["N9"] = "农业 · 其他",
        ["Y1"] = "其他登记管理部门",
    };
}
