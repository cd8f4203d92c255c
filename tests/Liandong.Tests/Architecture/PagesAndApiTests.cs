using System.Text.RegularExpressions;
using Liandong.Data;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace Liandong.Tests.Architecture;

/// <summary>Whatever a page can do, the API can: one line per form of the product, with the call that does the same.</summary>
public sealed partial class PagesAndApiTests
{
    /// <summary>What only a person in front of a browser does: prove who one is. Machines have their own way in (<c>/connect/token</c>).</summary>
    private const string OneselfOnly = "";

    private static readonly Dictionary<string, string> SameAct = new(StringComparer.Ordinal)
    {
        // 信息联动
        ["PushPage claim"] = "POST /api/v1/pushes/{id}/claim",
        ["PushPage sign"] = "POST /api/v1/pushes/{id}/sign",
        ["PushPage assign"] = "POST /api/v1/pushes/{id}/assign",
        ["PushesPage claim-many"] = "POST /api/v1/pushes/claim",
        ["ReturnPushPage return-push"] = "POST /api/v1/pushes/{id}/return",
        ["UnclaimPushPage unclaim-push"] = "POST /api/v1/pushes/{id}/unclaim",
        ["DecideReturnPage decide-return"] = "POST /api/v1/pushes/{id}/decide",
        ["UnroutedPage retry-all"] = "POST /api/v1/pushes/unrouted/retry",
        ["RouteUnroutedPage retry"] = "POST /api/v1/pushes/unrouted/{id}/retry",
        ["RouteUnroutedPage assign"] = "POST /api/v1/pushes/unrouted/{id}/assign",
        ["OpenDisputePage open-dispute"] = "POST /api/v1/disputes",
        ["DisputePage state-view"] = "POST /api/v1/disputes/{id}/statements",
        ["RuleDisputePage rule-dispute"] = "POST /api/v1/disputes/{id}/rule",
        ["WithdrawDisputePage withdraw-dispute"] = "POST /api/v1/disputes/{id}/withdraw",
        ["LetterPage restate"] = "POST /api/v1/reconciliation/letters/{organ}/{month}/restate",
        ["LimitsPage set-limit"] = "PUT /api/v1/limits/{rule}",
        ["LimitsPage set-switches"] = "PUT /api/v1/limits/switches",
        ["LimitsPage apply-profile"] = "POST /api/v1/limits/profiles/{code}",
        // 公文
        ["DraftDocumentPage draft"] = "POST /api/v1/documents",
        ["ReviseDocumentPage revise"] = "PUT /api/v1/documents/{id}",
        ["DocumentPage send"] = "POST /api/v1/documents/{id}/send-for-review",
        ["DocumentPage pass"] = "POST /api/v1/documents/{id}/review",
        ["DocumentPage back"] = "POST /api/v1/documents/{id}/review",
        ["DocumentPage send-for-countersign"] = "POST /api/v1/documents/{id}/send-for-countersign",
        ["DocumentPage recall-countersign"] = "POST /api/v1/documents/{id}/recall-countersign",
        ["CountersignDocumentPage countersign"] = "POST /api/v1/documents/{id}/countersign",
        ["RemoveIssuerPage remove-issuer"] = "POST /api/v1/documents/{id}/issuers/{organ}/remove",
        ["DocumentPage sign"] = "POST /api/v1/documents/{id}/sign",
        ["DocumentPage seal"] = "POST /api/v1/documents/{id}/seal",
        ["DocumentPage read"] = "POST /api/v1/documents/{id}/read",
        ["RemarkPage remark"] = "POST /api/v1/documents/{id}/remarks",
        ["SettleRemarkPage settle"] = "POST /api/v1/documents/remarks/{remark}/settle",
        ["ServeDocumentPage serve"] = "POST /api/v1/documents/{id}/serve",
        ["AnswerDocumentPage answer"] = "POST /api/v1/documents/{id}/answer",
        ["OrganCodePage set-code"] = "PUT /api/v1/documents/code",
        ["CancelDocumentPage cancel"] = "POST /api/v1/documents/{id}/cancel",
        ["RegisterPaperPage register"] = "POST /api/v1/papers",
        // 会商
        ["StartConsultationPage start-consultation"] = "POST /api/v1/consultations",
        ["ConsultationPage letter"] = "POST /api/v1/consultations/{id}/letter",
        ["ConsultationPage read"] = "POST /api/v1/consultations/{id}/read",
        ["ConsultationPage sign"] = "POST /api/v1/consultations/{id}/conclusion/countersign",
        ["ConsultationPage object"] = "POST /api/v1/consultations/{id}/conclusion/countersign",
        ["ConsultationPage issue"] = "POST /api/v1/consultations/{id}/conclusion/issue",
        ["ConsultationPage minutes"] = "POST /api/v1/consultations/{id}/conclusion/minutes",
        ["GiveViewPage give-view"] = "POST /api/v1/consultations/{id}/views",
        ["RecordViewPage record-view"] = "POST /api/v1/consultations/{id}/views/record",
        ["WeighViewPage weigh-view"] = "POST /api/v1/consultations/views/{view}/weigh",
        ["AddConsultedOrgansPage add-consulted-organs"] = "POST /api/v1/consultations/{id}/organs",
        ["EscalateConsultationPage escalate-consultation"] = "POST /api/v1/consultations/{id}/escalate",
        ["WithdrawConsultationPage withdraw-consultation"] = "POST /api/v1/consultations/{id}/withdraw",
        ["DraftConclusionPage draft-conclusion"] = "POST /api/v1/consultations/{id}/conclusion",
        ["DecisionPage report"] = "POST /api/v1/decisions/{id}/reports",
        ["DecisionPage judge"] = "POST /api/v1/decisions/{id}/judge",
        ["RequestFreezePage request-freeze"] = "POST /api/v1/freezes",
        ["FreezePage lift"] = "POST /api/v1/freezes/{id}/lift",
        ["DraftCircularPage draft-circular"] = "POST /api/v1/circulars",
        // 政策调整
        ["RecordPolicyPage record-policy"] = "POST /api/v1/policies",
        ["RevisePolicyPage revise-policy"] = "PUT /api/v1/policies/{id}",
        ["WithdrawPolicyPage withdraw-policy"] = "POST /api/v1/policies/{id}/withdraw",
        ["PolicyItemsPage touch-items"] = "POST /api/v1/policies/{id}/items",
        ["PolicyPage leave-"] = "DELETE /api/v1/policies/{id}/items/{item}",
        ["PolicyPage policy-letter"] = "POST /api/v1/policies/{id}/letter",
        ["PolicyPage serve"] = "POST /api/v1/policies/{id}/serve",
        ["PolicyPage acknowledge"] = "POST /api/v1/policies/{id}/acknowledge",
        ["PolicyPage confirm"] = "POST /api/v1/policies/{id}/confirm",
        ["AdaptPolicyPage adapt-policy"] = "POST /api/v1/policies/{id}/adapt",
        ["RespondPolicyPage respond-policy"] = "POST /api/v1/policies/{id}/respond",
        // 协助
        ["AskAssistancePage ask-assistance"] = "POST /api/v1/assistance",
        ["AssistanceRequestPage read-assistance"] = "POST /api/v1/assistance/{id}/read",
        ["AnswerAssistancePage answer-assistance"] = "POST /api/v1/assistance/{id}/answer",
        ["RefuseAssistancePage refuse-assistance"] = "POST /api/v1/assistance/{id}/refuse",
        ["WithdrawAssistancePage withdraw-assistance"] = "POST /api/v1/assistance/{id}/withdraw",
        ["RevokeAccessPage revoke-access"] = "POST /api/v1/assistance/access/{id}/revoke",
        // 会议
        ["ProposeTopicPage propose-topic"] = "POST /api/v1/meeting-topics",
        ["TopicPage weigh"] = "POST /api/v1/meeting-topics/{id}/weigh",
        ["TopicPage withdraw"] = "POST /api/v1/meeting-topics/{id}/withdraw",
        ["PrepareMeetingPage prepare-meeting"] = "POST /api/v1/meetings",
        ["MeetingPage ask"] = "POST /api/v1/meetings/{id}/ask",
        ["MeetingPage approve"] = "POST /api/v1/meetings/{id}/approve",
        ["MeetingPage notice"] = "POST /api/v1/meetings/{id}/notice",
        ["MeetingPage sign"] = "POST /api/v1/meetings/{id}/minutes/cosign",
        ["MeetingPage object"] = "POST /api/v1/meetings/{id}/minutes/cosign",
        ["MeetingPage issue"] = "POST /api/v1/meetings/{id}/minutes/issue",
        ["PutOffMeetingPage put-off-meeting"] = "POST /api/v1/meetings/{id}/put-off",
        ["CancelMeetingPage cancel-meeting"] = "POST /api/v1/meetings/{id}/cancel",
        ["ReplyToMeetingPage reply-meeting"] = "POST /api/v1/meetings/{id}/reply",
        ["HoldMeetingPage hold-meeting"] = "POST /api/v1/meetings/{id}/hold",
        ["DraftMinutesPage draft-minutes"] = "POST /api/v1/meetings/{id}/minutes",
        ["GroupPage remit"] = "PUT /api/v1/working-groups/{id}",
        ["GroupPage end"] = "POST /api/v1/working-groups/{id}/end",
        ["GroupPage member"] = "POST /api/v1/working-groups/{id}/members",
        ["GroupPage leave-"] = "POST /api/v1/working-groups/{id}/members/{member}/end",
        ["GroupPage step"] = "POST /api/v1/working-groups/{id}/steps",
        ["GroupStepPage report"] = "POST /api/v1/group-steps/{id}/reports",
        ["GroupStepPage judge"] = "POST /api/v1/group-steps/{id}/judge",
        ["GroupStepPage put-off"] = "POST /api/v1/group-steps/{id}/put-off",
        ["GroupStepPage drop"] = "POST /api/v1/group-steps/{id}/drop",
        ["FeedsPage renew-"] = "POST /api/v1/calendar-feeds/renew",
        // 办件与许可
        ["NewCasePage new-case"] = "POST /api/v1/cases",
        ["AcceptCasePage accept-case"] = "POST /api/v1/cases/{id}/accept",
        ["RefuseAcceptancePage refuse-acceptance"] = "POST /api/v1/cases/{id}/not-accept",
        ["AskSupplementPage ask-supplement"] = "POST /api/v1/cases/{id}/supplement",
        ["ReceiveSupplementPage receive-supplement"] = "POST /api/v1/cases/{id}/supplemented",
        ["ReviewCasePage review-case"] = "POST /api/v1/cases/{id}/review",
        ["SuspendCasePage suspend-case"] = "POST /api/v1/cases/{id}/suspend",
        ["ResumeCasePage resume-case"] = "POST /api/v1/cases/{id}/resume",
        ["ExtendCasePage extend-case"] = "POST /api/v1/cases/{id}/extend",
        ["DecideCasePage decide-case"] = "POST /api/v1/cases/{id}/decide",
        ["EndCasePage end-case"] = "POST /api/v1/cases/{id}/end",
        ["DeliverCasePage deliver-case"] = "POST /api/v1/cases/{id}/deliver",
        ["ImportCasesPage upload-cases"] = "POST /api/v1/cases/import",
        ["ImportCasesPreviewPage confirm-cases"] = "POST /api/v1/cases/import",
        // 监管与回告
        ["PlanCheckPage plan-check"] = "POST /api/v1/supervision/matters/{push}/plans",
        ["WithdrawPlanPage withdraw-plan"] = "POST /api/v1/supervision/plans/{id}/withdraw",
        ["RecordCheckPage record-check"] = "POST /api/v1/supervision/matters/{push}/checks",
        ["ReviewRectificationPage review-rectification"] = "POST /api/v1/supervision/rectifications/{id}/reviews",
        ["HandOverPage hand-over"] = "POST /api/v1/supervision/matters/{push}/handovers",
        ["MatterPage claim-"] = "POST /api/v1/supervision/enforcements/{id}/claim",
        ["RecordPenaltyPage record-penalty"] = "POST /api/v1/supervision/enforcements/{id}/penalties",
        ["CloseEnforcementPage close-enforcement"] = "POST /api/v1/supervision/enforcements/{id}/close",
        ["FeedbackPage acknowledge"] = "POST /api/v1/feedback/{id}/acknowledge",
        ["FeedbackPage settle"] = "POST /api/v1/feedback/{id}/outcome",
        ["FeedbackPage lift"] = "POST /api/v1/feedback/{id}/lift",
        ["FeedbackListPage acknowledge-many"] = "POST /api/v1/feedback/acknowledge",
        // 事项与责任清单
        ["AddItemPage add-item"] = "POST /api/v1/items",
        ["ChangeItemPage change-item"] = "PUT /api/v1/items/{id}",
        ["EndItemPage end-item"] = "POST /api/v1/items/{id}/end",
        ["ClassifyInspectionPage classify-inspection"] = "POST /api/v1/items/{id}/inspection-class",
        ["ImportItemsPage upload-items"] = "POST /api/v1/items/import",
        ["ImportItemsPreviewPage confirm-items"] = "POST /api/v1/items/import",
        ["AddResponsibilityPage add-responsibility"] = "POST /api/v1/register/lines",
        ["ChangeResponsibilityPage change-responsibility"] = "POST /api/v1/register/change",
        ["EndResponsibilityPage end-responsibility"] = "POST /api/v1/register/lines/{id}/end",
        ["ImportRegisterPage upload-register"] = "POST /api/v1/register/import",
        ["ImportRegisterPreviewPage confirm-register"] = "POST /api/v1/register/import",
        ["SimulateRegisterPage upload-draft"] = "POST /api/v1/register/simulate/file",
        ["MemorandaPage make-memorandum"] = "POST /api/v1/memoranda",
        ["MemorandumPage renew-memorandum"] = "POST /api/v1/memoranda",
        ["MemorandumPage sign-memorandum"] = "POST /api/v1/memoranda/{id}/sign",
        // 机构与联络
        ["AddOrganPage add-organ"] = "POST /api/v1/organs",
        ["OrganPage organ"] = "PUT /api/v1/organs/{id}",
        ["OrganPage end"] = "POST /api/v1/organs/{id}/end",
        ["OrganPage section"] = "POST /api/v1/organs/{id}/sections",
        ["OrganPage appoint"] = "POST /api/v1/organs/{id}/liaison",
        ["OrganPage end-"] = "POST /api/v1/liaison/{id}/end",
        ["OrganPage absence"] = "POST /api/v1/absences",
        ["OrganPage back-"] = "POST /api/v1/absences/{id}/withdraw",
        ["PeoplePage person"] = "POST /api/v1/people",
        ["PersonPage person"] = "PUT /api/v1/people/{id}",
        ["PersonPage post"] = "POST /api/v1/posts",
        ["PersonPage end-"] = "POST /api/v1/posts/{id}/end",
        ["RosterPage seat"] = "POST /api/v1/roster/seats",
        ["RosterPage leave-"] = "POST /api/v1/roster/seats/{id}/end",
        ["RosterPage group"] = "POST /api/v1/roster/groups",
        ["ImportDirectoryPage import"] = "POST /api/v1/directory/import",
        // 附件
        ["AttachmentList @FormName"] = "POST /api/v1/attachments",
        ["AttachmentList remove-"] = "DELETE /api/v1/attachments/{id}",
        // 工作台
        ["DeskPage claim"] = "POST /api/v1/pushes/claim",
        ["DutyPage extend"] = "POST /api/v1/duties/{id}/extend",
        ["DutyPage suspend"] = "POST /api/v1/duties/{id}/suspend",
        ["DutyPage resume"] = "POST /api/v1/duties/{id}/resume",
        ["RemindersPage read"] = "POST /api/v1/reminders/{id}/read",
        ["RemindersPage read-all"] = "POST /api/v1/reminders/read",
        ["ReminderChoicesPage habits"] = "PUT /api/v1/reminders/habits",
        ["ReminderSettingsPage ladder"] = "PUT /api/v1/reminders/settings",
        ["DutyPage waive"] = "POST /api/v1/duties/{id}/waive",
        ["DutyPage overrun"] = "POST /api/v1/duties/{id}/overrun-reason",
        // 系统
        ["InvitePage invite"] = "POST /api/v1/accounts",
        ["AccountDetailPage reset"] = "POST /api/v1/accounts/{id}/reset",
        ["AccountDetailPage enable"] = "POST /api/v1/accounts/{id}/enable",
        ["AccountDetailPage disable"] = "POST /api/v1/accounts/{id}/disable",
        ["AccountDetailPage unlock"] = "POST /api/v1/accounts/{id}/unlock",
        ["AccountDetailPage post"] = "POST /api/v1/posts",
        ["AccountDetailPage end-"] = "POST /api/v1/posts/{id}/end",
        ["SecurityPolicyPage policy"] = "PUT /api/v1/security-policy",
        ["CreateClientPage create-client"] = "POST /api/v1/clients",
        ["ClientPage change"] = "PUT /api/v1/clients/{id}",
        ["ClientPage rotate"] = "POST /api/v1/clients/{id}/rotate",
        ["ClientPage disable"] = "POST /api/v1/clients/{id}/disable",
        ["ClientPage enable"] = "POST /api/v1/clients/{id}/enable",
        ["ImportYearPage import-year"] = "POST /api/v1/calendar/years",
        ["LocalDaysPage set-day"] = "POST /api/v1/calendar/local-days",
        ["LocalDaysPage withdraw-"] = "POST /api/v1/calendar/local-days/{id}/withdraw",
        ["WebhookPage test"] = "POST /api/v1/webhooks/{id}/test",
        ["WebhookPage pause"] = "POST /api/v1/webhooks/{id}/pause",
        ["WebhookPage resume"] = "POST /api/v1/webhooks/{id}/resume",
        ["WebhookPage replay"] = "POST /api/v1/webhooks/{id}/deliveries/{number}/replay",
        ["WebhookPage replay-dead"] = "POST /api/v1/webhooks/{id}/replay",
        ["SessionsPage end-"] = "POST /api/v1/me/sessions/{id}/end",
        // 自己的清单怎样显示,是浏览器里的事
        ["ListPage keep-view"] = OneselfOnly,
        ["ListPage drop-view"] = OneselfOnly,
        // 登录本身
        ["SignInPage sign-in"] = OneselfOnly,
        ["SignInPage @name"] = OneselfOnly,
        ["SignInCodePage code"] = OneselfOnly,
        ["InvitationPage invitation"] = OneselfOnly,
        ["FirstAdministratorPage first-administrator"] = OneselfOnly,
        ["AccountPage to-"] = OneselfOnly,
        ["ChangePasswordPage password"] = OneselfOnly,
        ["AuthenticatorPage totp-on"] = OneselfOnly,
        ["AuthenticatorPage totp-codes"] = OneselfOnly,
        ["AuthenticatorPage totp-off"] = OneselfOnly,
    };

