using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>登记检查:一次到场检查的情况和处理,随即回告审批局。</summary>
public sealed class RecordCheck(AppDb db, DeliverFeedback deliver, HandOver handOver, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Plan">The plan that the check carries out; the organ's open plan for this push or party when omitted.</param>
    /// <param name="RectifyBy">With 限期整改: the last day; with <paramref name="Requirement"/>, what is to be mended.</param>
    /// <param name="HandTo">With 移交执法: the organ that enforces, and its section.</param>
    /// <param name="Files">Uploads that have come in whole: photographs and documents of the visit.</param>
    /// <param name="SourceNumber">Number in the department's own system: the same record is never taken twice.</param>
    public sealed record Input(Guid Push, DateOnly On, IReadOnlyList<OfficerInput> Officers, CheckResult Result, Treatment Treatment, string? Place = null, PlanKind? Kind = null,
        IReadOnlyList<CheckPoint>? Points = null, DateOnly? RectifyBy = null, string? Requirement = null, Guid? HandTo = null, Guid? HandToSection = null,
        Publicity Publicity = Publicity.Internal, string? LegalPerson = null, string? Contact = null, string? Note = null, Guid? Plan = null, string? SourceNumber = null,
        IReadOnlyList<Guid>? Files = null);

    public sealed record Act(Guid Check, Guid Push, int Nth, DateOnly On, CheckResult Result, Treatment Treatment) : IAct { static string IAct.Name => "supervision.checked"; }

    public async Task<Check> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionRecord);
        var push = await SupervisionAccess.SupervisedAsync(db, actor, input.Push, ct);
        var points = (input.Points ?? []).Where(p => !string.IsNullOrWhiteSpace(p?.Point)).Select(p => p with { Point = p.Point.Trim(), Note = p.Note.Trim() }).ToList();
        CheckShape(input, points, push);
        if (input.SourceNumber is { } source && await db.Checks.AnyAsync(c => c.Organ == push.Organ && c.SourceNumber == source, ct))
            throw new Refusal("check.already-sent", $"检查记录{source}已经登记过。", field: nameof(input.SourceNumber));
        Check.MustFit(input.Result, input.Treatment, points);
        var officers = CheckOfficer.Verified(await Officers.ResolveAsync(db, actor, input.Officers, ct));
        var matter = await SupervisionAccess.MatterAsync(db, push, ct);
        var plan = await PlanAsync(input, push, ct);
        var check = new Check
        {
            District = db.District, Id = clock.NewId(), Push = push.Id, Organ = push.Organ, Party = push.Party, Nth = matter.NextCheck(), Kind = input.Kind ?? plan?.Kind ?? PlanKind.Daily, Plan = plan?.Id,
            On = input.On, Place = input.Place is { Length: > 0 } place ? place.Trim() : push.Address, Officers = officers, Points = points, Result = input.Result, Treatment = input.Treatment,
            RectifyBy = input.Treatment == Treatment.Rectify ? input.RectifyBy : null, Publicity = input.Publicity, LegalPerson = input.LegalPerson?.Trim() ?? "", Contact = input.Contact?.Trim() ?? "",
            Note = input.Note?.Trim() ?? "", SourceNumber = string.IsNullOrWhiteSpace(input.SourceNumber) ? null : input.SourceNumber.Trim(), RecordedAt = clock.Now, RecordedBy = actor.Person,
        };
        if (matter.Checks > 1) await RefuseAgainAsync(check, ct);
        db.Checks.Add(check);
        matter.Checked(check.On, check.Result);
        plan?.CarryOut(check.Id);
        if (plan?.NextAfter(check.On, clock.NewId(), clock.Now) is { } next) db.SupervisionPlans.Add(next);
        if (plan is not null) await MatterBook.PlannedAsync(db, plan.Organ, plan.Party, plan.Push, ct);
        ledger.WithNumber(check.Entered);

        if (check.Treatment == Treatment.Rectify)
        {
            var open = await db.Rectifications.Where(r => r.Push == push.Id && r.State == RectificationState.Open).ToListAsync(ct);
            var ordered = Rectification.Order(check, clock.NewId(), input.RectifyBy!.Value, input.Requirement!.Trim());
            db.Rectifications.Add(ordered);
            matter.Rectifying([.. open, ordered]);
        }
        if (check.Treatment == Treatment.HandOver) ledger.Note(HandOver.Of(await handOver.AddAsync(push, matter, check, input.HandTo!.Value, input.HandToSection, check.Note, ct)), push.Ref, SupervisionRules.Supervising);
        await deliver.AddAsync(push, matter, FeedbackKind.Check, check.Id, check.On, Summary(check), !check.IsClean, ct);
        await attach.AddAsync(CheckAttachments.KindName, check.Id, push.Ref, input.Files ?? [], ct);
        await ledger.RecordAsync(new Act(check.Id, push.Id, check.Nth, check.On, check.Result, check.Treatment), push.Ref, SupervisionRules.RecordingChecks, ct);
        return check;
    }

    /// <summary>A form that was gone back to and sent once more is no second visit.</summary>
    private async Task RefuseAgainAsync(Check check, CancellationToken ct)
    {
        var last = await db.Checks.AsNoTracking().Where(c => c.Push == check.Push && c.RecordedBy == check.RecordedBy).OrderByDescending(c => c.Nth).FirstOrDefaultAsync(ct);
        if (last is not null && last.SourceNumber == check.SourceNumber && check.RecordedAt - last.RecordedAt < JustNow && check.SaysTheSameAs(last))
            throw new Refusal("check.same-again", $"同样内容的检查刚刚登记过(第{last.Nth}次,{Shared.ChineseDates.Clock(last.RecordedAt)})。确是另一次检查的,请在情况说明中写明。", SupervisionRules.RecordingChecks, nameof(Input.Note));
    }

    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);

    public static string Summary(Check check) => $"第{check.Nth}次检查({check.On:yyyy-MM-dd}):{check.Result.InWords()},"
        + (check.Treatment == Treatment.Rectify ? $"限期整改至{check.RectifyBy:yyyy-MM-dd}" : check.Treatment.InWords());

    private void CheckShape(Input input, List<CheckPoint> points, Push push) => new InputCheck()
        .That(input.On <= clock.Today, nameof(input.On), "检查日期不能晚于今天。")
        .That(input.On >= Beijing.DayOf(push.DecidedAt), nameof(input.On), $"检查日期不能早于审批决定之日({Beijing.DayOf(push.DecidedAt):yyyy-MM-dd})。")
        .That(input.Treatment != Treatment.Rectify || input.RectifyBy is not null, nameof(input.RectifyBy), "请填写整改期限。")
        .That(input.Treatment != Treatment.Rectify || input.RectifyBy is null || input.RectifyBy > input.On, nameof(input.RectifyBy), "整改期限应晚于检查日期。")
        .That(input.Treatment != Treatment.Rectify || !string.IsNullOrWhiteSpace(input.Requirement), nameof(input.Requirement), "请填写整改要求。")
        .That(input.Treatment != Treatment.HandOver || input.HandTo is not null, nameof(input.HandTo), "请选择移交给哪个执法单位。")
        .That(input.Treatment != Treatment.HandOver || !string.IsNullOrWhiteSpace(input.Note), nameof(input.Note), "移交执法的,请写明涉嫌违法的事实。")
        .That(points.Count <= 200, nameof(input.Points), "检查要点不能超过200条。")
        .That(points.All(p => p.Point.Length <= 500 && p.Note.Length <= 500), nameof(input.Points), "检查要点和说明每条不能超过500字。")
        .NotLonger(input.Place, nameof(input.Place), "检查地点", 200).NotLonger(input.Requirement, nameof(input.Requirement), "整改要求", 1000).NotLonger(input.Note, nameof(input.Note), "情况说明", 2000)
        .NotLonger(input.LegalPerson, nameof(input.LegalPerson), "法定代表人", 60).NotLonger(input.Contact, nameof(input.Contact), "联系方式", 60).NotLonger(input.SourceNumber, nameof(input.SourceNumber), "检查编号", 60)
        .Throw();

    private async Task<SupervisionPlan?> PlanAsync(Input input, Push push, CancellationToken ct)
    {
        var open = db.SupervisionPlans.Where(p => p.Organ == push.Organ && p.State == PlanState.Open && (p.Push == push.Id || (p.Push == null && p.Party == push.Party)));
        if (input.Plan is { } given) return await open.SingleOrDefaultAsync(p => p.Id == given, ct) ?? throw new InvalidInput(nameof(input.Plan), "没有这项待办的监管计划。");
        return await open.Where(p => p.Push == push.Id).OrderBy(p => p.PlannedOn).ThenBy(p => p.Id).FirstOrDefaultAsync(ct)
            ?? await open.OrderBy(p => p.PlannedOn).ThenBy(p => p.Id).FirstOrDefaultAsync(ct);
    }
}
