using Liandong.Kernel;

namespace Liandong.Modules.Items;

/// <summary>事项类型 of the national list; <see cref="ItemWords.TypeCode"/> gives the list's two digits.</summary>
public enum ItemType { Permit, Penalty, Compulsion, Levy, Payment, Inspection, Confirmation, Award, Ruling, Other, Service }

/// <summary>Who holds the on-site inspection (附件2 三(一)); it changes in time as inspections are taken over in batches.</summary>
public enum InspectionClass { None, BureauAlone, WithDepartment, ExpertReview }

/// <summary>办件类型: decided at once, or within a promised limit.</summary>
public enum HandlingKind { Promised, OnTheSpot }

/// <summary>行使层级.</summary>
public enum PowerLevel { Nation, Province, City, County, Town }

/// <summary>A further code of the item, kept as text with the rule that it follows.</summary>
public sealed record ItemCode(string Scheme, string Code);

public sealed record InspectionClassPeriod(InspectionClass Class, DateOnly From, DateOnly? To);

/// <summary>申报材料.</summary>
/// <param name="Form">原件, 复印件, 电子件.</param>
/// <param name="Source">来源渠道: 申请人自备, 政府部门核发, 数据共享.</param>
public sealed record Material(string Name, bool Required, string Form, string Source);

/// <summary>办理环节.</summary>
/// <param name="Days">Working days of the step; null where the list gives none.</param>
public sealed record HandlingStep(string Name, int? Days, string Who);

