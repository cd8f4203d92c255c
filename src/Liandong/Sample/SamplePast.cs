using Liandong.Accounts;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Parties;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage;
using Liandong.Modules.Linkage.Disputes;
using Liandong.Modules.Supervision;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Sample;

/// <summary>
/// Two months of work: cases decided, pushed, claimed in time or late, returned, rerouted, disputed, checked and penalised. Every step is
/// the use case that an officer's click would run, at the hour it would have been run; a fixed seed makes every sample the same.
/// </summary>
internal sealed class SamplePast(SampleWork work, SampleDirectory.Roster roster, IReadOnlyList<SampleItems.SampleItem> items)
{
    private const int Days = 60;
    private readonly Random chance = new(20190108);
    private readonly PriorityQueue<Func<CancellationToken, Task>, DateTimeOffset> agenda = new();
    private readonly HashSet<Guid> planned = [];
    private DateTimeOffset end;
    private int cases, returns, penalties;

    /// <param name="come">Told how much is done, from 0 to 1.</param>
    public async Task FillAsync(DateTimeOffset now, Action<double> come, CancellationToken ct)
    {
        end = now.ToOffset(Beijing.Offset).AddMinutes(-5);
        var today = Beijing.DayOf(end);
        for (var day = today.AddDays(-Days); day <= today; day = day.AddDays(1))
            if (WorkCalendar.National.IsWorkday(day))
                for (var n = IsRecent(day) ? chance.Next(12, 16) : chance.Next(2, 4); n > 0; n--)
                    Plan(HourOn(day), DecideAsync);
        // An officer's place has been empty since then: the duty to name a successor is overdue.
        Plan(Beijing.At(WorkCalendar.National.AddWorkdays(today, -9), new TimeOnly(16, 0)), LeaveAsync);
        new SampleTalks(work, roster).PlanInto(Plan, today);
        new SamplePolicies(work, roster, items).PlanInto(Plan, today);
        new SampleAssistance(work, roster).PlanInto(Plan, today);
        new SampleMeetings(work, roster).PlanInto(Plan, today);
        new SampleGroups(work, roster).PlanInto(Plan, today);
        while (agenda.TryDequeue(out var step, out var at))
        {
            work.Time.At = at;
            come(1 - (end - at) / TimeSpan.FromDays(Days));
            await step(ct);
        }
        work.Time.At = end;
    }

    /// <summary>The last two working days, whose work still lies on the desks.</summary>
    private bool IsRecent(DateOnly day) => WorkCalendar.National.WorkdaysBetween(day, Beijing.DayOf(end)) is >= 0 and < 2;

    /// <summary>Puts a step on the agenda unless it lies in the future.</summary>
    private void Plan(DateTimeOffset at, Func<CancellationToken, Task> step)
    {
        if (at < end) agenda.Enqueue(step, at);
    }

    private void PlanAfter(double workdays, Func<CancellationToken, Task> step)
    {
        var day = WorkCalendar.National.AddWorkdays(Beijing.DayOf(work.Time.At), (int)workdays);
        var at = HourOn(day);
        Plan(at > work.Time.At ? at : work.Time.At.AddMinutes(chance.Next(20, 90)), step);
    }

    private DateTimeOffset HourOn(DateOnly day) => Beijing.At(day, new TimeOnly(chance.Next(9, 17), chance.Next(60)));

    private async Task LeaveAsync(CancellationToken ct)
    {
        var organ = roster.Organs["区外侨办"];
        var place = await work.LookAsync(db => db.LiaisonAppointments.AsNoTracking().SingleAsync(a => a.Organ == organ.Id && a.Slot == LiaisonSlot.A && a.To == null, ct));
        await work.ActAsync<EndLiaison, LiaisonAppointment>(roster.Who(organ, Roles.LiaisonLead), leave => leave.RunAsync(new EndLiaison.Input(place.Id, Beijing.DayOf(work.Time.At), "调任其他单位。"), ct));
    }

