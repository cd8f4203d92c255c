using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Liandong.Accounts;
using Liandong.Calendars;
using Liandong.Desk;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Modules.Assistance;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage;
using Liandong.Modules.Linkage.Disputes;
using Liandong.Modules.Linkage.Reconciling;
using Liandong.Modules.Policies;
using Liandong.Modules.Supervision;
using Liandong.Tests.Attachments;
using Liandong.Tests.Desk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

/// <summary>One matter of every kind, all of one organ, and the words by which each is told from anything else.</summary>
/// <param name="Ids">What stands for the braces of an address: <c>{push}</c> is a push of the organ.</param>
/// <param name="Words">Names and words that stand in the organ's matters alone: whoever may not see the matters must never read one.</param>
/// <param name="Numbers">The same of numbers. The audit administrator reads them where the ledger refers to a matter.</param>
public sealed record Everything(SupervisedMatter Matter, Member Manager, IReadOnlyDictionary<string, string> Ids, IReadOnlyList<string> Words, IReadOnlyList<string> Numbers, Organ Stranger);

public sealed partial class Given
{
    public async Task<Everything> EverythingAsync()
    {
        const string Party = "济南独山示例有限公司";
        var ids = new Dictionary<string, string>();
        // The first codes and licence numbers stand in the examples of the API's document.
        Interlocked.Add(ref cases, 100);
        var m = await SupervisedMatterAsync(c => c with { Address = "历下区独山路77号", Party = c.Party! with { Name = Party, LegalPerson = "独孤示例", Address = "历下区独山路77号" }, Decision = c.Decision! with { Number = "历审许字〔2026〕7777号", Opinion = "独山意见符合条件" } });
        var stranger = await OrganAsync("区园林局");
        var (lead, manager) = (await MemberAsync(m.Market, Roles.LiaisonLead), await MemberAsync(m.Bureau, Roles.ItemManager));
        var (approving, supervising, managing) = (office.Client(m.Approver), office.Client(m.Supervisor), office.Client(manager));

        // 信息联动: one push claimed, one waiting, one returned, one in dispute, one that found no way.
        var (waiting, returned, disputed) = (await PushDeliveredAsync(m.Market, m.Item, Named), await PushDeliveredAsync(m.Market, m.Item, Named), await PushDeliveredAsync(m.Market, m.Item, Named));
        await office.ActAsync(s => s.GetRequiredService<ReturnPush>().RunAsync(returned.Id, new ReturnPush.Input(ReturnReason.NotOurCharge, "独山退回说明"), Office.Stop), m.Supervisor);
        var dispute = await office.ActAsync(s => s.GetRequiredService<OpenDispute>().RunAsync(new OpenDispute.Input(disputed.Id, null, null, "独山油烟由谁监管", [m.City.Id]), Office.Stop), m.Supervisor);
        var lost = await CaseDecidedAsync(await ItemAsync("无人监管的许可"), Named);
        (ids["push"], ids["waiting"], ids["returned"], ids["dispute"], ids["case"], ids["party"], ids["permit"]) =
            (Text(m.Push.Id), Text(waiting.Id), Text(returned.Id), Text(dispute.Id), Text(m.Push.Case), Text(m.Push.Party), Text(m.Push.Permit!.Value));
        ids["unrouted"] = Text(await office.LookAsync(db => db.RoutingFailures.Where(f => f.Case == lost.Id).Select(f => f.Id).SingleAsync()));

        // 监管: a plan, a rectification, an enforcement with a penalty, reports.
        ids["plan"] = Text((await office.ActAsync(s => s.GetRequiredService<PlanCheck>().RunAsync(new PlanCheck.Input(m.Push.Id, PlanKind.Daily, new DateOnly(2026, 5, 1), PlanPeriod.Once, [], Note: "独山季度巡查"), Office.Stop), m.Supervisor)).Id);
        var check = await CheckAsync(m, c => c with { Result = CheckResult.NotConforming, Treatment = Treatment.Rectify, RectifyBy = new DateOnly(2026, 4, 20), Requirement = "独山整改要求", Plan = null });
        await CheckAsync(m, c => c with { Result = CheckResult.NotConforming, Treatment = Treatment.HandOver, HandTo = m.City.Id, Note = "独山涉嫌违法" });
        ids["rectification"] = Text(await office.LookAsync(db => db.Rectifications.Select(r => r.Id).SingleAsync()));
        var enforcement = await office.LookAsync(db => db.Enforcements.Select(e => e.Id).SingleAsync());
        ids["enforcement"] = Text(enforcement);
        await office.ActAsync(s => s.GetRequiredService<ClaimEnforcement>().RunAsync(enforcement, Office.Stop), m.Enforcer);
        await office.ActAsync(s => s.GetRequiredService<RecordPenalty>().RunAsync(new RecordPenalty.Input(enforcement, "历城罚〔2026〕77号", new DateOnly(2026, 3, 2), [PenaltyKind.RevokePermit], "独山违法事实", "第一条",
            [new OfficerInput(null, "王强", "鲁A02001"), new OfficerInput(null, "赵磊", "鲁A02002")]), Office.Stop), m.Enforcer);
        ids["feedback"] = Text(await office.LookAsync(db => db.Feedbacks.OrderBy(f => f.Id).Select(f => f.Id).FirstAsync()));
        ids["check"] = Text(check.Id);

        // 公文: a draft with a remark, a letter served to the bureau, a paper that came in.
        var input = new DraftDocument.Input(DocumentKind.Letter, "关于独山监管情况的函", [new Paragraph("独山正文。")], [m.Bureau.Id]);
        var draft = await office.ActAsync(s => s.GetRequiredService<DraftDocument>().RunAsync(input with { Title = "独山草稿函" }, Office.Stop), m.Supervisor);
        await office.ActAsync(s => s.GetRequiredService<SendForReview>().RunAsync(draft.Id, Office.Stop), m.Supervisor);
        ids["remark"] = Text((await office.ActAsync(s => s.GetRequiredService<RemarkOnDocument>().RunAsync(draft.Id, new RemarkOnDocument.Input(0, "独山核稿意见"), Office.Stop), lead)).Id);
        var letter = await office.ActAsync(s => s.GetRequiredService<DraftDocument>().RunAsync(input, Office.Stop), m.Supervisor);
        await office.ActAsync(s => s.GetRequiredService<SignDocument>().RunAsync(letter.Id, Office.Stop), lead);
        if (letter.Content.Sealed) await office.ActAsync(s => s.GetRequiredService<SealDocument>().RunAsync(letter.Id, Office.Stop), lead);
        await office.ActAsync(s => s.GetRequiredService<ServeDocument>().RunAsync(letter.Id, new ServeDocument.Input(AnswerAsked: true), Office.Stop), lead);
        var paper = await office.ActAsync(s => s.GetRequiredService<RegisterPaper>().RunAsync(new RegisterPaper.Input("省独山局", "鲁独函〔2026〕7号", new DateOnly(2026, 3, 1), "关于独山来文的函", new DateOnly(2026, 3, 2)), Office.Stop), m.Supervisor);
        (ids["draft"], ids["document"], ids["paper"]) = (Text(draft.Id), Text(letter.Id), Text(paper.Id));

        // 联络会商: asked by letter, concluded, a decision to carry out; a freeze request and a circular.
        var head = await MemberAsync(m.Bureau, Roles.BureauHead);
        var talk = await ConsultationAsync(lead, [m.Bureau.Id], c => c with { Title = "独山油烟的监管界线", Question = "独山油烟由谁监管?", Case = m.Push.Case });
        await ServedAsync(talk.Letter!.Value, lead);
        ids["view"] = Text((await ViewAsync(talk.Id, m.Approver, Stance.Agree, "独山会商意见。")).Id);
        await office.ActAsync(s => s.GetRequiredService<DraftConclusion>().RunAsync(talk.Id, new DraftConclusion.Input("独山会商结论。", [new DecisionDraft("独山决定事项。", m.Bureau.Id, new DateOnly(2026, 5, 20))]), Office.Stop), lead);
        await office.ActAsync(s => s.GetRequiredService<CountersignConclusion>().RunAsync(talk.Id, true, "", Office.Stop), head);
        await office.ActAsync(s => s.GetRequiredService<IssueConclusion>().RunAsync(talk.Id, "", Office.Stop), lead);
        var freeze = await office.ActAsync(s => s.GetRequiredService<RequestFreeze>().RunAsync(new RequestFreeze.Input(FreezeScope.Changes, "独山立案调查。", "行政处罚法第五十四条", new DateOnly(2026, 6, 1), m.Push.Party), Office.Stop), lead);
        await ServedAsync(freeze.Letter, lead);
        var circular = await office.ActAsync(s => s.GetRequiredService<DraftCircular>().RunAsync(new DraftCircular.Input("独山抄告", "独山抄告内容。", [m.Bureau.Id]), Office.Stop), lead);
        await ServedAsync(circular.Letter, lead);
        (ids["consultation"], ids["decision"], ids["freeze"], ids["circular"]) = (Text(talk.Id), Text(await office.LookAsync(db => db.DecisionItems.Select(d => d.Id).SingleAsync())), Text(freeze.Id), Text(circular.Id));

        // 政策与协助: a change that the bureau was told of, a request that it answered by opening a case.
        var change = new PolicyText(PolicyKind.Rule, "独山办法", "独山令第7号", "省独山局", new DateOnly(2026, 3, 2), new DateOnly(2026, 4, 1), "独山条文。", "", "", "独山材料", "", false);
        var policy = await office.ActAsync(s => s.GetRequiredService<RecordPolicy>().RunAsync(new RecordPolicy.Input(change, Items: [m.Item.Id]), Office.Stop), lead);
        await office.ActAsync(s => s.GetRequiredService<ServePolicy>().RunAsync(policy.Id, Office.Stop), lead);
        var asked = await office.ActAsync(s => s.GetRequiredService<AskAssistance>().RunAsync(new AskAssistance.Input(AssistanceKind.ApprovalInformation, "独山材料", "独山用途", "独山依据", "独山内容"), Office.Stop), lead);
        await office.ActAsync(s => s.GetRequiredService<AnswerAssistance>().RunAsync(asked.Id, new AnswerAssistance.Input("独山答复", [m.Push.Case], Until: new DateOnly(2026, 12, 31)), Office.Stop), m.Approver);
        (ids["policy"], ids["request"], ids["access"]) = (Text(policy.Id), Text(asked.Id), Text(await office.LookAsync(db => db.AccessGrants.Select(g => g.Id).SingleAsync())));

        // 会议: a topic of the organ, and a meeting of the bureau with it that was only prepared.
        var conference = await OrganAsync("联席会议办公室", OrganKind.ConferenceOffice);
        var topic = await office.ActAsync(s => s.GetRequiredService<ProposeTopic>().RunAsync(new ProposeTopic.Input("独山议题", "独山议题说明。", ToBureau: true), Office.Stop), lead);
        await office.ActAsync(s => s.GetRequiredService<WeighTopic>().RunAsync(topic.Id, true, "", Office.Stop), m.Approver);
        var meeting = await office.ActAsync(s => s.GetRequiredService<PrepareMeeting>().RunAsync(new PrepareMeeting.Input(MeetingKind.Coordination, "独山协调会", new DateTimeOffset(2026, 5, 12, 9, 0, 0, TimeSpan.FromHours(8)),
            new DateTimeOffset(2026, 5, 12, 11, 0, 0, TimeSpan.FromHours(8)), "三楼会议室", [m.Market.Id, m.City.Id], Topics: [topic.Id]), Office.Stop), m.Approver);
        (ids["topic"], ids["meeting"]) = (Text(topic.Id), Text(meeting.Id));
        // 专项对接组: what the organs of the roster see of one another.
        var secretary = await MemberAsync(conference, Roles.ConferenceOffice);
        var group = await GroupAsync(lead);
        ids["group"] = Text(group.Id);
        ids["group-member"] = Text((await GroupMemberAsync(secretary, group.Id, m.Approver)).Id);
        ids["group-step"] = Text((await GroupStepAsync(secretary, group.Id, new DateOnly(2026, 6, 30))).Id);

        // 附件, staged and attached.
        ids["file"] = Text((await approving.AttachAsync("case", m.Push.Case, "独山申请书.pdf", SampleFiles.Pdf("77"))).Id);
        await supervising.AttachAsync("check", check.Id, "独山现场照片.png", SampleFiles.Png());
        ids["upload"] = (await supervising.BegunAsync(100, ("filename", "独山未传完.pdf"))).Split('/')[^1];

        // 责任备忘录, 月度函告, 工作台.
        ids["memorandum"] = Text((await office.ActAsync(s => s.GetRequiredService<MakeMemorandum>().RunAsync(m.Market.Id, Office.Stop), manager)).Id);
        office.GoTo("2026-04-01");
        await office.ActAsync(s => s.GetRequiredService<MakeLetters>().RunDueAsync(Office.Stop));
        (ids["market"], ids["month"], ids["day"], ids["year"], ids["number"], ids["code"], ids["slug"], ids["tag"], ids["division"]) = (Text(m.Market.Id), "2026-03", "2026-03-02", "2026", "1", "jincheng", "02-desk", "对账", "370102");
        ids["duty"] = Text(await office.LookAsync(db => db.Duties.Where(d => d.Rule == LinkageRules.ClaimResult.Code && d.ClosedAt == null && d.OwedBy == m.Market.Id).OrderBy(d => d.Id).Select(d => d.Id).FirstAsync()));
        await office.SweepAsync();
        ids["reminder"] = Text(await office.LookAsync(db => db.Reminders.Where(r => r.Person == m.Supervisor.Person).OrderBy(r => r.Id).Select(r => r.Id).FirstAsync()));

        // 系统: a machine, its webhook, an account, and what the directory holds.
        var machine = await MachineAsync(m.Market, [.. Scopes.All]);
        ids["client"] = Text(await office.LookAsync(db => db.MachineClients.Where(c => c.Organ == m.Market.Id).Select(c => c.Id).SingleAsync()));
        ids["webhook"] = (await (await machine.PostAsJsonAsync("/api/v1/webhooks", new { url = "https://dushan.example.cn/hook" }, Office.Stop)).Content.ReadFromJsonAsync<JsonNode>(Office.Stop))!["id"]!.GetValue<Guid>().ToString();
        ids["account"] = Text(await AccountAsync(m.Supervisor, "zhangzhiyuan"));
        var day = await office.ActAsync(s => s.GetRequiredService<SetLocalDay>().RunAsync(new SetLocalDay.Input(new DateOnly(2026, 6, 6), true, "防汛"), Office.Stop));
        var seat = await office.ActAsync(s => s.GetRequiredService<TakeSeat>().RunAsync(new TakeSeat.Input(SeatKind.Deputy, m.Approver.Person, "副区长", new DateOnly(2026, 3, 2)), Office.Stop));
        var liaison = await OfficerAsync(m.City, LiaisonSlot.A);
        await OfficerAsync(m.City, LiaisonSlot.B);
        var absence = await office.ActAsync(s => s.GetRequiredService<AddAbsence>().RunAsync(new AddAbsence.Input(liaison.Person, new DateOnly(2026, 4, 2), new DateOnly(2026, 4, 3), "培训"), Office.Stop));
        (ids["local-day"], ids["absence"], ids["seat"], ids["organ"], ids["person"], ids["item"]) = (Text(day.Id), Text(absence.Id), Text(seat.Id), Text(m.Market.Id), Text(m.Supervisor.Person), Text(m.Item.Id));
        ids["liaison"] = Text(await office.LookAsync(db => db.LiaisonAppointments.Where(a => a.Person == liaison.Person).Select(a => a.Id).SingleAsync()));
        ids["post"] = Text(await office.LookAsync(db => db.Posts.Where(p => p.Person == m.Second.Person).Select(p => p.Id).SingleAsync()));
        ids["line"] = Text(await office.LookAsync(db => db.Responsibilities.Where(r => r.Item == m.Item.Id).Select(r => r.Id).SingleAsync()));
        ids["entry"] = (await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act == "push.claimed").Select(e => e.Number).FirstAsync())).ToString(CultureInfo.InvariantCulture);

        // Tables between the two steps of an import.
        ids["cases-sheet"] = await KeptAsync(approving, "/cases/import", "upload-cases", $"办件编号,事项编码,相对人类别,相对人名称,区划代码,收件时间\nDS-77,{m.Item.Code},企业,独山导入有限公司,370102013,2026-03-30\n", ("Source", "独山表"));
        ids["items-sheet"] = await KeptAsync(managing, "/items/import", "upload-items", "事项编码,事项名称\nDS-77,独山导入事项\n", ("Source", "清单"), ("From", "2026-04-01"));
        ids["register-sheet"] = await KeptAsync(managing, "/register/import", "upload-register", "事项编码,监管单位\nDS-77,区市场监管局\n", ("Source", "清单"), ("From", "2026-04-01"));
        await office.IndexedAsync();

        var numbers = await office.LookAsync(async db => (await db.Pushes.Where(p => p.Organ == m.Market.Id).Select(p => p.Number).ToListAsync()).Concat(await db.Cases.Select(c => c.Number).ToListAsync())
            .Concat(await db.Permits.Select(p => p.Number).ToListAsync()).Concat(await db.Parties.Select(p => p.Code).ToListAsync()).Append(dispute.Number).Append((await db.OfficialDocuments.SingleAsync(d => d.Id == letter.Id)).Number!));
        return new Everything(m, manager, ids, ["独山", "独孤示例", "鲁独函"], [.. numbers.Where(n => n.Length > 3 && !n.EndsWith("〕1号", StringComparison.Ordinal)).Distinct(), "历审许字〔2026〕7777号", "历城罚〔2026〕77号"], stranger);

        static string Text(Guid id) => id.ToString();
        Liandong.Modules.Cases.CaseInput Named(Liandong.Modules.Cases.CaseInput c) => c with { Party = c.Party! with { Name = $"{Party}第{c.Number![^2..]}分公司" } };

        static async Task<string> KeptAsync(HttpClient client, string page, string form, string table, params (string, string)[] fields)
        {
            var answer = await client.SubmitFilesAsync(page, form, "File", [("独山.csv", SampleFiles.Text(table))], fields);
            return answer.StatusCode == HttpStatusCode.Redirect ? answer.Headers.Location!.ToString().Split('?')[0].Split('/')[^1] : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(Office.Stop));
        }
    }
}