/// <summary>
/// 事项: a permit item with everything that routing, deadlines and pushes need (the elements of GB/T 39554.2 that matter here). Codes are
/// text with a scheme, never parsed by position.
/// </summary>
public sealed class Item
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The code by which the item is known here; unique in the district.</summary>
    public required string Code { get; init; }

    /// <summary>Which rule the code follows: <c>GB/T 39554 实施编码</c>, <c>四川</c>, <c>本地</c>.</summary>
    public string CodeScheme { get; private set; } = CodeSchemes.Local;
    public IReadOnlyList<ItemCode> OtherCodes { get; private set; } = [];
    public string Name { get; private set; } = "";

    /// <summary>主项: the larger item that this one is a part of; empty where it stands alone.</summary>
    public string MainItem { get; private set; } = "";

    /// <summary>First letters of the pinyin of <see cref="Name"/>, for search.</summary>
    public string Initials { get; private set; } = "";
    public ItemType Type { get; private set; } = ItemType.Permit;
    public PowerLevel Level { get; private set; } = PowerLevel.County;

    /// <summary>设定依据.</summary>
    public string LegalBasis { get; private set; } = "";

    /// <summary>权力来源: 法定本级行使, 上级下放, 委托.</summary>
    public string PowerSource { get; private set; } = "";

    /// <summary>实施主体 as its list writes it, with its code; a code that is not standard is kept and flagged.</summary>
    public string BodyName { get; private set; } = "";
    public string BodyCode { get; private set; } = "";

    /// <summary>Why the body's code is not a standard one; empty when it is, or when none is given.</summary>
    public string BodyCodeFlag { get; private set; } = "";
    public HandlingKind Handling { get; private set; } = HandlingKind.Promised;

    /// <summary>法定办结时限 in working days.</summary>
    public int StatutoryDays { get; private set; } = 20;
    public string StatutoryNote { get; private set; } = "";

    /// <summary>承诺办结时限 in working days, at most <see cref="StatutoryDays"/>.</summary>
    public int PromisedDays { get; private set; } = 20;

    /// <summary>特别程序: hearing, test, expert review… whose time is not counted (行政许可法 第四十五条).</summary>
    public string SpecialProcedure { get; private set; } = "";

    /// <summary>Whether time of an on-site inspection stands still; by default it runs (plain reading of 行政许可法 第四十五条).</summary>
    public bool InspectionSuspends { get; private set; }

    /// <summary>结果名称: the licence or decision that a grant gives.</summary>
    public string ResultName { get; private set; } = "";

    /// <summary>结果类型: 证照, 批文, 其他.</summary>
    public string ResultKind { get; private set; } = "";

    /// <summary>Validity of the permit in months; null without an end.</summary>
    public int? ValidityMonths { get; private set; }

    /// <summary>The department that held the item before it went to the bureau.</summary>
    public Guid? FormerOrgan { get; private set; }

    /// <summary>The bureau section that handles it.</summary>
    public Guid? BureauSection { get; private set; }

    /// <summary>Claim limit in working days; null takes the district's.</summary>
    public int? ClaimDays { get; private set; }

    /// <summary>年检、年审、年报 stay with the department (附件2 三(五)).</summary>
    public bool AnnualReport { get; private set; }

    /// <summary>服务对象: 自然人, 法人, 其他组织.</summary>
    public string ServedParties { get; private set; } = "";

    /// <summary>到现场次数.</summary>
    public int? Visits { get; private set; }

    /// <summary>数量限制; empty where there is none.</summary>
    public string Quota { get; private set; } = "";
    public bool Charges { get; private set; }
    public string FeeBasis { get; private set; } = "";

    /// <summary>中介服务: which agency's report the approval needs; empty where none.</summary>
    public string IntermediaryService { get; private set; } = "";

    /// <summary>联办机构.</summary>
    public string JointOrgans { get; private set; } = "";

    /// <summary>The department's own business system in which the item runs, and on which network (互联网, 政务外网, 专网).</summary>
    public string OwnSystem { get; private set; } = "";
    public string OwnSystemNetwork { get; private set; } = "";

    /// <summary>复议、诉讼 offices and addresses.</summary>
    public string Remedy { get; private set; } = "";
    public IReadOnlyList<Material> Materials { get; private set; } = [];
    public IReadOnlyList<string> Conditions { get; private set; } = [];
    public IReadOnlyList<HandlingStep> Steps { get; private set; } = [];
    public IReadOnlyList<InspectionClassPeriod> InspectionClasses { get; private set; } = [];
    public required DateOnly From { get; init; }
    public DateOnly? To { get; private set; }
    public string EndReason { get; private set; } = "";

    /// <summary>The item stands in for the district's own one: its public source is another place's list.</summary>
    public string StandInFor { get; init; } = "";

    public bool ExistsOn(DateOnly day) => From <= day && (To is null || day <= To);

    public InspectionClass InspectionClassOn(DateOnly day) =>
        InspectionClasses.LastOrDefault(p => p.From <= day && (p.To is null || day <= p.To))?.Class ?? InspectionClass.None;

    /// <summary>Takes over everything that may change; the code and the first day stay.</summary>
    /// <param name="initials">Of the name, see <see cref="Kernel.Parties.Pinyin.Initials"/>.</param>
    /// <param name="bodyCode">The body's code in its normal spelling.</param>
    /// <param name="bodyCodeFlag">Why it is not standard; empty when it is.</param>
    public void Revise(ItemInput input, string initials, string bodyCode, string bodyCodeFlag)
    {
        if (string.IsNullOrWhiteSpace(input.Name)) throw new Refusal("item.name-required", "请填写事项名称。", field: "Name");
        if (input.StatutoryDays is < 0 or > 365) throw new Refusal("item.statutory-days", "法定办结时限应在0到365个工作日之间。", field: "StatutoryDays");
        if (input.PromisedDays < 0 || input.PromisedDays > input.StatutoryDays) throw new Refusal("item.promised-days", "承诺办结时限不能长于法定办结时限。", ItemsRules.HandlingLimit, "PromisedDays");
        if (input.ClaimDays is < 1 or > 60) throw new Refusal("item.claim-days", "认领时限应在1到60个工作日之间。", field: "ClaimDays");
        if (input.ValidityMonths is < 1 or > 1200) throw new Refusal("item.validity", "有效期应在1到1200个月之间;长期有效的不填。", field: "ValidityMonths");
        if (input.Charges && string.IsNullOrWhiteSpace(input.FeeBasis)) throw new Refusal("item.fee-basis", "收费的事项必须写明收费依据。", ItemsRules.NoFeeWithoutLaw, "FeeBasis");
        (Name, Initials, MainItem, CodeScheme, OtherCodes) = (input.Name.Trim(), initials, input.MainItem.Trim(), input.CodeScheme.Trim(), input.OtherCodes);
        (Type, Level, LegalBasis, PowerSource) = (input.Type, input.Level, input.LegalBasis.Trim(), input.PowerSource.Trim());
        (BodyName, BodyCode, BodyCodeFlag) = (input.BodyName.Trim(), bodyCode, bodyCodeFlag);
        (Handling, StatutoryDays, StatutoryNote, PromisedDays) = (input.Handling, input.StatutoryDays, input.StatutoryNote.Trim(), input.PromisedDays);
        (SpecialProcedure, InspectionSuspends) = (input.SpecialProcedure.Trim(), input.InspectionSuspends);
        (ResultName, ResultKind, ValidityMonths) = (input.ResultName.Trim(), input.ResultKind.Trim(), input.ValidityMonths);
        (FormerOrgan, BureauSection, ClaimDays, AnnualReport) = (input.FormerOrgan, input.BureauSection, input.ClaimDays, input.AnnualReport);
        (ServedParties, Visits, Quota, Charges, FeeBasis) = (input.ServedParties.Trim(), input.Visits, input.Quota.Trim(), input.Charges, input.FeeBasis.Trim());
        (IntermediaryService, JointOrgans, OwnSystem, OwnSystemNetwork, Remedy) =
            (input.IntermediaryService.Trim(), input.JointOrgans.Trim(), input.OwnSystem.Trim(), input.OwnSystemNetwork.Trim(), input.Remedy.Trim());
        (Materials, Conditions, Steps) = (input.Materials, input.Conditions, input.Steps);
    }

    /// <summary>From a day on the inspection is held otherwise; the period before ends the day before, later ones fall away.</summary>
    public void ClassifyInspection(InspectionClass inspection, DateOnly from)
    {
        if (inspection == InspectionClassOn(from) && InspectionClasses.All(p => p.From <= from)) throw new Refusal("item.class-unchanged", "自这一天起已经是这种勘验分类。", field: "Class");
        var kept = InspectionClasses.Where(p => p.From < from).Select(p => p.To is null || p.To >= from ? p with { To = from.AddDays(-1) } : p);
        InspectionClasses = [.. kept, new InspectionClassPeriod(inspection, from, null)];
    }

    public void End(DateOnly lastDay, string reason)
    {
        if (To is not null) throw new Refusal("item.ended", "该事项已经停用。");
        if (lastDay < From) throw new Refusal("item.ends-before-start", "停用日不能早于启用日。", field: "To");
        (To, EndReason) = (lastDay, reason.Trim());
    }
}

