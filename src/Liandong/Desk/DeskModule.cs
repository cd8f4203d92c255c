using Liandong.Accounts;
using Liandong.Desk.Own;
using Liandong.Shared;

namespace Liandong.Desk;

/// <summary>工作台: what I must do, by when and why; reminders; search. Reads the engine's own tables.</summary>
public static class DeskModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("工作台", "我的工作台", "/", "house", Rights.DeskUse),
        new("工作台", "职责时限", "/duties", "list-check", Rights.DeskUse),
        new("工作台", "提醒", "/notices-to-me", "bell", Rights.DeskUse),
        new("工作台", "提醒与督办设置", "/settings/reminders", "bell", Rights.LimitsSet),
    ];

    public static IServiceCollection AddDesk(this IServiceCollection services) => services
        .AddSingleton<DeskMonths>()
        .AddSingleton<DutyCounts>()
        .AddSingleton(_ => new KeptDesks())
        .AddScoped<DeskGround>()
        .AddSingleton<SearchIndexer>()
        .AddScoped<SearchIndex>()
        .AddSingleton<RebuildSearch>()
        .AddScoped<RemindDuties>()
        .AddScoped<MailReminders>()
        .AddScoped<SetReminders>()
        .AddScoped<ChooseReminders>()
        .AddScoped<DraftBook>()
        .AddScoped<ViewBook>()
        .AddScoped<SweepDuties>()
        .AddScoped<WaiveDuty>()
        .AddScoped<ExtendDuty>()
        .AddScoped<SuspendDuty>()
        .AddScoped<ResumeDuty>()
        .AddScoped<StateOverrunReason>();

    /// <summary>Clock work that only a running host does.</summary>
    public static IServiceCollection AddDeskClockwork(this IServiceCollection services) => services
        .AddHostedService<DutySweeper>()
        .AddHostedService<MailSender>()
        .AddHostedService(services => services.GetRequiredService<SearchIndexer>());
}
