using System.Net;
using System.Net.Http.Json;
using System.Text;
using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Modules.Directory;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Attachments;

/// <summary>Files belong to matters: whoever has no right to the matter does not find them, by any address.</summary>
public sealed class AttachmentTests
{
    /// <summary>附件2 二(三): 将行政审批结果及有关信息推送. The material of a case goes with its push, to nobody else.</summary>
    [Theory, EveryDatabase]
    public async Task The_supervising_organ_sees_the_material_of_its_push_and_nobody_else_finds_it(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var (bureau, first, second) = (office.Client(linked.Approver), office.Client(linked.FirstOfficer), office.Client(linked.SecondOfficer));
        var admin = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("系统管理", OrganKind.Government), Roles.SystemAdmin));

        // As a browser without script: the form itself carries the files, several at once.
        var sent = await bureau.SubmitFilesAsync($"/cases/{push.Case}", "attach-attachments", "Files", [("营业执照 张三.pdf", SampleFiles.Pdf()), ("门头.png", SampleFiles.Png())], ("Origin", "Copy"), ("OriginalOn", "2019-03-15"), ("Note", "核对无误"));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var rows = await bureau.FilesOfAsync("case", push.Case);
        Assert.Equal(["营业执照 张三.pdf", "门头.png"], rows.Select(r => r.Name));
        Assert.All(rows, r => Assert.Equal(("copy", true, new DateOnly(2019, 3, 15), "notScanned"), (r.Origin, r.Backfilled, r.OriginalOn!.Value, r.Scan)));

        var page = WebUtility.HtmlDecode(await first.PageAsync($"/pushes/{push.Id}"));
        Assert.Contains("营业执照 张三.pdf", page, StringComparison.Ordinal);
        Assert.Contains("复印件", page, StringComparison.Ordinal);
        Assert.Contains("补录", page, StringComparison.Ordinal);
        Assert.DoesNotContain("attach-attachments", page, StringComparison.Ordinal);
        Assert.Equal(rows.Select(r => r.Id), (await first.FilesOfAsync("case", push.Case)).Select(r => r.Id));

        var pdf = rows[0];
        foreach (var address in new[] { $"/attachments/{pdf.Id}", $"/api/v1/attachments/{pdf.Id}/content" })
        {
            var download = await first.GetAsync(address, Office.Stop);
            Assert.Equal(SampleFiles.Pdf(), await download.Content.ReadAsByteArrayAsync(Office.Stop));
            Assert.Equal("application/pdf", download.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", string.Join(",", download.Headers.GetValues("X-Content-Type-Options")));
            var disposition = download.Content.Headers.ContentDisposition!;
            Assert.Equal(("attachment", "营业执照 张三.pdf"), (disposition.DispositionType, disposition.FileNameStar));
            Assert.StartsWith("sandbox;", string.Join(",", download.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
        var preview = await first.GetAsync($"/attachments/{rows[1].Id}/preview", Office.Stop);
        Assert.Equal(("inline", "image/png"), (preview.Content.Headers.ContentDisposition!.DispositionType, preview.Content.Headers.ContentType!.MediaType));
        Assert.StartsWith("sandbox; default-src 'none'", string.Join(",", preview.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        // Who, which file, for which matter; lists are no opening, and neither a name nor anything else of the file stands in the ledger.
        var entries = await office.LookAsync(db => db.LedgerEntries.AsNoTracking().Where(e => e.Act.StartsWith("attachment.")).OrderBy(e => e.Number).ToListAsync());
        Assert.Equal(["attachment.added", "attachment.added", "attachment.opened", "attachment.opened", "attachment.opened"], entries.Select(e => e.Act));
        Assert.All(entries.Skip(2), e => Assert.Equal((linked.FirstOfficer.Person, linked.First.Id, push.Case), (e.Person!.Value, e.Organ!.Value, e.SubjectId)));
        Assert.All(entries.Take(4), e => Assert.Contains(e.Number == entries[1].Number ? rows[1].Sm3 : pdf.Sm3, e.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(entries, e => e.Body.Contains("张三", StringComparison.Ordinal) || e.SubjectTitle.Contains("张三", StringComparison.Ordinal));

        // Another department, the three administrators and nobody at all: every route.
        foreach (var (client, refusal) in new[] { (second, HttpStatusCode.NotFound), (admin, HttpStatusCode.Forbidden), (office.Client(), HttpStatusCode.Unauthorized) })
        {
            Assert.Equal(refusal, (await client.GetAsync(GivenFiles.ListOf("case", push.Case), Office.Stop)).StatusCode);
            Assert.Equal(refusal, (await client.GetAsync($"/api/v1/attachments/{pdf.Id}", Office.Stop)).StatusCode);
            Assert.Equal(refusal, (await client.GetAsync($"/api/v1/attachments/{pdf.Id}/content", Office.Stop)).StatusCode);
            Assert.Equal(refusal, (await client.DeleteAsync($"/api/v1/attachments/{pdf.Id}", Office.Stop)).StatusCode);
            Assert.Equal(refusal, (await client.PostFilesAsync("case", push.Case, ("a.pdf", SampleFiles.Pdf()))).StatusCode);
            Assert.Equal(refusal, (await client.BeginAsync(10, ("filename", "a.pdf"), ("kind", "case"), ("matter", push.Case.ToString()))).StatusCode);
            Assert.Equal(refusal, (await client.PostAsJsonAsync("/api/v1/attachments/attach", new { kind = "case", matter = push.Case, uploads = new[] { pdf.Id } }, Office.Stop)).StatusCode);
            foreach (var address in new[] { $"/attachments/{pdf.Id}", $"/attachments/{rows[1].Id}/preview" })
                Assert.Equal(refusal switch { HttpStatusCode.Unauthorized => HttpStatusCode.Redirect, _ => HttpStatusCode.NotFound }, (await client.GetAsync(address, Office.Stop)).StatusCode);
        }
        // The department of the push reads and does not add; an unknown kind belongs to nobody, not even to the bureau.
        Assert.Equal("attachment.closed", await (await first.PostFilesAsync("case", push.Case, ("a.pdf", SampleFiles.Pdf()))).CodeAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.GetAsync(GivenFiles.ListOf("nothing", push.Case), Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.PostFilesAsync("push", push.Id, ("a.pdf", SampleFiles.Pdf()))).StatusCode);
        Assert.Equal(5, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act.StartsWith("attachment."))));
    }

    [Theory, EveryDatabase]
    public async Task The_same_bytes_are_kept_once_and_what_is_refused_leaves_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database, settings: new() { ["attachments:max-file-mb"] = "1", ["attachments:max-matter-mb"] = "2" });
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var bureau = office.Client(linked.Approver);

        var (one, two) = (await bureau.AttachAsync("case", push.Case, "a.pdf", SampleFiles.Pdf()), await bureau.AttachAsync("case", push.Case, "另一个名字.pdf", SampleFiles.Pdf()));
        Assert.Equal((one.Sm3, one.Sha256), (two.Sm3, two.Sha256));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(SampleFiles.Pdf())), one.Sha256);
        Assert.Equal([Path.Combine("370102", one.Sm3[..2], one.Sm3[2..4], one.Sm3)], office.StoredFiles());

        Assert.Equal("attachment.type-refused", await (await bureau.PostFilesAsync("case", push.Case, ("处罚决定书.pdf", SampleFiles.Exe()))).CodeAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await bureau.PostFilesAsync("case", push.Case, ("大.pdf", SampleFiles.LargePdf(1024 * 1024 + 1)))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await bureau.PostFilesAsync("case", push.Case, ("空.pdf", []))).StatusCode);
        // One of several is refused: none is attached.
        Assert.Equal("attachment.type-refused", await (await bureau.PostFilesAsync("case", push.Case, ("b.png", SampleFiles.Png()), ("c.exe", SampleFiles.Exe()))).CodeAsync());
        Assert.Equal(2, (await bureau.FilesOfAsync("case", push.Case)).Length);
        Assert.DoesNotContain(office.StoredFiles(), f => f.EndsWith(".part", StringComparison.Ordinal));

        // The limit of the matter.
        await bureau.AttachAsync("case", push.Case, "d.pdf", SampleFiles.LargePdf(1024 * 1024));
        Assert.Equal(HttpStatusCode.BadRequest, (await bureau.PostFilesAsync("case", push.Case, ("e.pdf", SampleFiles.LargePdf(1024 * 1024)))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await bureau.BeginAsync(1024 * 1024, ("filename", "f.pdf"), ("kind", "case"), ("matter", push.Case.ToString()))).StatusCode);

        // On the page the sentence stands beside the field, and nothing is attached.
        var refused = await bureau.SubmitFilesAsync($"/cases/{push.Case}", "attach-attachments", "Files", [("图.svg", SampleFiles.Text("<svg/>"))]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("图.svg", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Office.Stop)), StringComparison.Ordinal);
        Assert.Equal(3, (await bureau.FilesOfAsync("case", push.Case)).Length);
    }

    [Theory, EveryDatabase]
    public async Task A_file_may_be_taken_away_until_others_rely_on_it(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.BureauAsync();
        var approver = office.Client(await office.Given.MemberAsync(bureau, Roles.Approver));
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        var open = (await office.Given.SendAsync(office.Given.CaseMessage(item, c => c with { Decision = null, DecidedAt = null, DeliveredAt = null, Permit = null }))).Id!.Value;
        var file = await approver.AttachAsync("case", open, "草稿.pdf", SampleFiles.Pdf());
        Assert.True(file.MayRemove);
        Assert.Equal(HttpStatusCode.Redirect, (await approver.SubmitAsync($"/cases/{open}", $"remove-{file.Id:N}")).StatusCode);
        Assert.Empty(await approver.FilesOfAsync("case", open));
        Assert.Equal(HttpStatusCode.NotFound, (await approver.GetAsync($"/attachments/{file.Id}", Office.Stop)).StatusCode);
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "attachment.removed" && e.SubjectId == open)));

        var decided = await office.Given.CaseDecidedAsync(item);
        var kept = await approver.AttachAsync("case", decided.Id, "依据.pdf", SampleFiles.Pdf());
        Assert.False(kept.MayRemove);
        Assert.Equal("attachment.kept", await (await approver.DeleteAsync($"/api/v1/attachments/{kept.Id}", Office.Stop)).CodeAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_name_never_decides_how_a_file_is_served(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var bureau = office.Client(linked.Approver);
        var png = await bureau.AttachAsync("case", push.Case, "现场.pdf", SampleFiles.Png());
        var text = await bureau.AttachAsync("case", push.Case, "<img src=x onerror=alert(1)>.txt", SampleFiles.Text("<html><script>alert(1)</script></html>"));
        Assert.Equal(("png", "txt"), (png.Type, text.Type));
        Assert.Equal("现场.pdf.png", (await bureau.GetAsync($"/attachments/{png.Id}", Office.Stop)).Content.Headers.ContentDisposition!.FileNameStar);
        var served = await bureau.GetAsync($"/attachments/{text.Id}", Office.Stop);
        Assert.Equal(("attachment", "text/plain"), (served.Content.Headers.ContentDisposition!.DispositionType, served.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.Conflict, (await bureau.GetAsync($"/attachments/{text.Id}/preview", Office.Stop)).StatusCode);
        Assert.DoesNotContain("<img src=x", await bureau.PageAsync($"/cases/{push.Case}"), StringComparison.Ordinal);

        // A piece of a reading is served and recorded once, from its beginning.
        var range = new HttpRequestMessage(HttpMethod.Get, $"/attachments/{png.Id}");
        range.Headers.Range = new(4, 9);
        var piece = await bureau.SendAsync(range, Office.Stop);
        Assert.Equal(HttpStatusCode.PartialContent, piece.StatusCode);
        Assert.Equal(SampleFiles.Png()[4..10], await piece.Content.ReadAsByteArrayAsync(Office.Stop));
        Assert.Equal(2, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "attachment.opened")));
    }
}
