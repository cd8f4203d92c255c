using Liandong.Accounts;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Sample;

/// <summary>Three consultations of the last weeks (one carried out, one overdue in its decision, one still gathering views, also of an organ that was added), a freeze request and two joint documents, step by step through the use cases.</summary>
internal sealed class SampleTalks(SampleWork work, SampleDirectory.Roster roster)
{
    private SamplePerson Clerk => roster.Who(roster.Bureau, Roles.Approver);
    private SamplePerson Head => roster.Who(roster.Bureau, Roles.BureauHead);

    /// <param name="plan">Puts a step on the agenda of the past.</param>
    public void PlanInto(Action<DateTimeOffset, Func<CancellationToken, Task>> plan, DateOnly today)
    {
        DateTimeOffset At(int workdaysAgo, int hour) => Beijing.At(WorkCalendar.National.AddWorkdays(today, -workdaysAgo), new TimeOnly(hour, 20));
        var (fumes, sites, stalls) = (Guid.Empty, Guid.Empty, Guid.Empty);

        // 已办结: one organ, by letter, carried out and accepted.
        var city = roster.Organs["区城管局"];
        plan(At(24, 9), async ct => fumes = await StartAsync(Clerk, "餐饮油烟净化设施的核验", "受理餐饮服务许可时,油烟净化设施由哪个单位核验,审批局怎样取得核验意见?", ConsultationSubject.Procedure, "《中华人民共和国大气污染防治法》第八十一条", [city], ct));
        plan(At(24, 15), ct => SendLetterAsync(fumes, Head, ct));
        plan(At(22, 10), ct => SayAsync(fumes, roster.Liaisons[city.Id][0], Stance.Conditional, "油烟污染防治由城市管理部门监管,可以在受理阶段提供核验意见。", "申请人提交设备型号和检测报告。", ct));
        plan(At(20, 10), ct => ConcludeAsync(fumes, Clerk, "区城管局在收到商请后两个工作日内出具核验意见,审批局据以审查。", "制定油烟净化设施核验要点并报送审批局。", city, WorkCalendar.National.AddWorkdays(today, -12), ct));
        plan(At(19, 11), ct => SignAsync(fumes, [roster.Who(city, Roles.LiaisonLead)], Head, ct));
        plan(At(14, 10), ct => ReportAsync(fumes, roster.Liaisons[city.Id][0], "核验要点(共六条)已经报送。", ct));
        plan(At(13, 16), ct => AcceptAsync(fumes, Clerk, ct));

        // 决定执行逾期: started by a department.
        var market = roster.Organs["区市场监管局"];
        plan(At(16, 9), async ct => stalls = await StartAsync(roster.Liaisons[market.Id][0], "早餐店许可与登记信息的衔接", "已经取得食品经营许可的早餐店变更地址的,审批结果怎样及时取得?", ConsultationSubject.JointWork, "《食品经营许可和备案管理办法》第三十条", [roster.Bureau], ct));
        plan(At(16, 14), ct => SendLetterAsync(stalls, roster.Who(market, Roles.LiaisonLead), ct));
        plan(At(14, 9), ct => SayAsync(stalls, Clerk, Stance.Agree, "变更决定当日推送,并在推送单上写明原地址。", "", ct));
        plan(At(12, 9), ct => ConcludeAsync(stalls, roster.Liaisons[market.Id][0], "审批局在推送变更决定时写明原地址和新地址。", "补推今年以来的地址变更情况。", roster.Bureau, WorkCalendar.National.AddWorkdays(today, -2), ct));
        plan(At(11, 15), ct => SignAsync(stalls, [Head], roster.Who(market, Roles.LiaisonLead), ct));

        // 征求意见中: several organs, a meeting proposed.
        var housing = roster.Organs["区住建局"];
        plan(At(3, 10), async ct => sites = await StartAsync(Clerk, "户外广告设施联合验收", "涉及建筑外立面的户外广告设施,是否实行联合验收?", ConsultationSubject.JointWork, "《山东省城市户外广告设置管理办法》", [city, housing, market], ct));
        plan(At(2, 11), ct => SayAsync(sites, roster.Liaisons[city.Id][0], Stance.Agree, "同意,由本局牵头组织。", "", ct));
        plan(At(2, 16), ct => work.ActAsync<AddConsultedOrgans, Consultation>(Clerk, add => add.RunAsync(sites, new AddConsultedOrgans.Input([roster.Organs["区园林局"].Id], "广告设施占用绿地的,由该单位监管。"), ct)));
        plan(At(1, 15), ct => SayAsync(sites, roster.Liaisons[housing.Id][0], Stance.Conditional, "涉及结构安全的才需要参加。", "限于附着在承重构件上的设施。", ct));

        plan(At(5, 16), FreezeAsync);

        // 联合行文: one served, one that an organ has still to sign.
        plan(At(9, 10), async ct =>
        {
            var sent = await CirculateAsync(roster.Liaisons[housing.Id][0], new DraftDocument.Input(DocumentKind.Letter, "关于建筑垃圾运输联合整治安排的函",
                BodyText.Read("一、整治时间\n自本月起每周五联合检查。\n二、请予配合\n请在核准建筑垃圾处置时,一并告知申请人运输路线的要求。"), [roster.Bureau.Id], Attachments: ["联合检查安排"],
                Annexes: [new Annex("联合检查安排", [new Table(["区域", "牵头单位"], [["泉城路、大明湖街道", "区住建局"], ["燕山、姚家街道", "区城管局"]])])], Joint: [city.Id]), [roster.Who(city, Roles.LiaisonLead)], ct);
            await work.ActAsync<SignDocument, OfficialDocument>(roster.Who(housing, Roles.LiaisonLead), sign => sign.RunAsync(sent, ct));
            foreach (var organ in new[] { housing, city }) await work.ActAsync<SealDocument, OfficialDocument>(roster.Who(organ, Roles.LiaisonLead), seal => seal.RunAsync(sent, ct));
            await work.ActAsync<ServeDocument, OfficialDocument>(roster.Who(housing, Roles.LiaisonLead), serve => serve.RunAsync(sent, new ServeDocument.Input(), ct));
        });
        plan(At(1, 10), ct => CirculateAsync(Clerk, new DraftDocument.Input(DocumentKind.Notice, "关于进一步做好餐饮服务许可审管衔接工作的通知", BodyText.Read("一、及时认领\n收到推送后三个工作日内认领。\n二、及时回告\n检查和处罚结果及时回告。"), [housing.Id], Joint: [city.Id, market.Id]),
            [roster.Who(city, Roles.LiaisonLead)], ct));

        async Task FreezeAsync(CancellationToken ct)
        {
            var party = await work.LookAsync(db => db.Pushes.AsNoTracking().Where(p => p.Organ == market.Id && p.State == PushState.Claimed).OrderByDescending(p => p.CreatedAt).Select(p => (Guid?)p.Party).FirstOrDefaultAsync(ct));
            if (party is null) return;
            var freeze = await work.ActAsync<RequestFreeze, FreezeRequest>(roster.Liaisons[market.Id][0], request => request.RunAsync(new RequestFreeze.Input(FreezeScope.Changes, "该单位涉嫌超出许可范围从事经营活动,正在立案调查。", "《中华人民共和国行政处罚法》第五十四条",
                WorkCalendar.National.AddWorkdays(today, 20), party), ct));
            await ServeAsync(freeze.Letter, roster.Who(market, Roles.LiaisonLead), ct);
        }
    }

