using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Shared;

namespace Liandong.Modules.Directory;

/// <summary>机构与联络(主文 三,附件1 一,附件2 一(一)): organs, sections, people, posts, liaison.</summary>
public static class DirectoryModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("机构与联络", "单位和联络员", "/directory", "people", Rights.DirectoryView),
        new("机构与联络", "人员", "/directory/people", "person", Rights.DirectoryView),
        new("机构与联络", "联席会议名单", "/directory/roster", "diagram-3", Rights.DirectoryView),
    ];

    public static IServiceCollection AddDirectory(this IServiceCollection services) => services
        .AddScoped<AddOrgan>()
        .AddScoped<AddPerson>()
        .AddScoped<AddSection>()
        .AddScoped<GivePost>()
        .AddScoped<EndPost>()
        .AddScoped<LiaisonVacancy>()
        .AddScoped<AppointLiaison>()
        .AddScoped<EndLiaison>()
        .AddScoped<AddAbsence>()
        .AddScoped<WithdrawAbsence>()
        .AddScoped<ChangeOrgan>()
        .AddScoped<ChangePerson>()
        .AddScoped<TakeSeat>()
        .AddScoped<LeaveSeat>()
        .AddScoped<AddWorkingGroup>()
        .AddScoped<ImportDirectory>()
        .AddScoped<ExportDirectory>()
        .AddMatterFiles<LiaisonAttachments>();
}
