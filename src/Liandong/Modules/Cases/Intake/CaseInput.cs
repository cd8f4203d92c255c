using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Liandong.Modules.Cases;

/// <summary>
/// A case as any door brings it: API body, NDJSON line, Excel row, form. Every message says what is known so far; facts that it
/// leaves out stay as they are, so the same case may come once when decided, or step by step.
/// </summary>
public sealed record CaseInput
{
    [Description("办件编号,本区内唯一;在本平台收件的可不填,由平台编号。")]
    public string? Number { get; init; }

    [Description("事项编码,须在事项清单中。")]
    public string? Item { get; init; }

    public PartyInput? Party { get; init; }

    [Description("申请种类:new 新办、change 变更、renewal 延续、cancellation 注销、replacement 补证。")]
    public ApplicationKind? Kind { get; init; }

    [Description("监管地址所在的区划代码:9位街道代码,不知道街道的填6位。")]
    public string? Division { get; init; }

    [Description("监管地址。")]
    public string? Address { get; init; }

    [Description("收件时间。没有时区的按北京时间。")]
    [JsonConverter(typeof(BeijingInstant))] public DateTimeOffset? ReceivedAt { get; init; }

    [JsonConverter(typeof(BeijingInstant))] public DateTimeOffset? AcceptedAt { get; init; }

    [JsonConverter(typeof(BeijingInstant))] public DateTimeOffset? DecidedAt { get; init; }

    [Description("决定书送达申请人的时间。")]
    [JsonConverter(typeof(BeijingInstant))] public DateTimeOffset? DeliveredAt { get; init; }

    public DecisionInput? Decision { get; init; }

    public PermitInput? Permit { get; init; }

    public IReadOnlyList<CaseMaterial>? Materials { get; init; }

    [Description("许可附加的条件。")]
    public IReadOnlyList<string>? Conditions { get; init; }

    [Description("告知承诺的内容。")]
    public IReadOnlyList<string>? Promises { get; init; }

    [Description("报送系统的代号;不填为本平台。")]
    public string? Source { get; init; }

    [Description("补录:平台启用以前办结的,按原日期补录;推送时限自补录之日起算。")]
    public bool Backfilled { get; init; }
}

/// <summary>相对人.</summary>
public sealed record PartyInput
{
    [Description("enterprise 企业、soleTrader 个体工商户、institution 机关事业单位、socialBody 社会组织、otherBody 其他组织、naturalPerson 自然人。")]
    public PartyKind? Kind { get; init; }

    public string? Name { get; init; }

    [Description("法人和其他组织的统一社会信用代码(或原注册号、组织机构代码)。")]
    public string? Code { get; init; }

    [Description("自然人的身份号码:加密保存,只显示首尾几位。")]
    public string? IdNumber { get; init; }

    [Description("代码或号码校验不符,但证照上确实如此:照录并标记。")]
    public bool CodeAsWritten { get; init; }

    public string? LegalPerson { get; init; }

    public string? Address { get; init; }
}

/// <summary>决定.</summary>
public sealed record DecisionInput
{
    [Description("granted 准予、refused 不予、withdrawn 申请人撤回、terminated 终止。")]
    public DecisionKind? Kind { get; init; }

    [Description("决定文书号。")]
    public string? Number { get; init; }

    [Description("决定内容;不予许可的,写明理由。")]
    public string? Content { get; init; }

    [Description("审查意见。")]
    public string? Opinion { get; init; }

    [Description("审批人。")]
    public string? Approver { get; init; }
}

/// <summary>许可证件.</summary>
public sealed record PermitInput
{
    [Description("许可编号;注销、变更、延续的,可以是原证编号。")]
    public string? Number { get; init; }

    public string? Name { get; init; }

    public DateOnly? ValidFrom { get; init; }

    [Description("有效期至(含当日);没有期限的不填。")]
    public DateOnly? ValidTo { get; init; }

    [Description("变更、延续、注销所针对的原证编号;与新证编号相同的可不填。")]
    public string? Previous { get; init; }
}

public enum IntakeStatus { Created, Advanced, Unchanged, Failed }

/// <summary>What became of one message.</summary>
/// <param name="Id">The case; null when the message failed.</param>
/// <param name="Code">Why it failed: <c>input.invalid</c>, <c>case.contradicts</c>, … ; empty otherwise.</param>
/// <param name="Errors">Field (as in the JSON, <c>party.code</c>) to sentence.</param>
/// <param name="Unrouted">Why no supervising organ was found; empty when all went well or nothing was decided.</param>
/// <param name="Despite">What was not settled when it was decided; it was taken in all the same. Null when there is nothing to say.</param>
public sealed record IntakeResult(IntakeStatus Status, Guid? Id, string Number, string Code, IReadOnlyDictionary<string, string> Errors, IReadOnlyList<IntakePush> Pushes, string Unrouted = "", IReadOnlyList<string>? Despite = null)
{
    private static readonly Dictionary<string, string> NoErrors = [];

    public static IntakeResult Done(IntakeStatus status, Guid id, string number, IReadOnlyList<IntakePush>? pushes = null, string unrouted = "", IReadOnlyList<string>? despite = null) =>
        new(status, id, number, "", NoErrors, pushes ?? [], unrouted, despite is { Count: > 0 } ? despite : null);

    public static IntakeResult NotStored(string number) => Failed(number, "intake.not-stored", new Dictionary<string, string> { [""] = "没有存入,请重新报送这一条;已经存入的不会重复。" });

    public static IntakeResult Failed(string number, string code, IReadOnlyDictionary<string, string> errors) => new(IntakeStatus.Failed, null, number, code, errors, []);
}

/// <summary>A push that the message led to.</summary>
public sealed record IntakePush(Guid Id, string Number, Guid Organ);
