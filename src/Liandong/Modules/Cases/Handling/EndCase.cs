using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Linkage;
using Liandong.Shared;

namespace Liandong.Modules.Cases;

/// <summary>撤回申请 or 终止办理: the limits end, and the organs that would supervise are told as of any other decision.</summary>
public sealed class EndCase(AppDb db, DutyBook duties, SendPushes pushes, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(DecisionKind Kind, string Reason, string Document = "");

    public async Task<Case> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.CaseDecide);
        new InputCheck().That(input.Kind is DecisionKind.Withdrawn or DecisionKind.Terminated, nameof(input.Kind), "请选择申请人撤回或者终止办理。").Filled(input.Reason, nameof(input.Reason), "原因", 2000)
            .NotLonger(input.Document, nameof(input.Document), "文书号", 100).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var ended = await db.TakeAsync(actor, Rights.CaseDecide, id, ct);
        ended.End(new Decision(input.Kind, clock.Now, input.Document.Trim(), input.Reason.Trim(), "", actor.Name));
        foreach (var rule in new[] { CasesRules.Accept, CasesRules.Decide, CasesRules.Promise }) await duties.CancelAsync(rule, ended.Ref, CaseWords.Of(input.Kind), ct);
        await pushes.AddAsync(ended, ct);
        await ledger.RecordAsync(new CaseActs.Decided(ended.Id, input.Kind, ended.DecidedAt!.Value, ended.DecisionNumber, null, null), ended.Ref, CasesRules.Deciding, ct);
        await together.CommitAsync(ct);
        return ended;
    }
}
