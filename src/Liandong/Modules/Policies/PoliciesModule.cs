using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Documents;
using Liandong.Shared;

namespace Liandong.Modules.Policies;

/// <summary>政策调整(附件2 二(一)、二(三)): changes of law and policy, superiors' meetings and trainings, reports upward; what the bureau adapts, and the library of it all.</summary>
public static class PoliciesModule
{
    public static IReadOnlyList<MenuEntry> Menu => [new("政策与协助", "政策调整", "/policies", "book", Rights.PolicyView)];

    public static IServiceCollection AddPolicies(this IServiceCollection services) => services
        .AddScoped<PolicySteps>()
        .AddScoped<RecordPolicy>()
        .AddScoped<RevisePolicy>()
        .AddScoped<WithdrawPolicy>()
        .AddScoped<TouchItems>()
        .AddScoped<LeaveItem>()
        .AddScoped<ServePolicy>()
        .AddScoped<DraftPolicyLetter>()
        .AddDocumentMatter<PolicyLetters>()
        .AddScoped<AcknowledgePolicy>()
        .AddScoped<AdaptPolicy>()
        .AddScoped<RespondPolicy>()
        .AddScoped<ConfirmPolicy>()
        .AddScoped<ExportPolicies>()
        .AddMatterFiles<PolicyAttachments>();
}
