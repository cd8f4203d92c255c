using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Shared;

namespace Liandong.Modules.Assistance;

/// <summary>协助(附件2 二(三)): requests for information or help between bureau and departments, answers, refusals, and the access that an answer gives for a time.</summary>
public static class AssistanceModule
{
    public static IReadOnlyList<MenuEntry> Menu => [new("政策与协助", "协助", "/assistance", "person-raised-hand", Rights.AssistView)];

    public static IServiceCollection AddAssistance(this IServiceCollection services) => services
        .AddScoped<AskAssistance>()
        .AddScoped<ReadAssistance>()
        .AddScoped<WithdrawAssistance>()
        .AddScoped<AnswerAssistance>()
        .AddScoped<RefuseAssistance>()
        .AddScoped<RevokeAccess>()
        .AddScoped<OpenGranted>()
        .AddScoped<ExportAssistance>()
        .AddMatterFiles<AssistanceAttachments>();
}
