using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Shared;

namespace Liandong.Modules.Items;

/// <summary>事项与监管责任(附件2 二(三)、三(一)、三(五)): items, the responsibility register, memoranda, routing and its simulator.</summary>
public static class ItemsModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("事项", "事项目录清单", "/items", "card-list", Rights.ItemView),
        new("事项", "责任清单", "/register", "shield-check", Rights.ItemView),
        new("事项", "协同人员库", "/register/people", "people", Rights.ItemView),
        new("事项", "责任备忘录", "/memoranda", "journal-check", Rights.ItemView),
        new("事项", "规则模拟", "/register/simulate", "shuffle", Rights.RegisterEdit),
    ];

    public static IServiceCollection AddItems(this IServiceCollection services) => services
        .AddSingleton<RegisterCache>()
        .AddScoped<RegisterBook>()
        .AddScoped<RegisterPen>()
        .AddScoped<SheetDesk>()
        .AddScoped<RegisterSheetReader>()
        .AddScoped<AddItem>()
        .AddScoped<ChangeItem>()
        .AddScoped<EndItem>()
        .AddScoped<ClassifyInspection>()
        .AddScoped<ImportItems>()
        .AddScoped<ExportItems>()
        .AddScoped<AddResponsibility>()
        .AddScoped<EndResponsibility>()
        .AddScoped<ChangeResponsibility>()
        .AddScoped<ImportRegister>()
        .AddScoped<SimulateRegister>()
        .AddScoped<MemorandumDraft>()
        .AddScoped<MakeMemorandum>()
        .AddScoped<SignMemorandum>()
        .AddMatterFiles<MemorandumAttachments>();
}
