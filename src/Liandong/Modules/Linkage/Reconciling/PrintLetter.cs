using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Reconciling;

/// <summary>月度函告 as an official letter, in PDF or .docx: the same words and figures as the page, of the edition asked for.</summary>
public sealed class PrintLetter(AppDb db, Actor actor, Typography typography)
{
    public async Task<(byte[] Bytes, string Name)> RunAsync(Guid organ, DateOnly month, int? edition, bool docx, CancellationToken ct)
    {
        actor.Demand(Rights.ReconcileView);
        var letter = await LetterQueries.OneAsync(db, actor, organ, month, edition, ct) ?? throw NotFound.Of("该月函告");
        var to = await db.Organs.AsNoTracking().Where(o => o.Id == organ).Select(o => o.Name).FirstAsync(ct);
        var bureau = await LinkageOrgans.BureauAsync(db, Beijing.DayOf(letter.MadeAt), ct);
        var from = await db.Organs.AsNoTracking().Where(o => o.Id == bureau).Select(o => o.Name).FirstAsync(ct);
        var content = ContentOf(letter, from, to);
        return (docx ? typography.Docx(content, letter.MadeAt) : typography.Pdf(content, letter.MadeAt).Bytes, $"{letter.Number} {content.Title}.{(docx ? "docx" : "pdf")}");
    }

    internal static DocumentContent ContentOf(MonthlyLetter letter, string from, string to)
    {
        var t = letter.Total;
        var body = new List<Block>();
        if (letter.Changes.Count > 0)
        {
            body.Add(new Paragraph($"本函更正上一版的数字（{letter.Reason}）。变化如下："));
            body.AddRange(letter.Changes.Select(c => new Paragraph(c)));
        }
        body.Add(new Paragraph($"{letter.Month.Year}年{letter.Month.Month}月，我局向你单位推送审批结果{t.Sent}件。截至{ChineseDates.Full(letter.MadeAt)}，已签收{t.Signed}件，已认领{t.Claimed}件{(t.Late > 0 ? $"（其中逾期认领{t.Late}件）" : "")}，退回{t.Returned}件，改派{t.Rerouted}件，权责争议{t.Disputed}件，尚未认领{t.Waiting}件{(t.Overdue > 0 ? $"（其中逾期{t.Overdue}件）" : "")}。"));
        if (letter.Items.Count > 0)
        {
            body.Add(new Paragraph("按事项分列如下："));
            body.Add(new Table(["事项", "推送", "签收", "认领", "退回", "未结", "逾期"], [.. letter.Items.Select(i => (IReadOnlyList<string>)[i.Item, $"{i.Tally.Sent}", $"{i.Tally.Signed}", $"{i.Tally.Claimed}", $"{i.Tally.Returned}", $"{i.Tally.Waiting}", $"{i.Tally.Overdue}"])], [5, 1, 1, 1, 1, 1, 1]));
        }
        if (letter.Overdue.Count > 0)
        {
            body.Add(new Paragraph($"下列{letter.Overdue.Count}件已超过认领期限，请尽快认领，或者说明理由退回："));
            body.Add(new Table(["推送单号", "事项", "相对人", "应认领日", "逾期工作日"], [.. letter.Overdue.Select(o => (IReadOnlyList<string>)[o.Number, o.Item, o.Party, ChineseDates.Plain(Beijing.DayOf(o.DueAt.AddTicks(-1))), $"{o.WorkdaysLate}"])], [3, 4, 4, 2.2, 1.6]));
        }
        else if (t.Waiting == 0)
        {
            body.Add(new Paragraph(t.Late > 0 ? "你单位已办结本月全部推送。" : "你单位已按期办结本月全部推送。"));
        }
        body.Add(new Paragraph("以上情况，请核对。如有不符，请在平台“对账”中查看明细并告知我局。"));
        return new DocumentContent
        {
            Kind = DocumentKind.Letter, Format = DocumentForm.Letter, Mark = [from], Number = letter.Number, Title = $"关于{letter.Month.Year}年{letter.Month.Month}月审批结果推送和认领情况的函{(letter.Edition > 1 ? "（更正）" : "")}", To = [to], Body = body,
            SignedBy = [from], Date = Beijing.DayOf(letter.MadeAt), Sealed = true,
        };
    }

    /// <summary>The addresses under which a browser takes the letter.</summary>
    public static void MapFiles(IEndpointRouteBuilder app)
    {
        app.MapGet("/reconcile/letters/{organ:guid}/{month}/letter.pdf", async (Guid organ, string month, int? edition, HttpContext http, PrintLetter print, CancellationToken ct) =>
        {
            var (bytes, name) = await print.RunAsync(organ, LinkageEndpoints.MonthOf(month) ?? throw NotFound.Of("该月函告"), edition, docx: false, ct);
            http.Response.Headers.ContentDisposition = $"inline; filename*=UTF-8''{Uri.EscapeDataString(name)}";
            return TypedResults.File(bytes, DocumentsEndpoints.Pdf);
        }).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/reconcile/letters/{organ:guid}/{month}/letter.docx", async (Guid organ, string month, int? edition, PrintLetter print, CancellationToken ct) =>
        {
            var (bytes, name) = await print.RunAsync(organ, LinkageEndpoints.MonthOf(month) ?? throw NotFound.Of("该月函告"), edition, docx: true, ct);
            return TypedResults.File(bytes, DocumentsEndpoints.Docx, name);
        }).RequireAuthorization().ExcludeFromDescription();
    }
}
