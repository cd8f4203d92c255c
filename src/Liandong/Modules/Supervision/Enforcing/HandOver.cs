using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>移交执法:把一次检查发现的涉嫌违法事实移交执法科室或者执法单位。</summary>
public sealed class HandOver(AppDb db, DeliverFeedback deliver, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Check">The check whose findings are handed over; the last one when omitted.</param>
    public sealed record Input(Guid Push, Guid HandTo, string Facts, Guid? Check = null, Guid? HandToSection = null);

    public sealed record Act(Guid Enforcement, Guid Push, Guid Check, Guid To, Guid? ToSection) : IAct { static string IAct.Name => "supervision.handed-over"; }

    public async Task<Enforcement> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionRecord);
        var push = await SupervisionAccess.SupervisedAsync(db, actor, input.Push, ct);
        new InputCheck().Filled(input.Facts, nameof(input.Facts), "涉嫌违法的事实", 2000).Throw();
        var check = await db.Checks.Where(c => c.Push == push.Id && (input.Check == null || c.Id == input.Check)).OrderByDescending(c => c.Nth).FirstOrDefaultAsync(ct)
            ?? throw new Refusal("enforcement.no-check", "还没有检查记录,请先登记检查,再移交执法。", SupervisionRules.RecordingChecks);
        var matter = await SupervisionAccess.MatterAsync(db, push, ct);
        var open = await db.Rectifications.Where(r => r.Push == push.Id && r.State == RectificationState.Open).ToListAsync(ct);
        foreach (var rectification in open.Where(r => r.Check == check.Id)) rectification.HandOver();
        matter.Rectifying(open.Where(r => r.IsOpen).ToList());
        var enforcement = await AddAsync(push, matter, check, input.HandTo, input.HandToSection, input.Facts, ct);
        await deliver.AddAsync(push, matter, FeedbackKind.HandOver, enforcement.Id, enforcement.HandedOn, $"第{check.Nth}次检查发现的问题移交执法({enforcement.HandedOn:yyyy-MM-dd})", true, ct);
        await ledger.RecordAsync(Of(enforcement), push.Ref, SupervisionRules.Supervising, ct);
        return enforcement;
    }

    internal static Act Of(Enforcement e) => new(e.Id, e.Push, e.Check, e.To, e.ToSection);

    /// <summary>Adds the hand-over to the act that the caller records next.</summary>
    internal async Task<Enforcement> AddAsync(Push push, Matter matter, Check check, Guid to, Guid? section, string facts, CancellationToken ct)
    {
        var today = clock.Today;
        if (!await db.Organs.AnyAsync(o => o.Id == to && o.Kind == OrganKind.Department && o.From <= today && (o.To == null || o.To >= today), ct))
            throw new InvalidInput("HandTo", "请选择现有的执法单位。");
        if (section is not null && !await db.Sections.AnyAsync(s => s.Id == section && s.Organ == to, ct)) throw new InvalidInput("HandToSection", "该科室不属于所选的执法单位。");
        if (await db.Enforcements.AnyAsync(e => e.Check == check.Id, ct)) throw new Refusal("enforcement.already-handed-over", $"第{check.Nth}次检查已经移交执法。", SupervisionRules.Supervising);
        var enforcement = new Enforcement
        {
            District = db.District, Id = clock.NewId(), Push = push.Id, Check = check.Id, Party = push.Party, Organ = push.Organ, To = to, ToSection = section, Facts = facts.Trim(),
            HandedOn = today, HandedAt = clock.Now, HandedBy = actor.Person,
        };
        db.Enforcements.Add(enforcement);
        matter.HandedOver();
        ledger.WithNumber(enforcement.HandOverEntered);
        return enforcement;
    }
}
