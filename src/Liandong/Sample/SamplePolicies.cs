using Liandong.Accounts;
using Liandong.Documents;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Directory;
using Liandong.Modules.Policies;

namespace Liandong.Sample;

/// <summary>Three changes of the last weeks (one adapted and confirmed, one served late and waiting for the bureau, one known and not yet served) and a superior's training, through the use cases.</summary>
internal sealed class SamplePolicies(SampleWork work, SampleDirectory.Roster roster, IReadOnlyList<SampleItems.SampleItem> items)
{
    private SamplePerson Clerk => roster.Who(roster.Bureau, Roles.Approver);

    /// <param name="plan">Puts a step on the agenda of the past.</param>
    public void PlanInto(Action<DateTimeOffset, Func<CancellationToken, Task>> plan, DateOnly today)
    {
        DateOnly Day(int workdaysAgo) => WorkCalendar.National.AddWorkdays(today, -workdaysAgo);
        DateTimeOffset At(int workdaysAgo, int hour) => Beijing.At(Day(workdaysAgo), new TimeOnly(hour, 40));
        var (rule, plans, training) = (Guid.Empty, Guid.Empty, Guid.Empty);

        // 双方已确认: three items, two adapted from the effective day, one not touched.
        var market = roster.Organs["区市场监管局"];
        plan(At(18, 9), async ct => rule = await RecordAsync(market, PolicyKind.Rule, "食品经营许可和备案管理办法(修正)", "总局令第78号", "国家市场监督管理总局", Day(19), Day(6),
            "申请食品经营许可,不再提交从业人员健康证明复印件,由许可机关通过数据共享核查。仅销售预包装食品的,由许可改为备案。", "不再提交健康证明复印件。", 3, true, ct));
        plan(At(18, 15), ct => ServeAsync(rule, market, ct));
        plan(At(16, 10), ct => work.ActAsync<AcknowledgePolicy, PolicyChange>(Clerk, acknowledge => acknowledge.RunAsync(rule, ct)));
        plan(At(14, 11), ct => AdaptAsync(rule, market, Day(6), ct));
        plan(At(12, 9), ct => work.ActAsync<ConfirmPolicy, PolicyChange>(roster.Liaisons[market.Id][0], confirm => confirm.RunAsync(rule, ct)));

        // 迟于施行日函告, by an official letter: the breach stays on record, the bureau's limit runs.
        var city = roster.Organs["区城管局"];
        plan(At(9, 10), async ct => plans = await RecordAsync(city, PolicyKind.Plan, "历下区户外广告设施设置专项规划", "历下政字〔2026〕21号", "历下区人民政府", Day(9), Day(4), "泉城路、经十路沿线为限制设置区,高层建筑顶部不再设置户外广告设施。", "提交位置图和夜景效果图。", 2, false, ct));
        plan(At(2, 16), ct => ServeByLetterAsync(plans, city, ct));

        // 待函告, and a training that the bureau has answered.
        var housing = roster.Organs["区住建局"];
        plan(At(1, 11), ct => RecordAsync(housing, PolicyKind.Document, "关于优化小型低风险工程施工许可办理的通知", "济建审〔2026〕9号", "市住房和城乡建设局", Day(1), today.AddDays(20), "小型低风险工程的施工许可,审批时限压缩为三个工作日。", "", 1, false, ct));
        plan(At(5, 9), async ct => training = await RecordAsync(housing, PolicyKind.Training, "全市施工许可电子证照培训班", "", "市住房和城乡建设局", Day(5), today.AddDays(6), "培训电子证照的签发和核验,请审批局派窗口人员参加。", "", 0, false, ct));
        plan(At(5, 10), ct => ServeAsync(training, housing, ct));
        plan(At(4, 15), ct => work.ActAsync<RespondPolicy, PolicyChange>(Clerk, respond => respond.RunAsync(training, true, "由建设项目科两名同志参加。", ct)));
    }

    private async Task<Guid> RecordAsync(Organ organ, PolicyKind kind, string title, string document, string issuer, DateOnly known, DateOnly effective, string text, string materials, int count, bool published, CancellationToken ct)
    {
        var touched = items.Where(i => i.Main == organ.ShortName).Take(count).Select(i => i.Item.Id).ToList();
        var input = new RecordPolicy.Input(new PolicyText(kind, title, document, issuer, known, effective, text, "", "", materials, "", published), Items: touched);
        return (await work.ActAsync<RecordPolicy, PolicyChange>(roster.Liaisons[organ.Id][0], record => record.RunAsync(input, ct))).Id;
    }

    private Task ServeAsync(Guid policy, Organ organ, CancellationToken ct) => work.ActAsync<ServePolicy, PolicyChange>(roster.Liaisons[organ.Id][0], serve => serve.RunAsync(policy, ct));

    private async Task ServeByLetterAsync(Guid policy, Organ organ, CancellationToken ct)
    {
        var letter = (await work.ActAsync<DraftPolicyLetter, OfficialDocument>(roster.Liaisons[organ.Id][0], draft => draft.RunAsync(policy, ct))).Id;
        var lead = roster.Who(organ, Roles.LiaisonLead);
        await work.ActAsync<SignDocument, OfficialDocument>(lead, sign => sign.RunAsync(letter, ct));
        await work.ActAsync<SealDocument, OfficialDocument>(lead, seal => seal.RunAsync(letter, ct));
        await work.ActAsync<ServeDocument, OfficialDocument>(lead, serve => serve.RunAsync(letter, new ServeDocument.Input(), ct));
    }

    private Task AdaptAsync(Guid policy, Organ organ, DateOnly from, CancellationToken ct)
    {
        var touched = items.Where(i => i.Main == organ.ShortName).Take(3).Select(i => i.Item.Id).ToList();
        return work.ActAsync<AdaptPolicy, PolicyChange>(Clerk, adapt => adapt.RunAsync(policy,
            [.. touched.Select((item, n) => n < 2 ? new AdaptPolicy.Line(item, ItemOutcome.Adapted, from, "申请材料目录删去健康证明复印件,改为数据共享核查。") : new AdaptPolicy.Line(item, ItemOutcome.NotTouched, null, "该事项不要求健康证明。"))], ct));
    }
}
