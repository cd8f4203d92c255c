namespace Liandong.Accounts;

/// <summary>
/// What a post may do. A right is named by noun and verb; use cases demand it, pages and lists ask for it. Business rights
/// and the rights of the three administrators never meet in one role (GB/T 22239-2019 8.1.5: 三员分立), which a test proves.
/// </summary>
public static class Rights
{
    // Directory
    public const string DirectoryView = "directory.view";
    public const string DirectoryEdit = "directory.edit";
    public const string LiaisonAppoint = "liaison.appoint";
    public const string AbsenceSet = "absence.set";

    // Items and responsibility
    public const string ItemView = "item.view";
    public const string ItemEdit = "item.edit";
    public const string RegisterEdit = "register.edit";
    public const string MemorandumSign = "memorandum.sign";

    // Cases and permits
    public const string CaseView = "case.view";
    public const string CaseEnter = "case.enter";
    public const string CaseDecide = "case.decide";

    // Linkage
    public const string PushView = "push.view";
    public const string PushSend = "push.send";
    public const string PushClaim = "push.claim";
    public const string PushReturn = "push.return";
    public const string PushReroute = "push.reroute";
    public const string DisputeRaise = "dispute.raise";
    public const string DisputeRule = "dispute.rule";
    public const string LimitsSet = "limits.set";

    // Supervision and feedback
    public const string SupervisionView = "supervision.view";
    public const string SupervisionRecord = "supervision.record";
    public const string EnforcementRecord = "enforcement.record";
    public const string FeedbackAcknowledge = "feedback.acknowledge";

    // Documents
    public const string DocumentView = "document.view";
    public const string DocumentDraft = "document.draft";
    public const string DocumentReview = "document.review";
    public const string DocumentSign = "document.sign";
    public const string DocumentSeal = "document.seal";
    public const string DocumentAnswer = "document.answer";

    // Consultation
    public const string ConsultView = "consult.view";
    public const string ConsultStart = "consult.start";
    public const string ConsultAnswer = "consult.answer";
    public const string ConsultSign = "consult.sign";

    // Policies
    public const string PolicyView = "policy.view";
    public const string PolicyNotify = "policy.notify";
    public const string PolicyAdapt = "policy.adapt";

    // Assistance
    public const string AssistView = "assist.view";
    public const string AssistAsk = "assist.ask";
    public const string AssistAnswer = "assist.answer";

    // Meetings
    public const string MeetingView = "meeting.view";
    public const string MeetingAttend = "meeting.attend";
    public const string MeetingConvene = "meeting.convene";
    public const string MeetingApprove = "meeting.approve";
    public const string MeetingSign = "meeting.sign";

    // Reading across
    public const string DeskUse = "desk.use";
    public const string DutyWaive = "duty.waive";
    public const string SearchUse = "search.use";
    public const string PartyView = "party.view";
    public const string ReconcileView = "reconcile.view";
    public const string ExportDownload = "export.download";
    public const string OversightView = "oversight.view";

    // The three administrators
    public const string SystemConfigure = "system.configure";
    public const string CalendarImport = "calendar.import";
    public const string WebhookManage = "webhook.manage";
    public const string AccountManage = "account.manage";
    public const string RoleGrant = "role.grant";
    public const string ClientManage = "client.manage";
    public const string SecurityPolicy = "security.policy";
    public const string AuditView = "audit.view";
    public const string LedgerVerify = "ledger.verify";
    public const string LedgerExport = "ledger.export";

    /// <summary>Rights that show or touch business content.</summary>
    public static readonly IReadOnlyList<string> Business =
    [
        DirectoryView, DirectoryEdit, LiaisonAppoint, AbsenceSet, ItemView, ItemEdit, RegisterEdit, MemorandumSign, CaseView, CaseEnter, CaseDecide,
        PushView, PushSend, PushClaim, PushReturn, PushReroute, DisputeRaise, DisputeRule, LimitsSet, SupervisionView, SupervisionRecord, EnforcementRecord,
        FeedbackAcknowledge, DocumentView, DocumentDraft, DocumentReview, DocumentSign, DocumentSeal, DocumentAnswer, ConsultView, ConsultStart, ConsultAnswer, ConsultSign, PolicyView, PolicyNotify, PolicyAdapt, AssistView, AssistAsk, AssistAnswer, MeetingView, MeetingAttend, MeetingConvene, MeetingApprove, MeetingSign, DeskUse, DutyWaive, SearchUse, PartyView, ReconcileView, ExportDownload, OversightView,
    ];

