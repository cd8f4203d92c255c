using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>登记整改复查:整改合格、继续整改,或者移交执法。</summary>
public sealed class ReviewRectification(AppDb db, DeliverFeedback deliver, HandOver handOver, AttachFiles attach, CalendarBook calendars, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Files">Uploads that have come in whole.</param>
    public sealed record Input(Guid Rectification, DateOnly On, ReviewResult Result, IReadOnlyList<OfficerInput> Officers, DateOnly? DueOn = null, string? Note = null, Guid? HandTo = null, Guid? HandToSection = null, IReadOnlyList<Guid>? Files = null);

    public sealed record Act(Guid Rectification, Guid Push, int Nth, DateOnly On, ReviewResult Result, DateOnly? DueOn) : IAct { static string IAct.Name => "supervision.rectification-reviewed"; }

    public async Task<Rectification> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionRecord);
        var rectification = await db.Rectifications.SingleOrDefaultAsync(r => r.Id == input.Rectification && r.Organ == actor.Organ, ct) ?? throw NotFound.Of("该项整改");
        var push = await SupervisionAccess.SupervisedAsync(db, actor, rectification.Push, ct);
        new InputCheck()
            .That(input.On <= clock.Today, nameof(input.On), "复查日期不能晚于今天。")
            .That(input.Result != ReviewResult.GoOn || input.DueOn is not null, nameof(input.DueOn), "继续整改的,请填写新的整改期限。")
            .That(input.Result != ReviewResult.HandOver || input.HandTo is not null, nameof(input.HandTo), "请选择移交给哪个执法单位。")
            .That(input.Result == ReviewResult.Fixed || !string.IsNullOrWhiteSpace(input.Note), nameof(input.Note), "请写明整改不到位的情况。")
            .NotLonger(input.Note, nameof(input.Note), "复查情况", 2000).Throw();
        var officers = CheckOfficer.Verified(await Officers.ResolveAsync(db, actor, input.Officers, ct));
        rectification.Review(input.On, input.Result, input.DueOn, input.Note?.Trim() ?? "", officers, actor.Person, clock.Now, await calendars.CurrentAsync(ct));
        var matter = await SupervisionAccess.MatterAsync(db, push, ct);
        var others = await db.Rectifications.Where(r => r.Push == push.Id && r.State == RectificationState.Open && r.Id != rectification.Id).ToListAsync(ct);
        matter.Rectifying(rectification.IsOpen ? [.. others, rectification] : others);
        var round = rectification.Rounds[^1];
        ledger.WithNumber(rectification.Entered);
        if (input.Result == ReviewResult.HandOver)
        {
            var check = await db.Checks.SingleAsync(c => c.Id == rectification.Check, ct);
            ledger.Note(HandOver.Of(await handOver.AddAsync(push, matter, check, input.HandTo!.Value, input.HandToSection, round.Note, ct)), push.Ref, SupervisionRules.Supervising);
        }
        await deliver.AddAsync(push, matter, FeedbackKind.Review, rectification.Id, round.On, Summary(round), round.Result != ReviewResult.Fixed, ct);
        await attach.AddAsync(RectificationAttachments.KindName, rectification.Id, push.Ref, input.Files ?? [], ct);
        await ledger.RecordAsync(new Act(rectification.Id, push.Id, round.Nth, round.On, round.Result, round.DueOn), push.Ref, SupervisionRules.RecordingChecks, ct);
        return rectification;
    }

    public static string Summary(ReviewRound round) => $"第{round.Nth}次整改复查({round.On:yyyy-MM-dd}):{round.Result.InWords()}" + (round.DueOn is { } due ? $"至{due:yyyy-MM-dd}" : "");
}