/// <summary>Everything about an item that is entered, imported or sent by API.</summary>
public sealed record ItemInput
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string CodeScheme { get; init; } = CodeSchemes.Local;
    public IReadOnlyList<ItemCode> OtherCodes { get; init; } = [];
    public string MainItem { get; init; } = "";
    public ItemType Type { get; init; } = ItemType.Permit;
    public PowerLevel Level { get; init; } = PowerLevel.County;
    public string LegalBasis { get; init; } = "";
    public string PowerSource { get; init; } = "";
    public string BodyName { get; init; } = "";
    public string BodyCode { get; init; } = "";
    public HandlingKind Handling { get; init; } = HandlingKind.Promised;

    /// <summary>Working days.</summary>
    public int StatutoryDays { get; init; } = 20;
    public string StatutoryNote { get; init; } = "";

    /// <summary>Working days, at most <see cref="StatutoryDays"/>.</summary>
    public int PromisedDays { get; init; } = 20;
    public string SpecialProcedure { get; init; } = "";
    public bool InspectionSuspends { get; init; }
    public string ResultName { get; init; } = "";
    public string ResultKind { get; init; } = "";
    public int? ValidityMonths { get; init; }
    public Guid? FormerOrgan { get; init; }
    public Guid? BureauSection { get; init; }

    /// <summary>Working days; null takes the district's.</summary>
    public int? ClaimDays { get; init; }
    public bool AnnualReport { get; init; }
    public string ServedParties { get; init; } = "";
    public int? Visits { get; init; }
    public string Quota { get; init; } = "";
    public bool Charges { get; init; }
    public string FeeBasis { get; init; } = "";
    public string IntermediaryService { get; init; } = "";
    public string JointOrgans { get; init; } = "";
    public string OwnSystem { get; init; } = "";
    public string OwnSystemNetwork { get; init; } = "";
    public string Remedy { get; init; } = "";
    public IReadOnlyList<Material> Materials { get; init; } = [];
    public IReadOnlyList<string> Conditions { get; init; } = [];
    public IReadOnlyList<HandlingStep> Steps { get; init; } = [];

    /// <summary>Class of inspection from the first day on; null leaves it open (none).</summary>
    public InspectionClass? Inspection { get; init; }

    /// <summary>First day; today when null. It is not changed later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Set where the item stands in for the district's own one: the source's name.</summary>
    public string StandInFor { get; init; } = "";

    /// <summary>What an item holds now, for a form or an import that changes a part of it.</summary>
    public static ItemInput Of(Item item) => new()
    {
        Code = item.Code, Name = item.Name, CodeScheme = item.CodeScheme, OtherCodes = item.OtherCodes, MainItem = item.MainItem, Type = item.Type, Level = item.Level,
        LegalBasis = item.LegalBasis, PowerSource = item.PowerSource, BodyName = item.BodyName, BodyCode = item.BodyCode, Handling = item.Handling,
        StatutoryDays = item.StatutoryDays, StatutoryNote = item.StatutoryNote, PromisedDays = item.PromisedDays, SpecialProcedure = item.SpecialProcedure,
        InspectionSuspends = item.InspectionSuspends, ResultName = item.ResultName, ResultKind = item.ResultKind, ValidityMonths = item.ValidityMonths,
        FormerOrgan = item.FormerOrgan, BureauSection = item.BureauSection, ClaimDays = item.ClaimDays, AnnualReport = item.AnnualReport, ServedParties = item.ServedParties,
        Visits = item.Visits, Quota = item.Quota, Charges = item.Charges, FeeBasis = item.FeeBasis, IntermediaryService = item.IntermediaryService, JointOrgans = item.JointOrgans,
        OwnSystem = item.OwnSystem, OwnSystemNetwork = item.OwnSystemNetwork, Remedy = item.Remedy, Materials = item.Materials, Conditions = item.Conditions, Steps = item.Steps,
        From = item.From, StandInFor = item.StandInFor,
    };
}