    public static readonly IReadOnlyList<string> Administration =
    [
        SystemConfigure, CalendarImport, WebhookManage, AccountManage, RoleGrant, ClientManage, SecurityPolicy, AuditView, LedgerVerify, LedgerExport,
    ];

    public static readonly IReadOnlyList<string> All = [.. Business, .. Administration];
}

/// <summary>The roles of a post, by the code that is stored with it.</summary>
public static class Roles
{
    public const string Approver = "approver";
    public const string ItemManager = "item-manager";
    public const string BureauHead = "bureau-head";
    public const string Archivist = "archivist";
    public const string FeeClerk = "fee-clerk";
    public const string LiaisonLead = "liaison-lead";
    public const string LiaisonOfficer = "liaison-officer";
    public const string Supervisor = "supervisor";
    public const string Enforcement = "enforcement";
    public const string ConferenceOffice = "conference-office";
    public const string Convenor = "convenor";
    public const string DeputyConvenor = "deputy-convenor";
    public const string Discipline = "discipline";
    public const string SystemAdmin = "system-admin";
    public const string SecurityAdmin = "security-admin";
    public const string AuditAdmin = "audit-admin";

    private static readonly string[] Reading = [Rights.DeskUse, Rights.SearchUse, Rights.DirectoryView, Rights.ItemView, Rights.PartyView, Rights.DocumentView, Rights.ConsultView, Rights.PolicyView, Rights.MeetingView];

    // Who writes and reads drafts, seals, serves and answers, and talks with other organs; signing is for heads alone.
    private static readonly string[] Writing = [Rights.DocumentDraft, Rights.DocumentReview, Rights.DocumentSeal, Rights.DocumentAnswer, Rights.ConsultStart, Rights.ConsultAnswer, Rights.MeetingAttend];

    // Who asks other organs for information or help and answers them.
    private static readonly string[] Assisting = [Rights.AssistView, Rights.AssistAsk, Rights.AssistAnswer];

    private static readonly Dictionary<string, (string Name, string[] Rights)> Table = new()
    {
        [Approver] = ("审批人员",
        [
            .. Reading, .. Writing, .. Assisting, Rights.PolicyAdapt, Rights.MeetingConvene, Rights.CaseView, Rights.CaseEnter, Rights.CaseDecide, Rights.PushView, Rights.PushSend, Rights.PushReroute, Rights.DisputeRaise,
            Rights.SupervisionView, Rights.FeedbackAcknowledge, Rights.ReconcileView, Rights.ExportDownload, Rights.AbsenceSet,
        ]),
        [ItemManager] = ("事项管理员",
        [
            .. Reading, .. Writing, .. Assisting, Rights.PolicyAdapt, Rights.MeetingConvene, Rights.ItemEdit, Rights.RegisterEdit, Rights.MemorandumSign, Rights.DirectoryEdit, Rights.LiaisonAppoint, Rights.PushView, Rights.PushReroute, Rights.DisputeRaise,
            Rights.CaseView, Rights.SupervisionView, Rights.ReconcileView, Rights.ExportDownload, Rights.AbsenceSet,
        ]),
        [BureauHead] = ("审批局负责人",
        [
            .. Reading, .. Writing, .. Assisting, Rights.PolicyAdapt, Rights.DocumentSign, Rights.ConsultSign, Rights.MeetingConvene, Rights.MeetingApprove, Rights.MeetingSign, Rights.CaseView, Rights.CaseDecide, Rights.PushView, Rights.SupervisionView, Rights.FeedbackAcknowledge, Rights.ReconcileView,
            Rights.OversightView, Rights.MemorandumSign, Rights.ExportDownload, Rights.LimitsSet, Rights.DutyWaive,
        ]),
        // Archives and fees have no acts of their own yet: these two read the cases that they file and charge for.
        [Archivist] = ("档案员", [.. Reading, Rights.CaseView]),
        [FeeClerk] = ("收费员", [.. Reading, Rights.CaseView]),
        [LiaisonLead] = ("会商联络负责人",
        [
            .. Reading, .. Writing, .. Assisting, Rights.PolicyNotify, Rights.DocumentSign, Rights.ConsultSign, Rights.MeetingSign, Rights.PushView, Rights.PushClaim, Rights.PushReturn, Rights.DisputeRaise, Rights.SupervisionView, Rights.ReconcileView, Rights.OversightView,
            Rights.LiaisonAppoint, Rights.MemorandumSign, Rights.AbsenceSet, Rights.ExportDownload, Rights.DutyWaive,
        ]),
        [LiaisonOfficer] = ("联络员",
        [
            .. Reading, .. Writing, .. Assisting, Rights.PolicyNotify, Rights.PushView, Rights.PushClaim, Rights.PushReturn, Rights.DisputeRaise, Rights.SupervisionView, Rights.SupervisionRecord, Rights.ReconcileView,
            Rights.AbsenceSet, Rights.ExportDownload,
        ]),
        [Supervisor] = ("监管人员", [.. Reading, Rights.PushView, Rights.PushClaim, Rights.SupervisionView, Rights.SupervisionRecord]),
        [Enforcement] = ("执法人员", [.. Reading, Rights.PushView, Rights.SupervisionView, Rights.EnforcementRecord]),
        [ConferenceOffice] = ("联席会议办公室",
        [
            .. Reading, .. Writing, Rights.DocumentSign, Rights.ConsultSign, Rights.MeetingConvene, Rights.MeetingSign, Rights.PushView, Rights.PushReroute, Rights.DisputeRaise, Rights.DisputeRule, Rights.RegisterEdit, Rights.ReconcileView, Rights.OversightView,
            Rights.LiaisonAppoint, Rights.ExportDownload, Rights.LimitsSet, Rights.DutyWaive,
        ]),
        [Convenor] = ("召集人", [.. Reading, Rights.MeetingApprove, Rights.OversightView, Rights.ReconcileView, Rights.PushView]),
        [DeputyConvenor] = ("副召集人", [.. Reading, Rights.OversightView, Rights.ReconcileView, Rights.PushView]),
        [Discipline] = ("纪检监察", [.. Reading, Rights.PushView, Rights.SupervisionView, Rights.ReconcileView, Rights.OversightView]),
        [SystemAdmin] = ("系统管理员", [Rights.SystemConfigure, Rights.CalendarImport, Rights.WebhookManage]),
        [SecurityAdmin] = ("安全管理员", [Rights.AccountManage, Rights.RoleGrant, Rights.ClientManage, Rights.SecurityPolicy]),
        [AuditAdmin] = ("审计管理员", [Rights.AuditView, Rights.LedgerVerify, Rights.LedgerExport]),
    };