    private async Task DecideAsync(CancellationToken ct)
    {
        // One case in twenty is of an item that no organ is named for.
        var pool = items.Where(i => i.Main.Length == 0 == (chance.Next(20) == 0)).ToList();
        var chosen = pool[chance.Next(pool.Count)];
        var n = ++cases;
        var decidedAt = work.Time.At;
        var receivedAt = Beijing.At(WorkCalendar.National.AddWorkdays(Beijing.DayOf(decidedAt), -chance.Next(1, 6)), new TimeOnly(9, 30));
        var kind = chance.Next(100) switch { < 86 => DecisionKind.Granted, < 93 => DecisionKind.Refused, < 97 => DecisionKind.Withdrawn, _ => DecisionKind.Terminated };
        var person = chosen.Item.Name.Contains("护士", StringComparison.Ordinal) || chosen.Item.Name.Contains("医师", StringComparison.Ordinal);
        var street = Streets[chance.Next(Streets.Length)];
        var address = $"济南市历下区{street.Name}{Roads[chance.Next(Roads.Length)]}{chance.Next(1, 300)}号";
        var name = person ? SampleRoster.NameOf(500 + n) : $"济南{Brands[chance.Next(Brands.Length)]}{Trades[chance.Next(Trades.Length)]}有限公司";
        var input = new CaseInput
        {
            Number = $"LX{decidedAt:yyyyMM}{n:00000}",
            Item = chosen.Item.Code,
            Party = new PartyInput
            {
                Kind = person ? PartyKind.NaturalPerson : PartyKind.Enterprise,
                Name = name + "(示例)",
                Code = person ? null : SampleCodes.SocialCreditCodeOf(10_000 + n % 90),
                IdNumber = person ? SampleCodes.ResidentIdOf(20_000 + n) : null,
                LegalPerson = person ? null : SampleRoster.NameOf(900 + n % 90),
                Address = address,
            },
            Kind = chosen.Item.Name.Contains("变更", StringComparison.Ordinal) ? ApplicationKind.Change : chosen.Item.Name.Contains("延续", StringComparison.Ordinal) ? ApplicationKind.Renewal
                : chosen.Item.Name.Contains("注销", StringComparison.Ordinal) ? ApplicationKind.Cancellation : chosen.Item.Name.Contains('补', StringComparison.Ordinal) ? ApplicationKind.Replacement : ApplicationKind.New,
            Division = street.Code,
            Address = address,
            ReceivedAt = receivedAt,
            AcceptedAt = receivedAt.AddHours(1),
            DecidedAt = decidedAt,
            Decision = new DecisionInput
            {
                Kind = kind,
                Number = $"历审{(kind == DecisionKind.Granted ? "准" : "决")}〔{decidedAt.Year}〕{n}号",
                Content = kind switch { DecisionKind.Granted => "准予许可。", DecisionKind.Refused => "申请条件不符合法定要求,不予许可。", DecisionKind.Withdrawn => "申请人自愿撤回申请。", _ => "申请人逾期未补正,终止办理。" },
                Opinion = "材料齐全,经审查符合程序。",
                Approver = roster.Who(roster.Bureau, Roles.Approver).Name,
            },
            Permit = kind == DecisionKind.Granted ? new PermitInput
            {
                Number = $"370102{decidedAt:yyyy}{n:000000}", Name = chosen.Item.ResultName, ValidFrom = Beijing.DayOf(decidedAt),
                ValidTo = chosen.Item.ValidityMonths is { } months ? Beijing.DayOf(decidedAt).AddMonths(months).AddDays(-1) : null,
            } : null,
            Materials = [new CaseMaterial("申请书", "原件", 1, null, null), new CaseMaterial("营业执照", "电子", 1, null, null), new CaseMaterial("场所使用证明", "复印件", 1, null, null)],
            Conditions = ["按许可范围从事活动", "变更事项及时申请"],
            Promises = chance.Next(3) == 0 ? ["承诺所提交材料真实有效", "承诺在三十日内完成整改并接受核查"] : [],
        };
        var sent = await work.ActAsync<SendCase, IntakeResult>(roster.Who(roster.Bureau, Roles.Approver), send => send.RunAsync(input, ct));
        if (sent.Id is not { } id) return;
        foreach (var push in await work.LookAsync(db => db.Pushes.AsNoTracking().Where(p => p.Case == id).ToListAsync(ct))) PlanClaim(push, kind);
    }

