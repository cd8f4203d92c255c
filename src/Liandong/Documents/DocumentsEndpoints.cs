using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>The module's API. Each address runs the use case that the page runs.</summary>
public static class DocumentsEndpoints
{
    public const string Pdf = "application/pdf";
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <param name="Id">意见或者答复的标识。</param>
    public sealed record DocumentPart(Guid Id);

    public sealed record SettledRemark(RemarkState State);

    /// <param name="Title">附件名称。</param>
    /// <param name="Text">附件正文,写法同公文正文;空的只列入附件说明,随文的文件在附件里上传。</param>
    public sealed record AnnexBody(string Title, string Text = "");

    /// <param name="Text">The body as plain text with typed numbers (一、 （一） 1. （1） 第一条, | tables |).</param>
    /// <param name="Attachments">附件说明里的附件名称,按顺序;也可以只写在 annexes 里。</param>
    /// <param name="Mark">纪要的标志(×××会议纪要)。</param>
    /// <param name="ToNames">主送的称呼(区政府有关部门)。</param>
    /// <param name="Annexes">附件,有正文的另面编排、与正文一起装订。</param>
    /// <param name="Attendance">出席、请假、列席,只用于纪要。</param>
    /// <param name="Joint">联合发文机关,不含主办的本单位,按排列顺序。</param>
    public sealed record DraftBody(
        DocumentKind Kind, string Title, string Text, IReadOnlyList<Guid> To, IReadOnlyList<Guid>? CopyTo = null, IReadOnlyList<string>? Attachments = null, string Note = "", Urgency Urgency = Urgency.None, bool? Sealed = null,
        string? Mark = null, Guid? InReplyTo = null, string? ToNames = null, IReadOnlyList<AnnexBody>? Annexes = null, Attendance? Attendance = null, IReadOnlyList<Guid>? Joint = null)
    {
        public DraftDocument.Input Input => new(Kind, Title, BodyText.Read(Text), To, CopyTo, [.. Attachments ?? [], .. (Annexes ?? []).Select(a => a.Title)], Note, Urgency, Sealed, Mark, ToNames,
            [.. (Annexes ?? []).Where(a => a.Text.Trim().Length > 0).Select(a => new Annex(a.Title, BodyText.Read(a.Text)))], Attendance, Joint, InReplyTo: InReplyTo);
    }

    /// <param name="Revision">看过的是第几稿。</param>
    /// <param name="Reason">不同意的,写明理由。</param>
    public sealed record CountersignBody(bool Agreed, int Revision, string Reason = "");

    public sealed record ReviewBody(bool Passed);

    public sealed record RemarkBody(int Block, string Text, string Proposed = "");

    public sealed record SettleBody(bool Accepted, string Answer = "");

    public sealed record ServeBody(bool AnswerAsked = false, int? AnswerWithin = null, IReadOnlyList<Guid>? Also = null);

    public sealed record TextBody(string Text);

    /// <param name="Code">空为按单位简称。</param>
    public sealed record CodeBody(string Code);

    /// <param name="Code">机关代字:在文种和年份之前。</param>
    /// <param name="Derived">没有另定时,按单位简称用的代字。</param>
    public sealed record CodeView(string Code, string Derived);

    public sealed record CancelBody(string Reason);

    public sealed record PaperBody(string From, string OriginalNumber, DateOnly OriginalDate, string Title, DateOnly ReceivedOn, string Summary = "", Guid? InReplyTo = null, Guid? FromOrgan = null);

    public sealed record DocumentView(Guid Id, DocumentKind Kind, string Number, string Title, DocumentState State, int Revision, Guid Organ, DateTimeOffset DraftedAt, DateTimeOffset? SignedAt, DateTimeOffset? SealedAt, DateTimeOffset? ServedAt, string Digest)
    {
        public static DocumentView Of(OfficialDocument d) => new(d.Id, d.Kind, d.Number, d.Title, d.State, d.Revision, d.Organ, d.DraftedAt, d.SignedAt, d.SealedAt, d.ServedAt, d.Digest);
    }

    public sealed record PaperView(Guid Id, string Number, string From, string OriginalNumber, DateOnly OriginalDate, string Title, DateOnly ReceivedOn, DateTimeOffset RegisteredAt, bool Backfilled)
    {
        public static PaperView Of(IncomingPaper p) => new(p.Id, p.Number, p.From, p.OriginalNumber, p.OriginalDate, p.Title, p.ReceivedOn, p.RegisteredAt, p.Backfilled);
    }

