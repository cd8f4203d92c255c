using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Documents;
using Liandong.Modules.Cases;
using Liandong.Shared;

namespace Liandong.Modules.Consultations;

/// <summary>联络会商(附件2 一): questions put by letter, meeting or to a liaison officer, views, conclusions, decision items; 公务协同函 and 抄告.</summary>
public static class ConsultationsModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("会商与函件", "会商", "/consultations", "chat-dots", Rights.ConsultView),
        new("会商与函件", "公务协同", "/freezes", "pause-circle", Rights.ConsultView),
        new("会商与函件", "抄告", "/circulars", "megaphone", Rights.ConsultView),
    ];

    public static IServiceCollection AddConsultations(this IServiceCollection services) => services
        .AddScoped<ConsultationSteps>()
        .AddScoped<StartConsultation>()
        .AddScoped<DraftConsultationLetter>()
        .AddScoped<ReadConsultation>()
        .AddScoped<GiveView>()
        .AddScoped<RecordView>()
        .AddScoped<WeighView>()
        .AddScoped<AddConsultedOrgans>()
        .AddScoped<EscalateConsultation>()
        .AddScoped<WithdrawConsultation>()
        .AddScoped<DraftConclusion>()
        .AddScoped<CountersignConclusion>()
        .AddScoped<IssueConclusion>()
        .AddScoped<DraftConclusionMinutes>()
        .AddScoped<DecisionHomes>()
        .AddScoped<IDecisionHome, ConclusionDecisions>()
        .AddScoped<ReportDecision>()
        .AddScoped<JudgeDecision>()
        .AddScoped<ExportConsultations>()
        .AddScoped<RequestFreeze>()
        .AddScoped<LiftFreeze>()
        .AddScoped<DraftCircular>()
        .AddDocumentMatter<ConsultationLetters>()
        .AddDocumentMatter<FreezeLetters>()
        .AddDocumentMatter<CircularLetters>()
        .AddCaseConcern<CaseTalks>()
        .AddMatterFiles<ConsultationAttachments>()
        .AddMatterFiles<DecisionAttachments>();
}
