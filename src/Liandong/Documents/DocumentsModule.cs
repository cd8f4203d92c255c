using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Shared;

namespace Liandong.Documents;

/// <summary>公文: letters, minutes and the other documents of the organs, from draft to answer, and paper that comes in.</summary>
public static class DocumentsModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("会商与函件", "公文", "/documents", "file-earmark-text", Rights.DocumentView),
        new("会商与函件", "收文登记", "/documents/incoming", "journal-check", Rights.DocumentView),
    ];

    public static IServiceCollection AddDocuments(this IServiceCollection services) => services
        .AddSingleton<Typography>()
        .AddScoped<DocumentMatters>()
        .AddScoped<DraftDocument>()
        .AddScoped<ReviseDocument>()
        .AddScoped<SendForReview>()
        .AddScoped<EndReview>()
        .AddScoped<RemarkOnDocument>()
        .AddScoped<SettleRemark>()
        .AddScoped<SendForCountersign>()
        .AddScoped<RecallCountersign>()
        .AddScoped<CountersignDocument>()
        .AddScoped<RemoveIssuer>()
        .AddScoped<SignDocument>()
        .AddScoped<SealDocument>()
        .AddScoped<ServeDocument>()
        .AddScoped<ReadDocument>()
        .AddScoped<AnswerDocument>()
        .AddScoped<CancelDocument>()
        .AddScoped<RegisterPaper>()
        .AddScoped<SetOrganCode>()
        .AddScoped<PrintDocument>()
        .AddMatterFiles<DocumentAttachments>()
        .AddMatterFiles<PaperAttachments>();
}
