using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Parties;
using Liandong.Modules.Items;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Disputes;

/// <summary>
/// 裁定权责争议: the conference office says who supervises. In one transaction the dispute ends, the case goes to the organ ruled for,
/// and the responsibility register follows from the day of the ruling.
/// </summary>
public sealed class RuleDispute(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock, PushSteps steps, DeliverPush deliver, ChangeResponsibility change)
{
    /// <param name="From">The day from which the register says so; today when omitted.</param>
    /// <param name="Register">Whether the register is changed at all: not when the ruling is about this one case.</param>
    /// <param name="Division">Where the register is changed; the whole district when omitted.</param>
    public sealed record Input(Guid Organ, string Reason, DateOnly? From = null, bool Register = true, string? Division = null);

    public sealed record Act(Guid Dispute, Guid Organ, DateOnly From, string RegisterDivision, Guid? Push) : IAct { public static string Name => "dispute.ruled"; }

    public async Task<CompetenceDispute> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DisputeRule);
        new InputCheck().Filled(input.Reason, nameof(input.Reason), "裁定理由", 2000).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var dispute = await db.CompetenceDisputes.SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该争议");
        dispute.MustBeOpen();
        var organ = (await LinkageOrgans.DepartmentsAsync(db, clock.Today, ct)).FirstOrDefault(o => o.Id == input.Organ) ?? throw new InvalidInput("Organ", "请选择由哪个部门监管。");
        var from = input.From ?? clock.Today;
        if (from < clock.Today) throw new InvalidInput("From", "责任清单自裁定之日起变更,不能早于今天。");
        var division = input.Register ? (string.IsNullOrWhiteSpace(input.Division) ? db.District : input.Division.Trim()) : "";
        if (division.Length > 0 && !dispute.Division.StartsWith(division, StringComparison.Ordinal)) throw new InvalidInput("Division", $"裁定的适用范围应当包括争议所在的{Divisions.NameOf(dispute.Division)}。");

        if (division.Length > 0) division = await ChangeRegisterAsync(dispute, organ.Id, division, from, ct);
        dispute.Rule(organ.Id, input.Reason, from, division, clock.Now);
        await duties.DischargeAsync(LinkageRules.RuleDispute, dispute.Ref, ct);
        var addressed = dispute.Push is { } disputed ? await SendAsync(disputed, dispute, organ.Id, organ.ShortName, ct) : null;
        await ledger.RecordAsync(new Act(dispute.Id, organ.Id, from, division, addressed?.Id), dispute.Ref, LinkageRules.Coordinating, ct);
        await together.CommitAsync(ct);
        return dispute;
    }

    /// <summary>Returns the division that was changed; empty when the register said so already.</summary>
    private async Task<string> ChangeRegisterAsync(CompetenceDispute dispute, Guid organ, string division, DateOnly from, CancellationToken ct)
    {
        try
        {
            await change.RunAsync(new ChangeResponsibility.Input(dispute.Item, division, organ, from, $"权责争议裁定 {dispute.Number}"), ct);
            return division;
        }
        catch (Refusal refusal) when (refusal.Code == "register.unchanged")
        {
            return "";
        }
    }

    private async Task<Push> SendAsync(Guid disputed, CompetenceDispute dispute, Guid organ, string organName, CancellationToken ct)
    {
        var push = await db.Pushes.SingleAsync(p => p.Id == disputed, ct);
        var why = $"{dispute.Number}裁定:“{dispute.ItemName}”由{organName}监管。{dispute.Reason}";
        if (push.Organ == organ)
        {
            steps.Add(push, "ruled", why);
            await deliver.AgainAsync(push, why, ResponsibilityKind.Main, why, null, dispute.Id, ct);
            return push;
        }
        push.Reroute();
        steps.Add(push, "ruled", why);
        return await deliver.ToAsync(push, organ, why, dispute.Id, ct);
    }
}
