using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Documents;
using Liandong.Modules.Consultations;
using Liandong.Shared;

namespace Liandong.Modules.Conferences;

/// <summary>会议与联席会议(附件1 三,附件2 一(三)至(六)): topics, agenda, request, notice, study, attendance, minutes, decisions, calendars.</summary>
public static class ConferencesModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("会议", "会议", "/meetings", "people", Rights.MeetingView),
        new("会议", "议题库", "/meetings/topics", "list-task", Rights.MeetingView),
        new("会议", "专项对接组", "/meetings/groups", "diagram-3", Rights.MeetingView),
        new("会议", "日历订阅", "/meetings/calendar", "calendar-week", Rights.MeetingView),
    ];

    public static IServiceCollection AddConferences(this IServiceCollection services) => services
        .AddScoped<MeetingSteps>()
        .AddScoped<ProposeTopic>()
        .AddScoped<WeighTopic>()
        .AddScoped<WithdrawTopic>()
        .AddScoped<PrepareMeeting>()
        .AddScoped<AskForMeeting>()
        .AddScoped<ApproveMeeting>()
        .AddScoped<DraftMeetingNotice>()
        .AddScoped<PutOffMeeting>()
        .AddScoped<CancelMeeting>()
        .AddScoped<ReplyToMeeting>()
        .AddScoped<HoldMeeting>()
        .AddScoped<DraftMinutes>()
        .AddScoped<CosignMinutes>()
        .AddScoped<IssueMinutes>()
        .AddScoped<ExportMeetings>()
        .AddScoped<CompileMinutes>()
        .AddScoped<GroupWork>()
        .AddScoped<ChangeGroup>()
        .AddScoped<EndGroup>()
        .AddScoped<AddGroupMember>()
        .AddScoped<EndGroupMember>()
        .AddScoped<SetGroupStep>()
        .AddScoped<ReportGroupStep>()
        .AddScoped<JudgeGroupStep>()
        .AddScoped<PutOffGroupStep>()
        .AddScoped<DropGroupStep>()
        .AddScoped<RenewFeed>()
        .AddScoped<ReadFeeds>()
        .AddScoped<IDecisionHome, MeetingDecisions>()
        .AddScoped<IConsultationMeetings, MeetingTalks>()
        .AddDocumentMatter<MeetingDocuments>()
        .AddMatterFiles<MeetingAttachments>()
        .AddMatterFiles<TopicAttachments>()
        .AddMatterFiles<StepAttachments>();
}
