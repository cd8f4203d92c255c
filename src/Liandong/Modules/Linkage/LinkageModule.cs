using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Modules.Linkage.Disputes;
using Liandong.Modules.Linkage.Limits;
using Liandong.Modules.Linkage.Reconciling;
using Liandong.Shared;

namespace Liandong.Modules.Linkage;

/// <summary>信息联动(附件2 二(二)、(三)): push, sign, claim, return, reroute, dispute, reconcile.</summary>
public static class LinkageModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("信息联动", "推送与认领", "/pushes", "inbox", Rights.PushView),
        new("信息联动", "退回处理", "/pushes/returned", "arrow-return-left", Rights.PushReroute),
        new("信息联动", "未能推送", "/pushes/unrouted", "exclamation-triangle", Rights.PushReroute),
        new("信息联动", "权责争议", "/disputes", "signpost-split", Rights.PushView),
        new("信息联动", "对账", "/reconcile", "arrow-left-right", Rights.ReconcileView),
        new("信息联动", "月度函告", "/reconcile/letters", "envelope-paper", Rights.ReconcileView),
        new("信息联动", "时限与约定", "/settings/limits", "hourglass-split", Rights.PushView),
    ];

    public static IServiceCollection AddLinkage(this IServiceCollection services) => services
        .AddScoped<SendPushes>()
        .AddScoped<RouteUnrouted>()
        .AddScoped<PushSteps>()
        .AddScoped<DeliverPush>()
        .AddScoped<SignPush>()
        .AddSingleton<ClaimLine>().AddHostedService(provider => provider.GetRequiredService<ClaimLine>())
        .AddScoped<ClaimPush>()
        .AddScoped<ClaimPushes>()
        .AddScoped<UnclaimPush>()
        .AddScoped<ReturnPush>()
        .AddScoped<AssignPush>()
        .AddScoped<DecideReturn>()
        .AddScoped<OpenDispute>()
        .AddScoped<StateView>()
        .AddScoped<RuleDispute>()
        .AddScoped<WithdrawDispute>()
        .AddScoped<SetLimit>()
        .AddScoped<SetSwitches>()
        .AddScoped<ApplyProfile>()
        .AddScoped<MakeLetters>()
        .AddScoped<RebuildCounts>()
        .AddScoped<PrintLetter>()
        .AddScoped<ExportPushes>()
        .AddScoped<ExportReconciliation>()
        .AddMatterFiles<DisputeAttachments>();

    /// <summary>Clock work that only a running host does.</summary>
    public static IServiceCollection AddLinkageClockwork(this IServiceCollection services) => services
        .AddHostedService<LetterClock>();
}