    public static IEndpointRouteBuilder MapDocuments(this IEndpointRouteBuilder api)
    {
        var documents = api.MapGroup("/documents").WithTags("公文");
        documents.MapGet("", async ([AsParameters] Paging paging, DocumentBox? box, DocumentKind? kind, string? q, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            actor.Demand(Rights.DocumentView);
            var list = await DocumentQueries.ListAsync(db, actor, box ?? DocumentBox.All, kind, q ?? "", paging.After ?? "", paging.Size, clock.Now, await calendars.CurrentAsync(ct), ct);
            return new Page<DocumentRow>(list.Rows, list.After);
        }).WithSummary("公文清单").Demands(Rights.DocumentView).WithDescription("box:received(收到)、drafts(起草中)、toSign(待签发)、issued(已发)、all。草稿只有本单位可见,送达后收文单位可见。").Produces<Page<DocumentRow>>();
        documents.MapPost("", async (DraftBody body, DraftDocument draft, CancellationToken ct) => await draft.RunAsync(body.Input, ct) is var made ? TypedResults.Created($"/api/v1/documents/{made.Id}", DocumentView.Of(made)) : null)
            .WithSummary("起草公文").Demands(Rights.DocumentDraft).Produces<DocumentView>(201).ProducesProblem(400).ProducesProblem(403);
        documents.MapGet("/code", async (AppDb db, Actor actor, CancellationToken ct) =>
        {
            actor.Demand(Rights.DocumentView);
            return new CodeView(await DocumentNumbers.CodeAsync(db, actor.RequireOrgan(), ct), await DocumentNumbers.DerivedAsync(db, actor.RequireOrgan(), ct));
        }).WithSummary("本单位的机关代字").Demands(Rights.DocumentView).Produces<CodeView>();
        documents.MapGet("/removals", async (AppDb db, Actor actor, Clock clock, CancellationToken ct) => await DocumentQueries.RemovalsAsync(db, actor, clock.Now, ct))
            .WithSummary("移出联合行文的通知").Demands(Rights.DocumentView).WithDescription("三十日以内,主办机关把本单位移出的联合行文和理由;文稿本身不再看得到。").Produces<IReadOnlyList<RemovalView>>();
        documents.MapPut("/code", async (CodeBody body, SetOrganCode set, AppDb db, Actor actor, CancellationToken ct) => new CodeView(await set.RunAsync(body.Code, ct), await DocumentNumbers.DerivedAsync(db, actor.RequireOrgan(), ct)))
            .WithSummary("定机关代字").Demands(Rights.DocumentSign).WithDescription("以后签发和登记的用新代字,从1号编起;已经编的号不变。").Produces<CodeView>().ProducesProblem(400).ProducesProblem(409);
        documents.MapGet("/{id:guid}", async (Guid id, HttpContext http, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            actor.Demand(Rights.DocumentView);
            var detail = await DocumentQueries.DetailAsync(db, actor, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该公文");
            return http.Tagged(detail, await db.OfficialDocuments.Where(d => d.Id == id).Select(d => EF.Property<int>(d, Conventions.Version)).FirstAsync(ct));
        }).WithSummary("公文").Demands(Rights.DocumentView).Produces<DocumentDetail>().ProducesProblem(404);
        documents.MapPut("/{id:guid}", async (Guid id, DraftBody body, ReviseDocument revise, CancellationToken ct) => DocumentView.Of(await revise.RunAsync(id, body.Input, ct))).WithSummary("修改草稿").Demands(Rights.DocumentDraft).Produces<DocumentView>().ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/send-for-review", async (Guid id, SendForReview send, CancellationToken ct) => DocumentView.Of(await send.RunAsync(id, ct))).WithSummary("送核").Demands(Rights.DocumentDraft).Produces<DocumentView>().ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/review", async (Guid id, ReviewBody body, EndReview end, CancellationToken ct) => DocumentView.Of(await end.RunAsync(id, body.Passed, ct))).WithSummary("结束核稿").Demands(Rights.DocumentReview, Rights.DocumentDraft).WithDescription("passed 为真是核稿通过,为假是退回起草人。").Produces<DocumentView>().ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/remarks", async (Guid id, RemarkBody body, RemarkOnDocument remark, CancellationToken ct) => new DocumentPart((await remark.RunAsync(id, new RemarkOnDocument.Input(body.Block, body.Text, body.Proposed), ct)).Id))
            .WithSummary("提出核稿意见").Demands(Rights.DocumentReview).WithDescription("block 是正文第几段(自0起),-1为标题,-2为全文。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/remarks/{remark:guid}/settle", async (Guid remark, SettleBody body, SettleRemark settle, CancellationToken ct) => new SettledRemark((await settle.RunAsync(remark, body.Accepted, body.Answer, ct)).State))
            .WithSummary("处理核稿意见").Demands(Rights.DocumentDraft).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/send-for-countersign", async (Guid id, SendForCountersign send, CancellationToken ct) => DocumentView.Of(await send.RunAsync(id, ct))).WithSummary("送会签").Demands(Rights.DocumentDraft).WithDescription("联合行文的,送各联合发文机关签署;会签期间文稿不能修改。").Produces<DocumentView>().ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/recall-countersign", async (Guid id, RecallCountersign recall, CancellationToken ct) => DocumentView.Of(await recall.RunAsync(id, ct))).WithSummary("撤回会签").Demands(Rights.DocumentDraft).WithDescription("已经签署的不再算数,修改后重新送会签。").Produces<DocumentView>().ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/countersign", async (Guid id, CountersignBody body, CountersignDocument countersign, CancellationToken ct) => DocumentView.Of(await countersign.RunAsync(id, new CountersignDocument.Input(body.Agreed, body.Revision, body.Reason), ct)))
            .WithSummary("会签联合行文").Demands(Rights.DocumentSign).WithDescription("联合发文机关的负责人签署,或者写明理由不同意;不同意的,文稿退回主办机关。").Produces<DocumentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/issuers/{organ:guid}/remove", async (Guid id, Guid organ, CancelBody body, RemoveIssuer remove, CancellationToken ct) => DocumentView.Of(await remove.RunAsync(id, organ, body.Reason, ct)))
            .WithSummary("移出联合行文").Demands(Rights.DocumentDraft).WithDescription("发文机关标志和署名随之改动,成为新的一稿;其余机关重新签署。").Produces<DocumentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/sign", async (Guid id, SignDocument sign, CancellationToken ct) => DocumentView.Of(await sign.RunAsync(id, ct))).WithSummary("签发").Demands(Rights.DocumentSign).WithDescription("签发即编号,号码按单位、文种、年度连续。联合行文由主办机关编号,各联合发文机关都签署以后才能签发。").Produces<DocumentView>().ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/seal", async (Guid id, SealDocument seal, CancellationToken ct) => DocumentView.Of(await seal.RunAsync(id, ct))).WithSummary("用印").Demands(Rights.DocumentSeal).Produces<DocumentView>().ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/serve", async (Guid id, ServeBody body, ServeDocument serve, CancellationToken ct) => DocumentView.Of(await serve.RunAsync(id, new ServeDocument.Input(body.AnswerAsked, body.AnswerWithin, body.Also), ct)))
            .WithSummary("送达").Demands(Rights.DocumentSeal, Rights.DocumentSign).Produces<DocumentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        documents.MapPost("/{id:guid}/read", async (Guid id, ReadDocument read, CancellationToken ct) => DocumentView.Of(await read.RunAsync(id, ct))).WithSummary("签收").Demands(Rights.DocumentView).WithDescription("重复签收不是错误,不产生新的记录。").Produces<DocumentView>().ProducesProblem(404);
        documents.MapPost("/{id:guid}/answer", async (Guid id, TextBody body, AnswerDocument answer, CancellationToken ct) => new DocumentPart((await answer.RunAsync(id, body.Text, ct)).Id)).WithSummary("答复").Demands(Rights.DocumentAnswer).WithDescription("以公文答复的,起草时写明 inReplyTo,送达时即为答复。").ProducesProblem(400).ProducesProblem(404);
        documents.MapPost("/{id:guid}/cancel", async (Guid id, CancelBody body, CancelDocument cancel, CancellationToken ct) => DocumentView.Of(await cancel.RunAsync(id, body.Reason, ct))).WithSummary("作废草稿").Demands(Rights.DocumentDraft).Produces<DocumentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        documents.MapGet("/{id:guid}/document.pdf", async (Guid id, PrintDocument print, CancellationToken ct) => await print.PdfAsync(id, ct) is var file ? TypedResults.File(file.Bytes, Pdf, file.Name) : null).WithSummary("公文的 PDF(GB/T 9704-2012)").Demands(Rights.DocumentView).Produces(200, contentType: Pdf).ProducesProblem(404);
        documents.MapGet("/{id:guid}/document.docx", async (Guid id, PrintDocument print, CancellationToken ct) => await print.DocxAsync(id, ct) is var file ? TypedResults.File(file.Bytes, Docx, file.Name) : null).WithSummary("公文的 Word 文件").Demands(Rights.DocumentView).Produces(200, contentType: Docx).ProducesProblem(404);
        var papers = api.MapGroup("/papers").WithTags("公文");
        papers.MapGet("", async (AppDb db, Actor actor, CancellationToken ct) =>
        {
            actor.Demand(Rights.DocumentView);
            return await DocumentQueries.PapersAsync(db, actor, null, ct);
        }).WithSummary("收文登记簿").Demands(Rights.DocumentView).Produces<IReadOnlyList<PaperRow>>();
        papers.MapPost("", async (PaperBody b, RegisterPaper register, CancellationToken ct) => await register.RunAsync(new RegisterPaper.Input(b.From, b.OriginalNumber, b.OriginalDate, b.Title, b.ReceivedOn, b.Summary, b.InReplyTo, b.FromOrgan), ct) is var made
            ? TypedResults.Created($"/api/v1/papers/{made.Id}", PaperView.Of(made)) : null).WithSummary("收文登记").Demands(Rights.DocumentDraft).Produces<PaperView>(201).ProducesProblem(400);
        return api;
    }

    /// <summary>The same files for a browser: the PDF opens in its window, ready to be printed.</summary>
    public static void MapDocumentFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/documents/{id:guid}/document.pdf", async (Guid id, HttpContext http, PrintDocument print, CancellationToken ct) =>
        {
            var file = await print.PdfAsync(id, ct);
            http.Response.Headers.ContentDisposition = $"inline; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
            return TypedResults.File(file.Bytes, Pdf);
        }).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/documents/{id:guid}/document.docx", async (Guid id, PrintDocument print, CancellationToken ct) => await print.DocxAsync(id, ct) is var file ? TypedResults.File(file.Bytes, Docx, file.Name) : null).RequireAuthorization().ExcludeFromDescription();
    }
}
