using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Shared;

namespace Liandong.Modules.Supervision;

/// <summary>监管信息与回告(附件2 二(三)、(四)): plans, checks, rectification, enforcement, penalties, and their way back to the bureau.</summary>
public static class SupervisionModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("信息联动", "监管与执法", "/supervision", "clipboard-check", Rights.SupervisionView),
        new("信息联动", "监管回告", "/feedback", "reply", Rights.SupervisionView),
    ];

    public static IServiceCollection AddSupervision(this IServiceCollection services) => services
        .AddScoped<DeliverFeedback>()
        .AddScoped<HandOver>()
        .AddScoped<PlanCheck>()
        .AddScoped<WithdrawPlan>()
        .AddScoped<RecordCheck>()
        .AddScoped<RecordManyChecks>()
        .AddScoped<ReviewRectification>()
        .AddScoped<ClaimEnforcement>()
        .AddScoped<RecordPenalty>()
        .AddScoped<CloseEnforcement>()
        .AddScoped<AcknowledgeFeedback>()
        .AddScoped<LiftEffect>()
        .AddScoped<SettlePermit>()
        .AddScoped<ExportMatters>()
        .AddScoped<ExportFeedback>()
        .AddMatterFiles<CheckAttachments>()
        .AddMatterFiles<RectificationAttachments>()
        .AddMatterFiles<PenaltyAttachments>();
}
