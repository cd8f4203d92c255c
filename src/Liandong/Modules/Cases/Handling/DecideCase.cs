using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Parties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>作出决定,准予或者不予: the permit is made, the limit ends, and the result is pushed to whoever supervises the item, in the same moment.</summary>
public sealed class DecideCase(AppDb db, DutyBook duties, SendPushes pushes, CaseConcerns concerns, NumberBook numbers, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Number">Number of the decision document; taken from the bureau's series when empty.</param>
    /// <param name="Content">What is permitted; for a refusal the reasons and the remedies.</param>
    public sealed record Input(DecisionKind Kind, string Content, string Approver, string Number = "", string Opinion = "", PermitInput? Permit = null, IReadOnlyList<string>? Conditions = null);

    public async Task<Case> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.CaseDecide);
        new InputCheck().That(input.Kind is DecisionKind.Granted or DecisionKind.Refused, nameof(input.Kind), "请选择准予或者不予。").NotLonger(input.Number, nameof(input.Number), "决定文书号", 100)
            .Filled(input.Content, nameof(input.Content), input.Kind == DecisionKind.Refused ? "不予许可的理由和救济途径" : "决定内容", 4000).NotLonger(input.Opinion, nameof(input.Opinion), "审查意见", 4000)
            .Filled(input.Approver, nameof(input.Approver), "审批人", 60).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var decided = await db.TakeAsync(actor, Rights.CaseDecide, id, ct);
        var against = (await concerns.ObstaclesAsync([decided.Id], [decided.Party], ct)).Where(o => o.StandsAgainst(decided, input.Kind, clock.Now)).ToList();
        if (against.Find(o => o.Stop is not null)?.Stop is { } stop) throw stop;
        var permit = input.Kind == DecisionKind.Granted ? PermitOf(input.Permit, decided) : null;
        var number = input.Number.Trim();
        if (number.Length == 0) number = await numbers.NextAsync(PushNumbers.DecisionSeriesOf(await db.DistrictSettings.AsNoTracking().FirstOrDefaultAsync(ct)), clock.Today.Year, ct);
        decided.Decide(new Decision(input.Kind, clock.Now, number, input.Content.Trim(), input.Opinion.Trim(), input.Approver.Trim()), input.Conditions ?? []);
        decided.DecideDespite([.. against.Select(o => o.Kept)]);
        foreach (var warned in against) ledger.Note(new CaseActs.DecidedDespite(decided.Id, warned.What, warned.About), decided.Ref, warned.Article);
        await duties.DischargeAsync(CasesRules.Decide, decided.Ref, ct);
        await duties.DischargeAsync(CasesRules.Promise, decided.Ref, ct);
        if (permit is not null)
        {
            var about = permit.Previous.Length > 0 ? permit.Previous : permit.Number;
            var before = decided.Kind == ApplicationKind.New ? null
                : await db.Permits.Where(p => p.Party == decided.Party && p.Number == about).OrderBy(p => p.Ending == null ? 0 : 1).ThenByDescending(p => p.ValidFrom).FirstOrDefaultAsync(ct);
            if (PermitMaking.Of(decided, permit, before, clock.NewId).Made is { } made) db.Permits.Add(made);
        }
        if (input.Kind == DecisionKind.Granted) await duties.OpenAsync(CasesRules.Deliver, await SendPushes.BureauAsync(db, clock.Today, ct), null, decided.Ref, ct, owedToLabel: "申请人");
        await pushes.AddAsync(decided, ct);
        await ledger.RecordAsync(new CaseActs.Decided(decided.Id, input.Kind, decided.DecidedAt!.Value, number, decided.Permit, null), decided.Ref, input.Kind == DecisionKind.Refused ? CasesRules.Refusing : CasesRules.Deciding, ct);
        await together.CommitAsync(ct);
        return decided;
    }

    private static CheckedPermit? PermitOf(PermitInput? said, Case decided)
    {
        var number = said?.Number?.Trim() ?? "";
        if (number.Length == 0)
        {
            if (decided.Kind is ApplicationKind.Cancellation or ApplicationKind.Change or ApplicationKind.Renewal) throw new InvalidInput("PermitNumber", "请填写许可编号,以便关联原许可。");
            return null;
        }
        new InputCheck().NotLonger(number, "PermitNumber", "许可编号", 100).Filled(said!.Name, "PermitName", "许可证件名称").That(said.ValidTo is null || said.ValidFrom is null || said.ValidTo >= said.ValidFrom, "ValidTo", "有效期至不能早于有效期自。").Throw();
        var check = LicenceNumber.Check(number);
        return new CheckedPermit(check.Value, !check.IsValid && LicenceNumber.KindOf(check.Value) is not null, said.Name!.Trim(), said.ValidFrom, said.ValidTo, said.Previous?.Trim() ?? "");
    }
}
