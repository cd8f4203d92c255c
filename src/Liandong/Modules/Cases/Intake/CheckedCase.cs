using Liandong.Kernel.Calendar;
using Liandong.Kernel.Parties;

namespace Liandong.Modules.Cases;

/// <summary>A message whose every field was checked and brought into its normal spelling; what it leaves out is null or empty.</summary>
public sealed record CheckedCase
{
    public required string Number { get; init; }
    public required ItemFacts Item { get; init; }
    public required CheckedParty Party { get; init; }

    /// <summary>By which the party is found again, see <see cref="PartyKeys"/>.</summary>
    public string PartyKey { get; init; } = "";
    public required ApplicationKind Kind { get; init; }
    public required string Division { get; init; }
    public required string Address { get; init; }
    public required string Source { get; init; }
    public required bool Backfilled { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public Decision? Decision { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public CheckedPermit? Permit { get; init; }
    public required IReadOnlyList<CaseMaterial> Materials { get; init; }
    public required IReadOnlyList<string> Conditions { get; init; }
    public required IReadOnlyList<string> Promises { get; init; }

    /// <summary>The permit whose end the platform itself registers; null for everything that is sent or entered.</summary>
    public Guid? LapseOf { get; init; }
}

public sealed record CheckedParty(PartyKind Kind, string Name, string Code, bool NonStandard, string IdNumber, string LegalPerson, string Address);

public sealed record CheckedPermit(string Number, bool NumberNonStandard, string Name, DateOnly? ValidFrom, DateOnly? ValidTo, string Previous);

/// <summary>Checks a message field by field, before anything is looked up or locked. Faults are keyed as in the JSON and said in Chinese.</summary>
public static class CaseCheck
{
    /// <summary>How far a sender's clock may be ahead.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, string> None = [];

    /// <param name="findItem">The item of a code, or null.</param>
    /// <param name="defaultSource">Where the case comes from when the message does not say: the client's name, 表格导入, 本平台.</param>
    /// <returns>The case, or what is wrong with it.</returns>
    public static (CheckedCase? Case, IReadOnlyDictionary<string, string> Errors) Check(CaseInput input, Func<string, ItemFacts?> findItem, DateTimeOffset now, string defaultSource, bool mustBeDecided = false)
    {
        Dictionary<string, string>? errors = null;
        var source = Text(input.Source, "source", "报送系统代号", 40);
        if (source == Case.OwnSource && defaultSource != Case.OwnSource) Fault("source", "在本平台收件的请到办件页面登记;报送的请填写报送系统的代号。");
        if (source.Length == 0) source = defaultSource;
        var number = Text(input.Number, "number", "办件编号", 64);
        if (number.Length == 0 && source != Case.OwnSource) Fault("number", "请填写办件编号。");
        if (number.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0) Fault("number", "办件编号不能含有换行等控制字符。");

        var code = Text(input.Item, "item", "事项编码", 64);
        var item = code.Length == 0 ? null : findItem(code);
        if (code.Length == 0) Fault("item", "请填写事项编码。");
        else if (item is null) Fault("item", $"事项清单中没有编码为“{code}”的事项,请核对编码,或者先登记该事项。");

        var party = CheckParty(input.Party);
        if (input.Kind is null) Fault("kind", "请填写申请种类。");
        else if (input.Kind == ApplicationKind.Lapse) Fault("kind", "许可到期由平台自行登记,不需报送。");

        var division = CheckDivision(input.Division);
        var address = Text(input.Address, "address", "监管地址", 300);
        if (address.Length == 0) address = party?.Address ?? "";

        if (input.ReceivedAt is null) Fault("receivedAt", "请填写收件时间。");
        InOrder("receivedAt", "收件时间", input.ReceivedAt, null, "");
        InOrder("acceptedAt", "受理时间", input.AcceptedAt, input.ReceivedAt, "收件时间");
        InOrder("decidedAt", "决定时间", input.DecidedAt, input.AcceptedAt ?? input.ReceivedAt, input.AcceptedAt is null ? "收件时间" : "受理时间");
        InOrder("deliveredAt", "送达时间", input.DeliveredAt, input.DecidedAt, "决定时间");
        var decision = CheckDecision();
        if (input is { DeliveredAt: not null, DecidedAt: null, Decision: null }) Fault("deliveredAt", "还没有决定,不能填送达时间。");
        var permit = CheckPermit(decision);
        var materials = CheckMaterials();
        var conditions = Lines(input.Conditions, "conditions", "许可条件");
        var promises = Lines(input.Promises, "promises", "承诺内容");

        if (errors is not null) return (null, errors);
        return (new CheckedCase
        {
            Number = number, Item = item!, Party = party!, Kind = input.Kind!.Value, Division = division, Address = address, Source = source, Backfilled = input.Backfilled,
            ReceivedAt = BeijingInstant.Cut(input.ReceivedAt!.Value), AcceptedAt = Cut(input.AcceptedAt), Decision = decision, DeliveredAt = Cut(input.DeliveredAt),
            Permit = permit, Materials = materials, Conditions = conditions, Promises = promises,
        }, None);

        void Fault(string field, string sentence) => (errors ??= []).TryAdd(field, sentence);

        string Text(string? text, string field, string label, int longest)
        {
            var trimmed = text?.Trim() ?? "";
            if (trimmed.Length > longest) Fault(field, $"{label}不能超过{longest}字。");
            if (trimmed.Contains('\0')) Fault(field, $"{label}不能含有空字符。");
            return trimmed;
        }

        CheckedParty? CheckParty(PartyInput? said)
        {
            if (said is null)
            {
                Fault("party", "请填写相对人。");
                return null;
            }
            if (said.Kind is null) Fault("party.kind", "请选择相对人类别。");
            var name = Text(said.Name, "party.name", "相对人名称", 200);
            if (name.Length == 0) Fault("party.name", "请填写相对人名称。");
            var legalPerson = Text(said.LegalPerson, "party.legalPerson", "法定代表人", 100);
            var residence = Text(said.Address, "party.address", "相对人住所", 300);
            var (bodyCode, idNumber, nonStandard) = ("", "", false);
            if (said.Kind == PartyKind.NaturalPerson)
            {
                if (!string.IsNullOrWhiteSpace(said.IdNumber))
                    idNumber = Standing(ResidentId.Check(said.IdNumber, Beijing.DayOf(now)), "party.idNumber", "身份号码", said.CodeAsWritten, out nonStandard);
                else nonStandard = true;
                if (!string.IsNullOrWhiteSpace(said.Code)) Fault("party.code", "自然人没有统一社会信用代码,请填写身份号码。");
            }
            else
            {
                if (!string.IsNullOrWhiteSpace(said.Code))
                    bodyCode = Standing(SocialCreditCode.Check(said.Code), "party.code", "统一社会信用代码", said.CodeAsWritten, out nonStandard);
                else nonStandard = true;
                if (!string.IsNullOrWhiteSpace(said.IdNumber)) Fault("party.idNumber", "单位填写统一社会信用代码,不填身份号码。");
            }
            return new CheckedParty(said.Kind ?? default, name, bodyCode, nonStandard, idNumber, legalPerson, residence);
        }

        string Standing(CodeCheck check, string field, string label, bool asWritten, out bool nonStandard)
        {
            nonStandard = !check.IsValid;
            if (check.Standing == CodeStanding.Invalid && !asWritten) Fault(field, $"{check.Why}。证照上确实如此的,请注明“照录”(codeAsWritten)。");
            if (check.Value.Length > 40) Fault(field, $"{label}不能超过40字。");
            return check.Value;
        }

        string CheckDivision(string? said)
        {
            var check = Divisions.Check(said);
            if (string.IsNullOrWhiteSpace(said)) Fault("division", "请填写监管地址所在的区划代码。");
            else if (check.Standing == CodeStanding.Invalid) Fault("division", $"{check.Why}。");
            // Platforms write streets with twelve digits and districts with six, nine or twelve.
            var trimmed = check.Value;
            while (trimmed.Length is 9 or 12 && trimmed.EndsWith("000", StringComparison.Ordinal)) trimmed = trimmed[..^3];
            return trimmed;
        }

        void InOrder(string field, string label, DateTimeOffset? at, DateTimeOffset? before, string beforeLabel)
        {
            if (at is null) return;
            if (at > now + ClockSkew) Fault(field, $"{label}不能晚于现在。");
            if (at.Value.Year < 1990) Fault(field, $"{label}不能早于1990年。");
            if (before is not null && at < before) Fault(field, $"{label}不能早于{beforeLabel}。");
        }

        Decision? CheckDecision()
        {
            if (input.DecidedAt is null && input.Decision is null)
            {
                if (mustBeDecided) Fault("decision", "推送须有决定:请填写决定种类和决定时间。");
                return null;
            }
            if (input.DecidedAt is null) Fault("decidedAt", "请填写决定时间。");
            if (input.Decision?.Kind is null) Fault("decision.kind", "请填写决定种类。");
            else if (input.Decision.Kind == DecisionKind.Lapsed) Fault("decision.kind", "许可到期由平台自行登记,不需报送。");
            var document = Text(input.Decision?.Number, "decision.number", "决定文书号", 100);
            var content = Text(input.Decision?.Content, "decision.content", "决定内容", 4000);
            if (input.Decision?.Kind == DecisionKind.Refused && content.Length == 0) Fault("decision.content", "不予许可的,请写明理由(行政许可法 第三十八条)。");
            var opinion = Text(input.Decision?.Opinion, "decision.opinion", "审查意见", 4000);
            var approver = Text(input.Decision?.Approver, "decision.approver", "审批人", 60);
            return errors is not null ? null : new Decision(input.Decision!.Kind!.Value, BeijingInstant.Cut(input.DecidedAt!.Value), document, content, opinion, approver);
        }

        CheckedPermit? CheckPermit(Decision? decided)
        {
            if (input.Permit is not { } said) return null;
            if (input.Decision?.Kind is { } kind && kind != DecisionKind.Granted) Fault("permit", "只有准予的决定才有许可证件。");
            if (input.Decision is null) Fault("permit", "还没有决定,不能填许可证件。");
            var permitNumber = Text(said.Number, "permit.number", "许可编号", 100);
            var previous = Text(said.Previous, "permit.previous", "原证编号", 100);
            if (permitNumber.Length == 0) Fault("permit.number", "请填写许可编号。");
            var name = Text(said.Name, "permit.name", "许可证件名称", 200);
            if (name.Length == 0) name = item?.ResultName is { Length: > 0 } result ? result : item?.Name ?? "";
            if (said.ValidTo < said.ValidFrom) Fault("permit.validTo", "有效期至不能早于有效期自。");
            var check = LicenceNumber.Check(permitNumber);
            return new CheckedPermit(permitNumber.Length == 0 ? "" : check.Value, !check.IsValid && LicenceNumber.KindOf(check.Value) is not null, name, said.ValidFrom, said.ValidTo, previous);
        }

        IReadOnlyList<CaseMaterial> CheckMaterials()
        {
            if (input.Materials is not { Count: > 0 } said) return [];
            if (said.Count > 200) Fault("materials", "材料不能超过200件。");
            for (var i = 0; i < said.Count && i < 200; i++)
            {
                if (string.IsNullOrWhiteSpace(said[i]?.Name)) Fault($"materials[{i}].name", "请填写材料名称。");
                else if (said[i].Name.Length > 300) Fault($"materials[{i}].name", "材料名称不能超过300字。");
                else if (said[i].Url is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")) Fault($"materials[{i}].url", "材料地址应以 http:// 或 https:// 开头。");
            }
            return said;
        }

        IReadOnlyList<string> Lines(IReadOnlyList<string>? said, string field, string label)
        {
            if (said is not { Count: > 0 }) return [];
            if (said.Count > 100) Fault(field, $"{label}不能超过100条。");
            if (said.Any(line => line?.Length > 2000)) Fault(field, $"{label}每条不能超过2000字。");
            return [.. said.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Trim())];
        }
    }

    private static DateTimeOffset? Cut(DateTimeOffset? at) => at is { } value ? BeijingInstant.Cut(value) : null;
}
