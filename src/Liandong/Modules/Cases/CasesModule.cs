using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Shared;

namespace Liandong.Modules.Cases;

/// <summary>办件与许可(附件2 二(二)、(三)): cases from every door, their handling on this platform, permits.</summary>
public static class CasesModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("办件与许可", "办件", "/cases", "folder2-open", Rights.CaseView),
        new("办件与许可", "许可", "/permits", "patch-check", Rights.CaseView),
    ];

    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<PersonalNumberVault>()
        .AddSingleton<PartyKeys>()
        .AddSingleton<CaseIntake>().AddHostedService(provider => provider.GetRequiredService<CaseIntake>())
        .AddScoped<ItemTable>()
        .AddScoped<SendCase>()
        .AddScoped<ReceiveLines>()
        .AddScoped<ImportCases>()
        .AddScoped<AcceptCase>().AddScoped<RefuseAcceptance>().AddScoped<AskSupplement>().AddScoped<ReceiveSupplement>()
        .AddScoped<ReviewCase>().AddScoped<SuspendCase>().AddScoped<ResumeCase>().AddScoped<ExtendCase>()
        .AddScoped<CaseConcerns>()
        .AddScoped<DecideCase>().AddScoped<EndCase>().AddScoped<DeliverCase>()
        .AddScoped<PushLapses>()
        .AddMatterFiles<CaseAttachments>();

    /// <summary>What runs by the clock; a command that works on the data alone does not start it.</summary>
    public static IServiceCollection AddCasesClockwork(this IServiceCollection services) => services.AddHostedService<LapseClock>();

    public static IEndpointRouteBuilder MapCaseFiles(this IEndpointRouteBuilder app)
    {
        CasesEndpoints.MapFiles(app);
        return app;
    }

    public static IEndpointRouteBuilder MapCases(this IEndpointRouteBuilder api)
    {
        CasesEndpoints.Map(api);
        return api;
    }
}
