using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Calendars;
using Liandong.Desk;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel.Parties;
using Liandong.Modules.Assistance;
using Liandong.Modules.Cases;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage;
using Liandong.Modules.Policies;
using Liandong.Modules.Supervision;
using Liandong.Outbound;

namespace Liandong.Api;

/// <summary>
/// One example for every body that the API takes, as values of its own types, so that an example cannot name a field that is not there. The document
/// shows them, and tests send them. A new body without a line here fails a test, which names it.
/// </summary>
public static class ApiExamples
{
    private static readonly Guid Organ = new("0195a3b0-0000-7000-8000-000000000001");
    private static readonly Guid Other = new("0195a3b0-0000-7000-8000-000000000002");
    private static readonly Guid Person = new("0195a3b0-0000-7000-8000-000000000003");
    private static readonly Guid Second = new("0195a3b0-0000-7000-8000-000000000004");
    private static readonly Guid Item = new("0195a3b0-0000-7000-8000-000000000005");
    private static readonly Guid Section = new("0195a3b0-0000-7000-8000-000000000007");
    private static readonly Guid Push = new("0195a3b0-0000-7000-8000-000000000006");
    private static readonly DateOnly Day = new(2026, 3, 5);
    private static readonly DateOnly Later = new(2026, 4, 1);
    private static readonly DateTimeOffset Instant = new(2026, 4, 1, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Morning = new(2026, 3, 5, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly OfficerInput[] Officers = [new(Person), new(Name: "李敏", Certificate: "鲁A01002")];

    private static readonly PolicyText PolicyExample = new(PolicyKind.Rule, "食品经营许可和备案管理办法", "国家市场监督管理总局令第78号", "国家市场监督管理总局", Day, Later, "第一条……", "https://www.samr.gov.cn/", "", "不再提交健康证明复印件。", "", false);

    private static readonly IReadOnlyDictionary<Type, object> All = new object[]
    {
        // 办件
        new CaseInput
        {
            Number = "37010220260305000001", Item = "000131017000", Kind = ApplicationKind.New, Division = "370102013", Address = "历下区泉城路1号", Source = "市政务云",
            Party = new PartyInput { Kind = PartyKind.Enterprise, Name = "济南示例餐饮有限公司", Code = SampleCodes.SocialCreditCodeOf(1), LegalPerson = "张三" },
            ReceivedAt = Morning, AcceptedAt = Morning.AddHours(1), DecidedAt = Morning.AddHours(5), DeliveredAt = Morning.AddHours(6),
            Decision = new DecisionInput { Kind = DecisionKind.Granted, Number = "历审许字〔2026〕1号", Content = "准予许可", Opinion = "符合条件", Approver = "李四" },
            Permit = new PermitInput { Number = SampleCodes.LicenceNumberOf(1), Name = "食品经营许可证", ValidFrom = Day, ValidTo = Day.AddYears(5).AddDays(-1) },
            Conditions = ["不得从事网络餐饮服务"], Promises = ["三十日内补交健康证明"],
        },
        new CasesEndpoints.RefusalBody("申请事项依法不属于本机关职权范围", "历审不受〔2026〕1号"),
        new CasesEndpoints.AcceptanceBody("法律规定应当受理。"),
        new CasesEndpoints.SupplementBody("请补交经营场所使用证明。"),
        new ReviewCase.Input("经现场核实,符合条件。", OnSite: true, Reviewers: "张三、李四"),
        new SuspendCase.Input(SuspensionKind.ExpertReview, 10, "历审告字〔2026〕1号"),
        new ExtendCase.Input(10, "案情复杂,需要进一步核实。", Person, "历审延字〔2026〕1号"),
        new DecideCase.Input(DecisionKind.Granted, "准予许可", "李四", "历审许字〔2026〕1号", "符合条件", new PermitInput { Number = SampleCodes.LicenceNumberOf(1), Name = "食品经营许可证", ValidFrom = Day }, []),
        new EndCase.Input(DecisionKind.Withdrawn, "申请人书面撤回申请。"),
        new RouteUnrouted.ByHand(Organ, [Other], "该街道的责任清单尚未登记。"),
        // 信息联动
        new LinkageEndpoints.ClaimBody(Section),
        new LinkageEndpoints.ClaimManyBody([Push]),
        new LinkageEndpoints.ReasonBody("误认领,经核对不在本单位辖区。"),
        new LinkageEndpoints.ReturnBody(ReturnReason.NotOurCharge, "油烟排放由城管部门监管。", Other),
        new LinkageEndpoints.AssignBody(null, Person),
        new LinkageEndpoints.DecideBody(ReturnDecision.Reroute, "按责任清单第3版改派。", Other),
        new LinkageEndpoints.DisputeBody("餐饮油烟由哪个单位监管?", Push, null, null, [Organ, Other]),
        new LinkageEndpoints.StatementBody("应由城管部门监管。", "《大气污染防治法》第八十一条"),
        new LinkageEndpoints.RulingBody(Other, "按职责分工由城管部门监管。", Later),
        new LinkageEndpoints.LimitBody(3, "联席会议纪要〔2026〕1号"),
        new LinkageEndpoints.SwitchesBody(false, "联席会议纪要〔2026〕1号", new TimeOnly(17, 30)),
        // 监管与执法
        new SupervisionEndpoints.PlanBody(PlanKind.Daily, Later, PlanPeriod.Quarterly, Officers, Note: "季度巡查"),
        new SupervisionEndpoints.ReasonBody("计划已并入专项检查。"),
        new SupervisionEndpoints.CheckBody(Day, Officers, CheckResult.NotConforming, Treatment.Rectify, Points: [new CheckPoint("消防通道", PointResult.NotMet, "被占用")], RectifyBy: Later, Requirement: "清理消防通道。", SourceNumber: "JC-2026-0001"),
        new RecordManyChecks.Line("JC-2026-0002", Day, Officers, CheckResult.Conforming, Treatment.Passed, PushNumber: "历审推〔2026〕1号"),
        new SupervisionEndpoints.ReviewBody(Later, ReviewResult.Fixed, Officers),
        new SupervisionEndpoints.HandOverBody(Other, "逾期没有整改。"),
        new SupervisionEndpoints.PenaltyBody("历城罚字〔2026〕1号", Later, [PenaltyKind.Warning, PenaltyKind.Fine], "占用消防通道", "《消防法》第六十条", Officers, Fine: 5000),
        new SupervisionEndpoints.ClosingBody(ClosingManner.Executed, Later),
        new SupervisionEndpoints.AcknowledgeBody(ApprovalEffect.Stricter, "一年内从严审查。", Day.AddYears(1)),
        new SupervisionEndpoints.ManyBody([Push]),
        new SupervisionEndpoints.OutcomeBody(PermitOutcome.Cancelled, "历审注字〔2026〕1号", Later),
        // 工作台
        new DeskEndpoints.ReasonBody("对方已在会上说明情况。"),
        new DeskEndpoints.ExtendBody(2, "对方等待专家意见。"),
        ReminderHabits.Usual,
        new SetReminders.Input(ReminderHabits.Usual, true, 1, 3, 5),
        // 事项与责任清单
        new ItemInput { Code = "000131017000", Name = "食品经营许可", LegalBasis = "《食品安全法》第三十五条", StatutoryDays = 20, PromisedDays = 5, ResultName = "食品经营许可证", ValidityMonths = 60, ClaimDays = 3, From = Day },
        new EndItem.Input(Later, "事项取消。"),
        new ClassifyInspection.Input(InspectionClass.WithDepartment, Later, "勘验分类调整方案"),
        new AddResponsibility.Input(Item, "370102", ResponsibilityKind.Main, Organ, Day, "责任清单〔2026〕1号", ClaimDays: 3),
        new EndResponsibility.Input(Later, "机构改革"),
        new ChangeResponsibility.Input(Item, "370102", Other, Later, "联席会议纪要〔2026〕2号"),
        new ItemsEndpoints.SimulateBody(new DraftSwap("370102", Later, "000131017000", Organ, Other), Day, Later),
        new ItemsEndpoints.MakeBody(Organ),
        // 机构与联络
        new AddOrgan.Input("济南市历下区住房和城乡建设局", "区住建局", OrganKind.Department, "", true, Day),
        new ChangeOrgan.Input("济南市历下区住房和城乡建设局", "区住建局", "", true),
        new DirectoryEndpoints.EndBody(Later),
        new DirectoryEndpoints.NameBody("建筑管理科"),
        new DirectoryEndpoints.LiaisonBody(Person, LiaisonSlot.A, Day, "历住建函〔2026〕1号"),
        new DirectoryEndpoints.ReasonedEnd(Later, "调任"),
        new AddPerson.Input("张志远", "13800000000", "zhang@example.cn", "鲁A01001"),
        new GivePost.Input(Person, Organ, Section, Roles.Supervisor, "科员", Day),
        new AddAbsence.Input(Person, Later, Later.AddDays(5), "培训", Second),
        new TakeSeat.Input(SeatKind.Deputy, Person, "副区长", Day),
        new AddWorkingGroup.Input("现场勘验对接组", "现场勘验的组织和对接", Day),
        // 公文
        new DocumentsEndpoints.DraftBody(DocumentKind.Letter, "关于商请参与现场勘验的函", "一、勘验时间\n请于3月5日前派员参加。", [Organ]),
        new DocumentsEndpoints.ReviewBody(true),
        new DocumentsEndpoints.RemarkBody(0, "时间请写明上午或者下午。", "请于3月5日上午派员参加。"),
        new DocumentsEndpoints.SettleBody(true),
        new DocumentsEndpoints.ServeBody(AnswerAsked: true, AnswerWithin: 5),
        new DocumentsEndpoints.TextBody("按时派员参加。"),
        new DocumentsEndpoints.CodeBody("历审批"),
        new DocumentsEndpoints.CountersignBody(true, 1),
        new DocumentsEndpoints.CancelBody("已经电话商定,不再发文。"),
        new DocumentsEndpoints.PaperBody("市住建局", "济建函〔2026〕1号", Day, "关于加强监管的函", Day),
        // 会商
        new ConsultationsEndpoints.StartBody("餐饮油烟监管界线", "餐饮单位的油烟由哪个单位监管?", ConsultationSubject.Legality, "《大气污染防治法》第八十一条", [Organ], AnswerBy: Later),
        new ConsultationsEndpoints.ViewBody(Stance.Conditional, "符合规划。", "安装油烟净化设施。"),
        new ConsultationsEndpoints.RecordBody(Organ, Stance.Agree, ViewChannel.Phone, Day, Speaker: "王科长", Witness: "李敏"),
        new ConsultationsEndpoints.WeighBody(Weighing.Adopted, "已要求申请人补充。"),
        new ConsultationsEndpoints.OrgansBody([Other], "油烟监管还涉及该单位。", AnswerBy: Later),
        new ConsultationsEndpoints.ReasonBody("几次协调意见不一致。"),
        new ConsultationsEndpoints.ConclusionBody("由城管部门监管油烟。", [new("一个月内移交台账。", Organ, Later, [Other])]),
        new ConsultationsEndpoints.CountersignBody(true),
        new ConsultationsEndpoints.IssueBody(),
        new ConsultationsEndpoints.ReportBody("台账已经移交。"),
        new ConsultationsEndpoints.JudgeBody(true),
        new ConsultationsEndpoints.FreezeBody(FreezeScope.Decision, "涉嫌违法正在立案调查", "《行政处罚法》第五十六条", Later, Section),
        new ConsultationsEndpoints.CircularBody("某某公司被处罚情况", "现将处罚情况抄告如下。", [Organ, Other]),
        // 政策调整
        new PoliciesEndpoints.RecordBody(PolicyExample, Items: [Item]),
        new PoliciesEndpoints.ReviseBody(PolicyExample),
        new PoliciesEndpoints.ItemsBody([Item]),
        new PoliciesEndpoints.AdaptBody([new(Item, ItemOutcome.Adapted, Later, "办事指南和申请表已经修改。")]),
        new PoliciesEndpoints.RespondBody(true, "由审批科两名同志参加。"),
        new PoliciesEndpoints.WithdrawBody("重复登记。"),
        // 协助
        new AssistanceEndpoints.AskBody(AssistanceKind.ApprovalInformation, "调取审批材料", "立案调查需要核对申请材料。", "《行政处罚法》第五十五条", "2026年以来的申请材料目录和决定书。", AssistanceSubject.Case, "37010220260305000001"),
        new AssistanceEndpoints.AnswerBody("材料目录见附件,办件已经开放查阅。", [Push], Until: Later),
        new AssistanceEndpoints.RefuseBody("请求的内容与所写用途无关。", "《个人信息保护法》第六条"),
        new AssistanceEndpoints.ReasonBody("已经从其他渠道取得。"),
        // 会议
        new ConferencesEndpoints.TopicBody("餐饮油烟监管职责", "几个单位认识不一致,请会议研究。", TopicUrgency.Urgent),
        new ConferencesEndpoints.WeighTopicBody(true),
        new ConferencesEndpoints.MeetingBody(MeetingKind.Coordination, "餐饮油烟监管协调会", Instant, Instant.AddHours(2), "区政务服务中心三楼会议室", [Organ, Other], Topics: [Item]),
        new ConferencesEndpoints.ApproveBody(true, "同意召开。"),
        new ConferencesEndpoints.PutOffBody(Instant, Instant.AddHours(2), "区政务服务中心三楼会议室", "与全区会议冲突。"),
        new ConferencesEndpoints.CancelBody("问题已经解决。"),
        new ConferencesEndpoints.ReplyBody(Presence.Present, "王科长", View: "同意由城管部门牵头。"),
        new ConferencesEndpoints.HoldBody([new(Organ, Presence.Present, "王科长"), new(Other, Presence.Leave, Note: "参加市局会议")]),
        new ConferencesEndpoints.MinutesBody("一、餐饮油烟监管职责\n会议决定由城管部门牵头。", [new("一个月内制定核验要点。", Organ, Later, [Other])]),
        new ConferencesEndpoints.CosignBody(true),
        new ConferencesEndpoints.IssueMinutesBody(),
        new ConferencesEndpoints.FeedBody(true),
        new GroupsEndpoints.GroupBody("拟定人员名单,与区人社局对接。"),
        new GroupsEndpoints.EndGroupBody(Day),
        new GroupsEndpoints.MemberBody(Person, Day),
        new GroupsEndpoints.LeaveGroupBody(Day),
        new GroupsEndpoints.StepBody("拟定事项划转的时间、资料移交、系统对接等具体计划。", Later, "S5"),
        new GroupsEndpoints.StepReportBody("已经对102项行政审批事项进行摸底。", "根据摸底情况与各相关部门对接。"),
        new GroupsEndpoints.JudgeStepBody(true),
        new GroupsEndpoints.PutOffStepBody(Later, "相关部门还在核对。"),
        new GroupsEndpoints.DropStepBody("并入其他任务。"),
        // 附件
        new AttachmentEndpoints.AttachBody("check", Item, [Push]),
        // 系统
        new InviteAccount.Input(Person, "zhangzhiyuan"),
        new AccountEndpoints.ResetBody(),
        new AccountEndpoints.ReasonBody("离岗"),
        new AccountEndpoints.ClientBody("区住建局业务系统", [Scopes.PushesRead, Scopes.PushesClaim]),
        new CreateClient.Input("区住建局业务系统", Organ, [Scopes.PushesRead, Scopes.PushesClaim, Scopes.WebhooksManage]),
        SetSecurityPolicy.Input.Of(new SecurityPolicy { District = "370102", Id = Guid.Empty }),
        new CalendarEndpoints.ImportBody(System.Text.Json.JsonDocument.Parse("""{"year":2027,"papers":["https://www.gov.cn/zhengce/"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}""").RootElement, "国务院办公厅通知"),
        new CalendarEndpoints.LocalDayBody(Later, false, "本区例外:抗旱应急"),
        new WebhooksModule.WebhookBody("https://yewu.example.cn/liandong", ["push.", "feedback.delivered"]),
    }.ToDictionary(example => example.GetType());

    /// <summary>The example of a body; null when there is none.</summary>
    public static object? Of(Type body) => All.GetValueOrDefault(body);
}
