using Liandong.Accounts;
using Liandong.Shared;

namespace Liandong.Calendars;

/// <summary>工作日历: the years, the deadline calculator that is open to anyone, a new year's notice, the district's own days.</summary>
public static class CalendarModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("系统", "工作日历", "/calendar", "calendar3"),
        new("系统", "导入放假安排", "/calendar/import", "calendar-check", Rights.CalendarImport),
        new("系统", "本区例外日", "/calendar/local-days", "calendar-event", Rights.CalendarImport),
    ];

    public static IServiceCollection AddCalendars(this IServiceCollection services) => services
        .AddScoped<RecountDuties>()
        .AddScoped<ImportYear>()
        .AddScoped<SetLocalDay>()
        .AddScoped<WithdrawLocalDay>();
}
