using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Parties;
using Liandong.Modules.Linkage.Disputes;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>改派, 重新送达, 关闭, 提交争议.</summary>
public enum ReturnDecision { Reroute, Resend, Close, Dispute }

/// <summary>处理退回: the bureau answers a return within its limit. What it decides is in every case an act of its own.</summary>
public sealed class DecideReturn(AppDb db, DutyBook duties, Ledger ledger, Actor actor, DeliverPush deliver, PushSteps steps, OpenDispute dispute)
{
    /// <param name="Organ">Reroute: who gets the case.</param>
    /// <param name="Reason">Why: the new organ, or the one that returned it, reads this.</param>
    /// <param name="PartyName">Resend: the corrected name; null leaves it.</param>
    /// <param name="Division">Resend: the corrected street or district code; null leaves it.</param>
    /// <param name="Address">Resend: the corrected address; null leaves it.</param>
    /// <param name="Parties">Dispute: the other organs concerned.</param>
    public sealed record Input(ReturnDecision Decision, string Reason, Guid? Organ = null, string? PartyName = null, string? Division = null, string? Address = null, IReadOnlyList<Guid>? Parties = null);

    public sealed record Rerouted(Guid Push, Guid To, Guid Organ) : IAct { public static string Name => "push.rerouted"; }

    public sealed record Resent(Guid Push, Guid Organ, IReadOnlyList<string> Corrected) : IAct { public static string Name => "push.resent"; }

    public sealed record Closed(Guid Push, Guid Organ) : IAct { public static string Name => "push.closed"; }

    /// <summary>Returns the push that is to be claimed now: the new one after rerouting, the returned one otherwise.</summary>
    public async Task<Push> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.PushReroute);
        new InputCheck().Filled(input.Reason, nameof(input.Reason), "处理理由", 1000)
            .That(input.Decision != ReturnDecision.Reroute || input.Organ is not null, nameof(input.Organ), "请选择改派给哪个单位。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var push = await db.Pushes.VisibleTo(actor).SingleOrDefaultAsync(p => p.Id == id, ct) ?? throw NotFound.Of("该推送");
        if (push.State != PushState.Returned) throw new Refusal("push.not-returned", $"该推送{LinkageWords.Of(push.State)},没有等待处理的退回。", LinkageRules.Pushing);
        var now = input.Decision switch
        {
            ReturnDecision.Reroute => await RerouteAsync(push, input, ct),
            ReturnDecision.Resend => await ResendAsync(push, input, ct),
            ReturnDecision.Close => await CloseAsync(push, input, ct),
            _ => await DisputeAsync(push, input, ct),
        };
        await together.CommitAsync(ct);
        return now;
    }

    private async Task<Push> RerouteAsync(Push push, Input input, CancellationToken ct)
    {
        if (input.Organ == push.Organ) throw new InvalidInput("Organ", "不能改派给退回的单位;不同意退回的,请选择“重新送达”。");
        var departments = await LinkageOrgans.DepartmentsAsync(db, ledger.Today, ct);
        var to = departments.FirstOrDefault(o => o.Id == input.Organ) ?? throw new InvalidInput("Organ", "请选择本区的行政主管部门。");
        var returned = departments.FirstOrDefault(o => o.Id == push.Organ)?.ShortName ?? "原单位";
        push.Reroute();
        await duties.DischargeAsync(LinkageRules.DecideReturn, push.Ref, ct);
        steps.Add(push, "rerouted", $"改派{to.ShortName}:{input.Reason.Trim()}");
        var sent = await deliver.ToAsync(push, to.Id, $"{returned}以“{LinkageWords.Of(push.ReturnedFor!.Value)}”退回,审批局改派:{input.Reason.Trim()}", null, ct);
        await ledger.RecordAsync(new Rerouted(push.Id, sent.Id, to.Id), push.Ref, LinkageRules.Pushing, ct);
        return sent;
    }

    private async Task<Push> ResendAsync(Push push, Input input, CancellationToken ct)
    {
        var corrected = new List<string>();
        var (party, division, address) = (Changed(input.PartyName, push.PartyName, "PartyName"), Changed(input.Division, push.Division, "Division"), Changed(input.Address, push.Address, "Address"));
        if (Divisions.Find(division) is null) throw new InvalidInput("Division", "没有这个区划代码。");
        push.Correct(party, division, address);
        await duties.DischargeAsync(LinkageRules.DecideReturn, push.Ref, ct);
        await deliver.AgainAsync(push, input.Reason.Trim(), null, null, null, null, ct);
        await ledger.RecordAsync(new Resent(push.Id, push.Organ, corrected), push.Ref, LinkageRules.Pushing, ct);
        return push;

        string Changed(string? given, string now, string field)
        {
            if (string.IsNullOrWhiteSpace(given) || given.Trim() == now) return now;
            corrected.Add(field);
            return given.Trim();
        }
    }

    private async Task<Push> CloseAsync(Push push, Input input, CancellationToken ct)
    {
        push.Close();
        await duties.DischargeAsync(LinkageRules.DecideReturn, push.Ref, ct);
        steps.Add(push, "closed", input.Reason.Trim());
        await ledger.RecordAsync(new Closed(push.Id, push.Organ), push.Ref, LinkageRules.Pushing, ct);
        return push;
    }

    private async Task<Push> DisputeAsync(Push push, Input input, CancellationToken ct)
    {
        await dispute.RunAsync(new OpenDispute.Input(push.Id, null, null, input.Reason, input.Parties ?? []), ct);
        return push;
    }
}
