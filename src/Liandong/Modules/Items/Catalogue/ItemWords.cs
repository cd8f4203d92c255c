using System.Text.RegularExpressions;

namespace Liandong.Modules.Items;

/// <summary>The office's words for the codes of items, on screens, in templates and in imports.</summary>
public static class ItemWords
{
    private static readonly (ItemType Type, string Code, string Name)[] Types =
    [
        (ItemType.Permit, "01", "行政许可"), (ItemType.Penalty, "02", "行政处罚"), (ItemType.Compulsion, "03", "行政强制"), (ItemType.Levy, "04", "行政征收"),
        (ItemType.Payment, "05", "行政给付"), (ItemType.Inspection, "06", "行政检查"), (ItemType.Confirmation, "07", "行政确认"), (ItemType.Award, "08", "行政奖励"),
        (ItemType.Ruling, "09", "行政裁决"), (ItemType.Other, "10", "其他行政权力"), (ItemType.Service, "20", "公共服务"),
    ];

    public static IReadOnlyList<ItemType> AllTypes { get; } = [.. Types.Select(t => t.Type)];

    public static string Of(ItemType type) => Types.First(t => t.Type == type).Name;

    /// <summary>Two digits of the national list.</summary>
    public static string TypeCode(ItemType type) => Types.First(t => t.Type == type).Code;

    /// <summary>Reads 行政许可, 许可, 01 or 1; null when it is none.</summary>
    public static ItemType? TypeOf(string text)
    {
        text = text.Trim();
        if (text.Length == 1) text = "0" + text;
        foreach (var (type, code, name) in Types)
            if (text == code || text == name || name == "行政" + text) return type;
        return null;
    }

    public static string Of(InspectionClass inspection) => inspection switch
    {
        InspectionClass.None => "不需要勘验",
        InspectionClass.BureauAlone => "审批局自行勘验",
        InspectionClass.WithDepartment => "会同部门勘验",
        _ => "专家论证",
    };

    public static InspectionClass? InspectionOf(string text) =>
        Enum.GetValues<InspectionClass>().Cast<InspectionClass?>().FirstOrDefault(c => Of(c!.Value) == text.Trim() || c.ToString() == text.Trim());

    public static string Of(ResponsibilityKind kind) => kind == ResponsibilityKind.Main ? "主监管" : "协助监管";

    public static ResponsibilityKind? KindOf(string text) => text.Trim() switch
    {
        "主监管" or "主" or "主办" or "牵头" => ResponsibilityKind.Main,
        "协助监管" or "协助" or "协办" or "配合" => ResponsibilityKind.Assisting,
        _ => null,
    };

    public static string Of(HandlingKind kind) => kind == HandlingKind.OnTheSpot ? "即办件" : "承诺件";

    public static string Of(PowerLevel level) => level switch
    {
        PowerLevel.Nation => "国家级",
        PowerLevel.Province => "省级",
        PowerLevel.City => "市级",
        PowerLevel.County => "县级",
        _ => "乡镇级",
    };
}

/// <summary>Rules that item codes follow. A code keeps its tag; nothing is read out of its positions.</summary>
public static partial class CodeSchemes
{
    public const string Local = "本地";
    public const string Basic = "GB/T 39554 基本编码";
    public const string Implementation = "GB/T 39554 实施编码";
    public const string Handling = "GB/T 39554 业务办理项编码";
    public const string Sichuan = "四川";
    public const string Jilin = "吉林 DB22/T 2848";

    public static IReadOnlyList<string> All { get; } = [Implementation, Handling, Basic, Sichuan, Jilin, Local];

    /// <summary>The tag that a code most likely bears, proposed from its shape where the source names none.</summary>
    public static string Propose(string code) =>
        SichuanShape().IsMatch(code) ? Sichuan
        : NationalShape().IsMatch(code) ? code.Length switch { 12 => Basic, 31 => Implementation, 33 => Handling, _ => Local }
        : Local;

    [GeneratedRegex("^[0-9A-Za-z-]+-[0-9]{6}000000-[0-9]{3}-[0-9A-Za-z]+-[0-9]-[0-9]{2}$")] private static partial Regex SichuanShape();

    [GeneratedRegex("^[0-9A-Z]{12}$|^[0-9A-Z]{31}$|^[0-9A-Z]{33}$")] private static partial Regex NationalShape();
}