    public static IReadOnlyList<string> All { get; } = [.. Table.Keys];

    public static IReadOnlyList<string> Administrators { get; } = [SystemAdmin, SecurityAdmin, AuditAdmin];

    /// <summary>Whose charge is the whole district, whichever organ they sit in: they read what every organ owes and was sent.</summary>
    public static IReadOnlyList<string> OfTheDistrict { get; } = [ConferenceOffice, Convenor, DeputyConvenor, Discipline];

    public static string NameOf(string role) => Table.TryGetValue(role, out var entry) ? entry.Name : role;

    public static bool Exists(string role) => Table.ContainsKey(role);

    public static IReadOnlySet<string> RightsOf(IEnumerable<string> roles) =>
        roles.Where(Table.ContainsKey).SelectMany(r => Table[r].Rights).ToHashSet();
}

/// <summary>OAuth 2 scopes of machine clients and the rights they carry. A client works for its one organ only.</summary>
public static class Scopes
{
    public const string CasesWrite = "cases.write";
    public const string CasesRead = "cases.read";
    public const string PushesRead = "pushes.read";
    public const string PushesClaim = "pushes.claim";
    public const string SupervisionWrite = "supervision.write";
    public const string SupervisionRead = "supervision.read";
    public const string ItemsRead = "items.read";
    public const string ItemsWrite = "items.write";
    public const string DirectoryRead = "directory.read";
    public const string DirectoryWrite = "directory.write";
    public const string ReconcileRead = "reconcile.read";
    public const string DocumentsRead = "documents.read";
    public const string DocumentsWrite = "documents.write";
    public const string DocumentsSign = "documents.sign";
    public const string ConsultationsRead = "consultations.read";
    public const string ConsultationsWrite = "consultations.write";
    public const string ConsultationsSign = "consultations.sign";
    public const string PoliciesRead = "policies.read";
    public const string PoliciesWrite = "policies.write";
    public const string AssistanceRead = "assistance.read";
    public const string AssistanceWrite = "assistance.write";
    public const string MeetingsRead = "meetings.read";
    public const string MeetingsWrite = "meetings.write";
    public const string MeetingsSign = "meetings.sign";
    public const string WebhooksManage = "webhooks.manage";

