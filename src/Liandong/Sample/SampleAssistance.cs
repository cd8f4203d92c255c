using Liandong.Accounts;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Assistance;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Sample;

/// <summary>Three requests of the last days through the use cases: one answered with a case that is open for a month, one of the bureau that a department refused, one that waits for the bureau.</summary>
internal sealed class SampleAssistance(SampleWork work, SampleDirectory.Roster roster)
{
    private SamplePerson Clerk => roster.Who(roster.Bureau, Roles.Approver);

    /// <param name="plan">Puts a step on the agenda of the past.</param>
    public void PlanInto(Action<DateTimeOffset, Func<CancellationToken, Task>> plan, DateOnly today)
    {
        DateTimeOffset At(int workdaysAgo, int hour) => Beijing.At(WorkCalendar.National.AddWorkdays(today, -workdaysAgo), new TimeOnly(hour, 10));
        var (city, market, housing) = (roster.Organs["区城管局"], roster.Organs["区市场监管局"], roster.Organs["区住建局"]);
        var (materials, records) = (Guid.Empty, Guid.Empty);

        plan(At(7, 10), async ct =>
        {
            var number = await work.LookAsync(db => db.Cases.AsNoTracking().Where(c => !db.Pushes.Any(p => p.Case == c.Id && p.Organ == city.Id)).OrderByDescending(c => c.ReceivedAt).Select(c => c.Number).FirstAsync(ct));
            materials = await AskAsync(roster.Liaisons[city.Id][0], new AskAssistance.Input(AssistanceKind.ApprovalInformation, "调取一件许可的申请材料目录", "查处擅自改变经营场所用途,需要核对许可时申报的场所。", "《中华人民共和国行政处罚法》第五十五条", "申请材料目录、决定书。", AssistanceSubject.Case, number), ct);
        });
        plan(At(6, 15), async ct =>
        {
            var about = await work.LookAsync(db => db.AssistanceRequests.AsNoTracking().Where(r => r.Id == materials).Select(r => r.AboutId).SingleAsync(ct));
            await work.ActAsync<AnswerAssistance, AssistanceRequest>(Clerk, answer => answer.RunAsync(materials, new AnswerAssistance.Input("办件已经开放查阅,材料目录和决定内容可以直接查看。", [about!.Value], Until: today.AddDays(30), WithFiles: true), ct));
        });
        plan(At(4, 9), async ct => records = await AskAsync(Clerk, new AskAssistance.Input(AssistanceKind.SupervisionInformation, "提供某地块周边施工扰民投诉记录", "审查夜间施工许可。", "《中华人民共和国噪声污染防治法》第四十三条", "近三个月的投诉和处理记录。", Of: housing.Id), ct));
        plan(At(3, 11), ct => work.ActAsync<RefuseAssistance, AssistanceRequest>(roster.Liaisons[housing.Id][0], refuse => refuse.RunAsync(records, "噪声投诉由城管部门受理,本局没有记录。", "区住建局、区城管局三定规定", ct)));
        plan(At(1, 10), ct => AskAsync(roster.Liaisons[market.Id][0], new AskAssistance.Input(AssistanceKind.Help, "受理变更时提示办理备案", "落实仅销售预包装食品备案。", "《食品经营许可和备案管理办法》第二条", "受理食品经营许可变更申请时,请一并提示申请人办理备案。"), ct));
    }

    private async Task<Guid> AskAsync(SamplePerson by, AskAssistance.Input input, CancellationToken ct) => (await work.ActAsync<AskAssistance, AssistanceRequest>(by, ask => ask.RunAsync(input, ct))).Id;
}