    private void PlanClaim(Push push, DecisionKind kind, bool mayReturn = true)
    {
        if (!roster.Liaisons.TryGetValue(push.Organ, out var officers)) return;
        // A return may be rerouted to an organ that has its push of the case already, and has its plans with it.
        if (!planned.Add(push.Id)) return;
        // Most of the newest wait to be claimed, and one in thirty of the others was forgotten: it is overdue.
        if (IsRecent(Beijing.DayOf(work.Time.At)) ? chance.Next(10) < 8 : chance.Next(30) == 0) return;
        var officer = officers[chance.Next(4) == 0 && officers.Length > 1 ? 1 : 0];
        // Most within three days, one in twelve late; what is newer than its wait stays open.
        var wait = chance.Next(12) switch { 0 => chance.Next(4, 7), < 5 => 0, < 9 => 1, _ => 2 };
        var (signs, returns) = (chance.Next(3) > 0, mayReturn && push.Role == ResponsibilityKind.Main && chance.Next(14) == 0);
        PlanAfter(wait, async ct =>
        {
            if (signs) await work.ActAsync<SignPush, Push>(officer, sign => sign.RunAsync(push.Id, ct));
            if (returns)
            {
                var other = Other(push.Organ);
                await work.ActAsync<ReturnPush, Push>(officer, give => give.RunAsync(push.Id, new ReturnPush.Input(ReturnReason.NotOurCharge, "该主体的经营活动不在本单位监管职责范围内。", other.Id), ct));
                PlanAfter(1, stop => AnswerReturnAsync(push, other, stop));
                return;
            }
            await work.ActAsync<ClaimPush, Push>(officer, claim => claim.RunAsync(push.Id, officer.Section, ct));
            if (kind == DecisionKind.Granted && push.Role == ResponsibilityKind.Main && chance.Next(3) == 0) PlanAfter(chance.Next(3, 12), stop => CheckAsync(push, stop));
        });
    }

    private Organ Other(Guid organ) => roster.Organs["区市场监管局"].Id == organ ? roster.Organs["区城管局"] : roster.Organs["区市场监管局"];

    /// <summary>Three of four returns are rerouted; the fourth is disputed, and every other dispute is ruled.</summary>
    private async Task AnswerReturnAsync(Push push, Organ proposed, CancellationToken ct)
    {
        var manager = roster.Who(roster.Bureau, Roles.ItemManager);
        if (++returns % 4 != 0)
        {
            var rerouted = await work.ActAsync<DecideReturn, Push>(manager, decide => decide.RunAsync(push.Id,
                new DecideReturn.Input(ReturnDecision.Reroute, "经核实,该主体的经营活动属建议单位监管。", proposed.Id), ct));
            var next = rerouted.Organ == proposed.Id ? rerouted : await work.LookAsync(db => db.Pushes.AsNoTracking().FirstAsync(p => p.Case == push.Case && p.Organ == proposed.Id, ct));
            PlanClaim(next, push.Decision, mayReturn: false);
            return;
        }
        await work.ActAsync<DecideReturn, Push>(manager, decide => decide.RunAsync(push.Id, new DecideReturn.Input(ReturnDecision.Dispute, "两单位对监管职责认识不一致,提请联席会议办公室裁定。", Parties: [proposed.Id]), ct));
        var dispute = await work.LookAsync(db => db.CompetenceDisputes.AsNoTracking().FirstAsync(d => d.Push == push.Id, ct));
        PlanAfter(2, stop => work.ActAsync<StateView, DisputeStatement>(roster.Liaisons[push.Organ][0],
            state => state.RunAsync(dispute.Id, new StateView.Input("该事项由我单位划出后,日常监管的执法权限不在我单位。", "三定规定"), stop)));
        PlanAfter(8, stop => work.ActAsync<RuleDispute, CompetenceDispute>(roster.Who(roster.Office, Roles.ConferenceOffice),
            rule => rule.RunAsync(dispute.Id, new RuleDispute.Input(push.Organ, "按照谁主管谁监管的原则,仍由原主管部门负责监管。", Register: false), stop)));
    }

    private async Task CheckAsync(Push push, CancellationToken ct)
    {
        var organ = roster.Organs.Values.First(o => o.Id == push.Organ);
        var officers = roster.People.Where(p => p.Organ.Id == organ.Id && p.Role == Roles.Supervisor).Select(p => new OfficerInput(p.Id)).Take(2).ToList();
        if (officers.Count < 2) return;
        var today = Beijing.DayOf(work.Time.At);
        var (result, treatment) = chance.Next(10) switch { < 6 => (CheckResult.Conforming, Treatment.Passed), < 9 => (CheckResult.MostlyConforming, Treatment.Rectify), _ => (CheckResult.NotConforming, Treatment.HandOver) };
        var supervisor = roster.Who(organ, Roles.Supervisor);
        var enforcer = roster.Who(organ, Roles.Enforcement);
        var check = await work.ActAsync<RecordCheck, Check>(supervisor, record => record.RunAsync(new RecordCheck.Input(push.Id, today, officers, result, treatment,
            Kind: chance.Next(3) == 0 ? PlanKind.Random : PlanKind.Daily,
            Points: [new CheckPoint("持证经营,证照在有效期内", PointResult.Met), new CheckPoint("按许可范围从事活动", result == CheckResult.NotConforming ? PointResult.NotMet : PointResult.Met),
                new CheckPoint("场所和设施符合要求", result == CheckResult.Conforming ? PointResult.Met : PointResult.NotMet, result == CheckResult.Conforming ? "" : "部分设施未按要求维护")],
            RectifyBy: treatment == Treatment.Rectify ? WorkCalendar.National.AddWorkdays(today, 7) : null,
            Requirement: treatment == Treatment.Rectify ? "七个工作日内修复设施并保存记录" : null,
            Note: treatment == Treatment.HandOver ? "现场发现超出许可范围从事经营活动,涉嫌违法。" : null,
            HandTo: treatment == Treatment.HandOver ? organ.Id : null, HandToSection: treatment == Treatment.HandOver ? enforcer.Section : null), ct));
        PlanAcknowledge();
        if (treatment == Treatment.Rectify) PlanAfter(chance.Next(4, 9), stop => ReviewAsync(check, supervisor, officers, stop));
        if (treatment == Treatment.HandOver) PlanAfter(1, stop => EnforceAsync(check, enforcer, officers, stop));
    }