    private async Task<Guid> StartAsync(SamplePerson by, string title, string question, ConsultationSubject subject, string basis, IReadOnlyList<Organ> organs, CancellationToken ct) =>
        (await work.ActAsync<StartConsultation, Consultation>(by, start => start.RunAsync(new StartConsultation.Input(title, question, subject, basis, [.. organs.Select(o => o.Id)]), ct))).Id;

    private async Task SendLetterAsync(Guid talk, SamplePerson head, CancellationToken ct) =>
        await ServeAsync((await work.LookAsync(db => db.Consultations.AsNoTracking().Where(c => c.Id == talk).Select(c => c.Letter).SingleAsync(ct)))!.Value, head, ct);

    private async Task ServeAsync(Guid letter, SamplePerson head, CancellationToken ct)
    {
        await work.ActAsync<SignDocument, OfficialDocument>(head, sign => sign.RunAsync(letter, ct));
        await work.ActAsync<SealDocument, OfficialDocument>(head, seal => seal.RunAsync(letter, ct));
        await work.ActAsync<ServeDocument, OfficialDocument>(head, serve => serve.RunAsync(letter, new ServeDocument.Input(), ct));
    }

    /// <summary>Drafted, sent to those that issue it jointly, and signed by some of them.</summary>
    private async Task<Guid> CirculateAsync(SamplePerson by, DraftDocument.Input input, IReadOnlyList<SamplePerson> signing, CancellationToken ct)
    {
        var document = await work.ActAsync<DraftDocument, OfficialDocument>(by, draft => draft.RunAsync(input, ct));
        await work.ActAsync<SendForCountersign, OfficialDocument>(by, send => send.RunAsync(document.Id, ct));
        foreach (var lead in signing) await work.ActAsync<CountersignDocument, OfficialDocument>(lead, sign => sign.RunAsync(document.Id, new CountersignDocument.Input(true, document.Revision), ct));
        return document.Id;
    }

    private Task SayAsync(Guid talk, SamplePerson by, Stance stance, string grounds, string conditions, CancellationToken ct) =>
        work.ActAsync<GiveView, ConsultationView>(by, give => give.RunAsync(talk, new GiveView.Input(stance, grounds, conditions), ct));

    private Task ConcludeAsync(Guid talk, SamplePerson by, string text, string decision, Organ owner, DateOnly due, CancellationToken ct) =>
        work.ActAsync<DraftConclusion, Conclusion>(by, draft => draft.RunAsync(talk, new DraftConclusion.Input(text, [new DecisionDraft(decision, owner.Id, due)]), ct));

    private async Task SignAsync(Guid talk, IReadOnlyList<SamplePerson> leads, SamplePerson head, CancellationToken ct)
    {
        foreach (var lead in leads) await work.ActAsync<CountersignConclusion, Conclusion>(lead, sign => sign.RunAsync(talk, true, "", ct));
        await work.ActAsync<IssueConclusion, Conclusion>(head, issue => issue.RunAsync(talk, "", ct));
    }

    private async Task ReportAsync(Guid talk, SamplePerson by, string text, CancellationToken ct)
    {
        var item = await ItemAsync(talk, ct);
        await work.ActAsync<ReportDecision, DecisionReport>(by, report => report.RunAsync(item, new ReportDecision.Input(text), ct));
    }

    private async Task AcceptAsync(Guid talk, SamplePerson by, CancellationToken ct)
    {
        var item = await ItemAsync(talk, ct);
        await work.ActAsync<JudgeDecision, DecisionItem>(by, judge => judge.RunAsync(item, true, "验收通过。", ct));
    }

    private Task<Guid> ItemAsync(Guid talk, CancellationToken ct) => work.LookAsync(db => db.DecisionItems.AsNoTracking().Where(i => i.Consultation == talk).Select(i => i.Id).FirstAsync(ct));
}
