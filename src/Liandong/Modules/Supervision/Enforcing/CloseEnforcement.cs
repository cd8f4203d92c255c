using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>执法结案,结果回告审批局。</summary>
public sealed class CloseEnforcement(AppDb db, DeliverFeedback deliver, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(Guid Enforcement, ClosingManner Manner, DateOnly On, string Note = "");

    public sealed record Act(Guid Enforcement, Guid Push, ClosingManner Manner, DateOnly On) : IAct { static string IAct.Name => "enforcement.closed"; }

    public async Task<Enforcement> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.EnforcementRecord);
        var enforcement = await SupervisionAccess.EnforcedAsync(db, actor, input.Enforcement, ct);
        new InputCheck().That(input.On <= clock.Today, nameof(input.On), "结案日期不能晚于今天。").NotLonger(input.Note, nameof(input.Note), "结案说明", 1000).Throw();
        enforcement.Close(input.Manner, input.On, input.Note, actor.Person, clock.Now);
        var push = await db.Pushes.AsNoTracking().SingleAsync(p => p.Id == enforcement.Push, ct);
        var matter = await SupervisionAccess.MatterAsync(db, push, ct);
        matter.EnforcementClosed();
        ledger.WithNumber(enforcement.ClosingEntered);
        await deliver.AddAsync(push, matter, FeedbackKind.Closing, enforcement.Id, input.On, $"执法结案({input.On:yyyy-MM-dd}):{input.Manner.InWords()}", input.Manner == ClosingManner.PassedToJustice, ct);
        await ledger.RecordAsync(new Act(enforcement.Id, push.Id, input.Manner, input.On), push.Ref, SupervisionRules.Supervising, ct);
        return enforcement;
    }
}
