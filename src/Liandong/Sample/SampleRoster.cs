using Liandong.Accounts;
using Liandong.Modules.Directory;

namespace Liandong.Sample;

/// <summary>
/// The organs of the notice (附件1 一) and invented people to staff them. No name of a living official is used for a person who signs in;
/// the roster page quotes the notice's own names.
/// </summary>
internal static class SampleRoster
{
    public const string Bureau = "区行政审批服务局";

    /// <summary>The 23 member units in the notice's order.</summary>
    public static readonly string[] Members =
    [
        "区纪委监委", "区政府办", "区法制办", "区编办", "区档案局", "区民政局", "区发改委", "区经信局", "区财政局", "区商务局", Bureau, "区市场监管局",
        "区食药监局", "区住建局", "区城管局", "区园林局", "区教育局", "区科技局", "区文化局", "区卫计局", "区体育局", "区人社局", "区外侨办",
    ];

    /// <summary>Departments that supervise items of the sample, and their enforcement teams.</summary>
    public static readonly IReadOnlyDictionary<string, string> Supervising = new Dictionary<string, string>
    {
        ["区市场监管局"] = "市场监管综合执法大队", ["区食药监局"] = "食品药品稽查大队", ["区卫计局"] = "卫生计生监督所", ["区文化局"] = "文化市场综合执法大队",
        ["区城管局"] = "城管执法大队", ["区住建局"] = "建设监察大队", ["区教育局"] = "民办教育科", ["区民政局"] = "社会组织执法科", ["区体育局"] = "体育市场科",
        ["区人社局"] = "劳动保障监察大队", ["区发改委"] = "节能监察科", ["区经信局"] = "运行监测科", ["区财政局"] = "会计监督科",
    };

    public static readonly string[] BureauSections = ["综合受理科", "市场准入科", "社会事务科", "建设项目科", "现场勘验科", "审批监督科", "系统平台科"];

    public static OrganKind KindOf(string organ) => organ switch
    {
        Bureau => OrganKind.Bureau,
        "区纪委监委" => OrganKind.Discipline,
        "区政府办" => OrganKind.Government,
        "区档案局" => OrganKind.Archive,
        "区财政局" => OrganKind.Department,
        _ => OrganKind.Department,
    };

    /// <summary>Offices of the deputy convenors (附件1 一).</summary>
    public static readonly string[] Deputies = ["区委常委、区纪委书记、区监察委主任", "区委常委、组织部部长", "副区长"];

    /// <summary>专项对接组 of the conference office (附件1 一), each with a remit in the notice's words: 附件3 三, 附件2 一(二), 三(一), 二(二), 附件3 五, 六.</summary>
    public static readonly (string Name, string Remit)[] Groups =
    [
        ("人员划转对接组", "拟定人员名单,与区人社局对接,力争人员先于事项划转,确保审批服务局内部科室先行运转。"),
        ("建设项目对接组", "研究区行政审批服务局实施行政审批过程中的并联审批、网上审批、联合勘验、联合验收等工作。"),
        ("现场勘验对接组", "待条件具备后,再将相关现场勘验或专家论证等事项分期分批纳入区行政审批服务局。"),
        ("系统平台对接组", "依托政务服务云平台,构建行政审批与监管信息联动平台,实现审批与监管信息的互通共享。"),
        ("事项划转对接组", "根据摸底情况与各相关部门对接,拟定事项划转的时间、资料移交、系统对接等具体计划。"),
        ("后勤保障组", "根据科室设置情况,先于人员、事项划转确定各科室办公用房,明确各科室职责分工。"),
    ];

    /// <summary>Posts of the bureau: role, title, section.</summary>
    public static readonly (string Role, string Title, string Section)[] BureauPosts =
    [
        (Roles.BureauHead, "局长", ""), (Roles.Approver, "综合受理科科员", "综合受理科"), (Roles.Approver, "市场准入科科长", "市场准入科"), (Roles.Approver, "社会事务科科长", "社会事务科"),
        (Roles.ItemManager, "审批监督科科长", "审批监督科"),
    ];

    /// <summary>Filled last: names are given out in order, and those of the others stay what pictures and manual show.</summary>
    public static readonly (string Organ, string Role, string Title)[] LaterPosts =
    [
        (Bureau, Roles.Archivist, "档案员"), (Bureau, Roles.FeeClerk, "收费员"), ("区政府办", Roles.DeputyConvenor, "副召集人"),
    ];

    public static readonly (string Role, string Title)[] Administrators =
    [
        (Roles.SystemAdmin, "系统管理员"), (Roles.SecurityAdmin, "安全管理员"), (Roles.AuditAdmin, "审计管理员"),
    ];

    private const string Surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段";
    private static readonly string[] GivenNames =
        ["明远", "晓岚", "建国", "雅琴", "志刚", "海燕", "文博", "丽华", "永平", "春梅", "子涵", "国栋", "秀英", "振宇", "佳宁", "宏伟", "玉洁", "思源", "立新", "慧敏", "少华", "景行", "若兰", "成林", "素云"];

    /// <summary>The nth invented name.</summary>
    public static string NameOf(int n) => Surnames[n * 7 % Surnames.Length] + GivenNames[(n * 11 + (n / GivenNames.Length)) % GivenNames.Length];
}