    private async Task ReviewAsync(Check check, SamplePerson supervisor, IReadOnlyList<OfficerInput> officers, CancellationToken ct)
    {
        var rectification = await work.LookAsync(db => db.Rectifications.AsNoTracking().FirstOrDefaultAsync(r => r.Check == check.Id && r.State == RectificationState.Open, ct));
        if (rectification is null) return;
        await work.ActAsync<ReviewRectification, Rectification>(supervisor, review => review.RunAsync(
            new ReviewRectification.Input(rectification.Id, Beijing.DayOf(work.Time.At), ReviewResult.Fixed, officers, Note: "已按要求整改,现场复查合格。"), ct));
        PlanAcknowledge();
    }

    private async Task EnforceAsync(Check check, SamplePerson enforcer, IReadOnlyList<OfficerInput> officers, CancellationToken ct)
    {
        var enforcement = await work.LookAsync(db => db.Enforcements.AsNoTracking().FirstOrDefaultAsync(e => e.Check == check.Id, ct));
        if (enforcement is null) return;
        await work.ActAsync<ClaimEnforcement, Enforcement>(enforcer, claim => claim.RunAsync(enforcement.Id, ct));
        var n = ++penalties;
        PlanAfter(5, async stop =>
        {
            // Every third penalty revokes the permit: the bureau then owes the 注销.
            PenaltyKind[] kinds = n % 3 == 0 ? [PenaltyKind.Fine, PenaltyKind.RevokePermit] : [PenaltyKind.Fine];
            await work.ActAsync<RecordPenalty, Penalty>(enforcer, record => record.RunAsync(new RecordPenalty.Input(enforcement.Id, $"历罚决〔{work.Time.At.Year}〕{n}号", Beijing.DayOf(work.Time.At), kinds,
                "经立案调查,当事人超出许可范围从事经营活动,有现场检查笔录、询问笔录为证。", "《中华人民共和国行政许可法》第八十条", officers, Fine: 5000 + n * 1000), stop));
            PlanAcknowledge();
        });
    }

    /// <summary>The bureau takes note of what waits within a day or two, most of the time without effect.</summary>
    private void PlanAcknowledge() => PlanAfter(chance.Next(0, 3), async ct =>
    {
        if (chance.Next(8) == 0) return;
        var open = await work.LookAsync(db => db.Feedbacks.AsNoTracking().Where(f => f.AcknowledgedAt == null).OrderBy(f => f.DeliveredAt).Select(f => new { f.Id, f.Kind }).Take(2).ToListAsync(ct));
        foreach (var feedback in open)
        {
            var effect = feedback.Kind == FeedbackKind.Penalty ? ApprovalEffect.Stricter : ApprovalEffect.None;
            await work.ActAsync<AcknowledgeFeedback, Feedback>(roster.Who(roster.Bureau, Roles.Approver),
                note => note.RunAsync(new AcknowledgeFeedback.Input(feedback.Id, effect, effect == ApprovalEffect.None ? "" : "一年内该相对人的申请从严审查,不适用告知承诺。"), ct));
        }
    });

    private static readonly Division[] Streets = [.. Divisions.Streets(SampleDistrict.Code)];
    private static readonly string[] Roads = ["泉城路", "文化东路", "经十路", "解放路", "山大路", "历山路", "工业南路", "旅游路", "奥体中路", "燕子山路", "县西巷", "趵突泉北路"];
    private static readonly string[] Brands = ["明湖", "泉韵", "历山", "鹊华", "舜耕", "千佛", "芙蓉", "珍珠泉", "黑虎泉", "百花洲", "佛山倒影", "趵突"];
    private static readonly string[] Trades = ["餐饮管理", "食品", "医疗管理", "文化传播", "教育咨询", "体育健身", "人力资源", "物业服务", "商贸", "建筑工程", "广告", "养老服务"];
}