    private static readonly Dictionary<string, (string Name, string[] Rights)> Table = new()
    {
        [CasesWrite] = ("报送办件与决定", [Rights.CaseEnter, Rights.CaseDecide, Rights.CaseView, Rights.PushSend, Rights.FeedbackAcknowledge, Rights.PushReroute]),
        [CasesRead] = ("读取办件与许可", [Rights.CaseView, Rights.PartyView, Rights.SearchUse, Rights.ExportDownload]),
        [PushesRead] = ("读取推送", [Rights.PushView, Rights.DeskUse, Rights.SearchUse, Rights.PartyView, Rights.ExportDownload]),
        [PushesClaim] = ("认领与退回", [Rights.PushView, Rights.PushClaim, Rights.PushReturn, Rights.DisputeRaise, Rights.DeskUse]),
        [SupervisionWrite] = ("报送监管信息", [Rights.SupervisionView, Rights.SupervisionRecord, Rights.EnforcementRecord]),
        [SupervisionRead] = ("读取监管信息", [Rights.SupervisionView]),
        [ItemsRead] = ("读取事项与责任清单", [Rights.ItemView]),
        [ItemsWrite] = ("维护事项与责任清单", [Rights.ItemView, Rights.ItemEdit, Rights.RegisterEdit]),
        [DirectoryRead] = ("读取机构人员", [Rights.DirectoryView]),
        [DirectoryWrite] = ("维护机构人员", [Rights.DirectoryView, Rights.DirectoryEdit, Rights.LiaisonAppoint]),
        [ReconcileRead] = ("对账", [Rights.ReconcileView]),
        [DocumentsRead] = ("读取公文", [Rights.DocumentView]),
        [DocumentsWrite] = ("起草、核稿、用印、送达、答复公文", [Rights.DocumentView, Rights.DocumentDraft, Rights.DocumentReview, Rights.DocumentSeal, Rights.DocumentAnswer]),
        [DocumentsSign] = ("签发公文", [Rights.DocumentView, Rights.DocumentSign]),
        [ConsultationsRead] = ("读取会商、公务协同与抄告", [Rights.ConsultView, Rights.ExportDownload]),
        [ConsultationsWrite] = ("发起、答复会商,报告和验收决定事项,公务协同与抄告", [Rights.ConsultView, Rights.ConsultStart, Rights.ConsultAnswer, Rights.DocumentView, Rights.DocumentDraft]),
        [ConsultationsSign] = ("会签和印发会商结论", [Rights.ConsultView, Rights.ConsultSign]),
        [PoliciesRead] = ("读取政策调整", [Rights.PolicyView, Rights.ExportDownload]),
        [PoliciesWrite] = ("登记、函告和落实政策调整", [Rights.PolicyView, Rights.PolicyNotify, Rights.PolicyAdapt]),
        [AssistanceRead] = ("读取协助请求", [Rights.AssistView]),
        [AssistanceWrite] = ("请求和答复协助", [Rights.AssistView, Rights.AssistAsk, Rights.AssistAnswer]),
        [MeetingsRead] = ("读取会议", [Rights.MeetingView, Rights.ExportDownload]),
        [MeetingsWrite] = ("提出议题、会议回执,筹备会议、登记召开、起草纪要", [Rights.MeetingView, Rights.MeetingAttend, Rights.MeetingConvene, Rights.DocumentView, Rights.DocumentDraft]),
        [MeetingsSign] = ("会签和印发会议纪要", [Rights.MeetingView, Rights.MeetingSign, Rights.DocumentView, Rights.DocumentDraft, Rights.DocumentSign]),
        [WebhooksManage] = ("管理回调订阅", [Rights.WebhookManage]),
    };

    public static IReadOnlyList<string> All { get; } = [.. Table.Keys];

    public static string NameOf(string scope) => Table.TryGetValue(scope, out var entry) ? entry.Name : scope;

    public static IEnumerable<string> RightsOf(IEnumerable<string> scopes) => scopes.Where(Table.ContainsKey).SelectMany(s => Table[s].Rights).Distinct();

    /// <summary>What the scopes carry for a client of the bureau, or of another organ: no scope gives a department's system what only the bureau does.</summary>
    public static IEnumerable<string> RightsOf(IEnumerable<string> scopes, bool ofBureau) => ofBureau ? RightsOf(scopes) : RightsOf(scopes).Except(OfTheBureau);

    private static readonly string[] OfTheBureau =
    [
        Rights.CaseEnter, Rights.CaseDecide, Rights.PushSend, Rights.PushReroute, Rights.FeedbackAcknowledge, Rights.ItemEdit, Rights.RegisterEdit, Rights.DirectoryEdit,
    ];
}