    /// <summary>Use cases of <see cref="OneselfOnly"/> forms, and what stands behind another use case that the API calls.</summary>
    private static readonly string[] NotForMachines = ["SignIn", "SignInAsSample", "AcceptLink", "FirstAdministrator", "ChangePassword", "Authenticator", "OpenSession", "PushSteps"];

    [Fact]
    public async Task Every_form_has_the_call_that_does_the_same()
    {
        var forms = System.IO.Directory.EnumerateFiles(Path.Combine(NoticeTests.FindRoot(), "src/Liandong"), "*.razor", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/StyleGuide/", StringComparison.Ordinal))
            .SelectMany(f => Form().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileNameWithoutExtension(f)} {m.Groups["name"].Value.Split('{')[0]}")).Distinct().ToList();
        Assert.True(forms.Count > 90, $"Only {forms.Count} forms were found.");
        Assert.Equal([], forms.Except(SameAct.Keys).Select(f => $"{f}: add a line to PagesAndApiTests.SameAct with the API call that does the same, and the call if there is none"));
        Assert.Equal([], SameAct.Keys.Except(forms).Select(f => $"{f}: there is no such form any more"));
        await using var office = await Office.OpenAsync(Database.Sqlite);
        var calls = ApiDocumentTests.RoutesOf(office).Select(r => r.Key).ToHashSet();
        Assert.Equal([], SameAct.Values.Where(call => call != OneselfOnly).Distinct().Where(call => !calls.Contains(call)));
    }

    [Fact]
    public async Task Every_use_case_that_a_page_runs_is_run_by_a_call()
    {
        await using var office = await Office.OpenAsync(Database.Sqlite);
        var called = ApiDocumentTests.RoutesOf(office).SelectMany(r => r.Endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>()!.GetParameters()).Select(p => p.ParameterType).ToHashSet();
        var pages = typeof(Ledger).Assembly.GetTypes().Where(t => typeof(IComponent).IsAssignableFrom(t))
            .SelectMany(page => page.GetProperties(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public)
                .Where(p => p.IsDefined(typeof(InjectAttribute), true)).Select(p => (Page: page.Name, UseCase: p.PropertyType))).ToList();
        // A use case records: it takes the ledger.
        var acts = pages.Where(p => p.UseCase.GetConstructors().SelectMany(c => c.GetParameters()).Any(x => x.ParameterType == typeof(Ledger))).ToList();
        Assert.True(acts.Select(a => a.UseCase).Distinct().Count() > 60, $"Only {acts.Count} use cases were found.");
        Assert.Equal([], acts.Where(a => !called.Contains(a.UseCase) && !NotForMachines.Contains(a.UseCase.Name)).Select(a => $"{a.Page} runs {a.UseCase.Name}, which no endpoint runs").Distinct());
    }

    [GeneratedRegex("<ActForm[^>]*?\\sName=\"(?:@\\(\\$\")?(?<name>[^\"]+)\"")] private static partial Regex Form();
}
