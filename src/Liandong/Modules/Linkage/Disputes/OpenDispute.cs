using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Parties;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Disputes;

/// <summary>提交权责争议: on a push, or on an item in general. The conference office then owes a ruling.</summary>
public sealed class OpenDispute(AppDb db, DutyBook duties, NumberBook numbers, Ledger ledger, Actor actor, Clock clock, PushSteps steps)
{
    /// <param name="Push">The push in question. A department may name only its own one.</param>
    /// <param name="Item">The item in question, where there is no push.</param>
    /// <param name="Division">6- or 9-digit code, where there is no push; the whole district when omitted.</param>
    /// <param name="Parties">The organs concerned besides the one that opens; the push's addressee and proposed organ are always among them.</param>
    public sealed record Input(Guid? Push, Guid? Item, string? Division, string Question, IReadOnlyList<Guid> Parties);

    public sealed record Act(Guid Dispute, Guid? Push, Guid Item, string Division, IReadOnlyList<Guid> Parties) : IAct { public static string Name => "dispute.opened"; }

    public async Task<CompetenceDispute> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DisputeRaise);
        new InputCheck().Filled(input.Question, nameof(input.Question), "争议的问题", 1000).That(input.Push is not null || input.Item is not null, "Item", "请选择争议的事项。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var organ = actor.Organ ?? await LinkageOrgans.BureauAsync(db, clock.Today, ct);
        var push = input.Push is { } id ? await db.Pushes.VisibleTo(actor).SingleOrDefaultAsync(p => p.Id == id, ct) ?? throw NotFound.Of("该推送") : null;
        var item = await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == (push != null ? push.Item : input.Item), ct) ?? throw NotFound.Of("该事项");
        var division = push?.Division ?? (string.IsNullOrWhiteSpace(input.Division) ? db.District : input.Division.Trim());
        if (Divisions.Find(division) is null) throw new InvalidInput("Division", "没有这个区划代码。");
        var parties = await PartiesAsync(input, push, organ, ct);

        var settings = await db.DistrictSettings.AsNoTracking().FirstOrDefaultAsync(ct);
        var dispute = new CompetenceDispute
        {
            District = db.District, Id = clock.NewId(), Number = await numbers.NextAsync(LinkageNumbers.Disputes(settings), clock.Today.Year, ct), Push = push?.Id, PushNumber = push?.Number ?? "",
            Item = item.Id, ItemName = item.Name, Division = division, Question = input.Question.Trim(), OpenedBy = organ, OpenedByPerson = actor.Person, OpenedAt = clock.Now,
        };
        db.CompetenceDisputes.Add(dispute);
        db.DisputeParties.AddRange(parties.Select(p => new DisputeParty { District = db.District, Dispute = dispute.Id, Organ = p }));
        if (push is not null)
        {
            push.Dispute();
            // The bureau's decision on the return is this dispute; a department that had not returned the push owes no claim until the ruling.
            await duties.DischargeAsync(LinkageRules.DecideReturn, push.Ref, ct);
            await duties.SupersedeAsync(LinkageRules.ClaimResult, push.Ref, $"提交权责争议 {dispute.Number},待裁定", ct);
            steps.Add(push, "disputed", $"{dispute.Number}:{dispute.Question}");
        }
        var office = await LinkageOrgans.ConferenceOfficeAsync(db, clock.Today, ct);
        await duties.OpenAsync(LinkageRules.RuleDispute, office, null, dispute.Ref, ct, owedToLabel: "争议各方");
        await ledger.RecordAsync(new Act(dispute.Id, dispute.Push, dispute.Item, dispute.Division, parties), dispute.Ref, LinkageRules.Coordinating, ct);
        await together.CommitAsync(ct);
        return dispute;
    }

    private async Task<IReadOnlyList<Guid>> PartiesAsync(Input input, Push? push, Guid organ, CancellationToken ct)
    {
        var departments = (await LinkageOrgans.DepartmentsAsync(db, clock.Today, ct)).Select(o => o.Id).ToHashSet();
        var parties = input.Parties.ToList();
        if (push is not null) parties.Add(push.Organ);
        if (push?.ProposedOrgan is { } proposed) parties.Add(proposed);
        if (departments.Contains(organ)) parties.Add(organ);
        var distinct = parties.Distinct().ToList();
        if (distinct.Except(departments).Any()) throw new InvalidInput("Parties", "争议各方应当是本区的行政主管部门。");
        if (distinct.Count < 2) throw new Refusal("dispute.needs-two", "权责争议至少涉及两个单位,请再选出争议的另一方。", LinkageRules.Coordinating, "Parties");
        return distinct;
    }
}
