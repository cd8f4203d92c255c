using System.Net;
using System.Net.Http.Json;
using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Tests.Api;
using Liandong.Tests.Modules.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Attachments;

/// <summary>Files in pieces: from where the last one ended, whatever happened in between.</summary>
public sealed class UploadTests
{
    [Theory, EveryDatabase]
    public async Task A_file_in_pieces_goes_on_where_it_ended_and_is_attached_when_whole(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var bureau = office.Client(linked.Approver);
        var file = SampleFiles.LargePdf(300_000);
        var place = await bureau.BegunAsync(file.Length, ("filename", "规划图.pdf"), ("kind", "case"), ("matter", push.Case.ToString()), ("origin", "original"), ("originalOn", "2018-12-01"), ("note", "原件退还"));

        Assert.Equal(0, await bureau.OffsetAsync(place));
        var first = await bureau.PieceAsync(place, 0, file[..100_000]);
        Assert.Equal((HttpStatusCode.NoContent, 100_000L), (first.StatusCode, GivenFiles.OffsetOf(first)));
        Assert.Equal("1.0.0", first.Headers.GetValues("Tus-Resumable").Single());
        // A piece that does not fit is refused, and nothing is written twice or left out.
        Assert.Equal("upload.offset-mismatch", await (await bureau.PieceAsync(place, 0, file[..100_000])).CodeAsync());
        Assert.Equal("upload.offset-mismatch", await (await bureau.PieceAsync(place, 200_000, file[200_000..])).CodeAsync());
        Assert.Equal("upload.too-long", await (await bureau.PieceAsync(place, 100_000, new byte[200_001])).CodeAsync());
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await bureau.SendAsync(new HttpRequestMessage(HttpMethod.Patch, place) { Content = JsonContent.Create(1) }, Office.Stop)).StatusCode);
        Assert.Equal(100_000, await bureau.OffsetAsync(place));
        Assert.Empty(await bureau.FilesOfAsync("case", push.Case));

        // Nobody else knows of it.
        var other = office.Client(await office.Given.MemberAsync(await office.Given.BureauAsync(), Roles.Approver));
        Assert.Equal(HttpStatusCode.NotFound, (await other.SendAsync(new HttpRequestMessage(HttpMethod.Head, place), Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PieceAsync(place, 100_000, file[100_000..])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync(place, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(place, Office.Stop)).StatusCode);

        var last = await bureau.PieceAsync(place, 100_000, file[100_000..]);
        Assert.Equal((HttpStatusCode.NoContent, 300_000L), (last.StatusCode, GivenFiles.OffsetOf(last)));
        var row = Assert.Single(await bureau.FilesOfAsync("case", push.Case));
        Assert.Equal((row.Id.ToString(), "规划图.pdf", "original", new DateOnly(2018, 12, 1), 300_000L), (last.Headers.GetValues("Liandong-Attachment").Single(), row.Name, row.Origin, row.OriginalOn!.Value, row.Size));
        Assert.Equal(file, await bureau.GetByteArrayAsync($"/attachments/{row.Id}", Office.Stop));
        // The answer to the last piece was lost: asking again and sending nothing gives the same attachment.
        Assert.Equal(300_000, await bureau.OffsetAsync(place));
        Assert.Equal(row.Id.ToString(), (await bureau.PieceAsync(place, 300_000, [])).Headers.GetValues("Liandong-Attachment").Single());
        Assert.Single(await bureau.FilesOfAsync("case", push.Case));
        Assert.Single(office.StoredFiles());
    }

    [Theory, EveryDatabase]
    public async Task A_staged_file_is_attached_with_its_check_or_not_at_all(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var supervisor = office.Client(m.Supervisor);
        var place = await supervisor.BegunAsync(SampleFiles.Jpg().Length, ("filename", "后厨.jpg"));
        var upload = Guid.Parse(place.Split('/')[^1]);
        // Not whole yet.
        var body = new { on = "2026-03-02", officers = m.TwoOfficers.Select(o => new { person = o.Person }), result = "conforming", treatment = "passed", files = new[] { upload } };
        Assert.Equal(HttpStatusCode.BadRequest, (await supervisor.PostAsJsonAsync($"/api/v1/supervision/matters/{m.Push.Id}/checks", body, Office.Stop)).StatusCode);
        Assert.Equal(0, await office.LookAsync(db => db.Checks.CountAsync()));
        Assert.Equal(HttpStatusCode.NoContent, (await supervisor.PieceAsync(place, 0, SampleFiles.Jpg())).StatusCode);
        // Another person's upload is nobody's to use.
        Assert.Equal(HttpStatusCode.BadRequest, (await office.Client(m.Second).PostAsJsonAsync($"/api/v1/supervision/matters/{m.Push.Id}/checks", body, Office.Stop)).StatusCode);

        var answer = await supervisor.PostAsJsonAsync($"/api/v1/supervision/matters/{m.Push.Id}/checks", body, Office.Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Office.Stop));
        var check = await office.LookAsync(db => db.Checks.SingleAsync());
        var photo = Assert.Single(await supervisor.FilesOfAsync("check", check.Id));
        Assert.Equal(("后厨.jpg", "jpg"), (photo.Name, photo.Type));
        // One transaction: the entry of the photograph stands right before that of the check.
        var entries = await office.LookAsync(db => db.LedgerEntries.AsNoTracking().Where(e => e.Act == "attachment.added" || e.Act == "supervision.checked").OrderBy(e => e.Number).ToListAsync());
        Assert.Equal(["attachment.added", "supervision.checked"], entries.Select(e => e.Act));
        Assert.All(entries, e => Assert.Equal(m.Push.Id, e.SubjectId));
        // Used once.
        var once = new { body.on, body.officers, body.result, body.treatment, body.files, note = "另一次检查" };
        Assert.Equal(HttpStatusCode.BadRequest, (await supervisor.PostAsJsonAsync($"/api/v1/supervision/matters/{m.Push.Id}/checks", once, Office.Stop)).StatusCode);
        // The bureau sees it, the enforcing organ of nothing does not.
        Assert.Single(await office.Client(m.Approver).FilesOfAsync("check", check.Id));
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(m.Enforcer).GetAsync(GivenFiles.ListOf("check", check.Id), Office.Stop)).StatusCode);
        Assert.Contains("后厨.jpg", WebUtility.HtmlDecode(await office.Client(m.Approver).PageAsync(m.Page)), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_is_no_paper_is_refused_with_the_last_piece_and_forgotten(Database database)
    {
        await using var office = await Office.OpenAsync(database, settings: new() { ["attachments:max-file-mb"] = "1" });
        var linked = await office.Given.LinkedAsync();
        var officer = office.Client(linked.FirstOfficer);
        var place = await officer.BegunAsync(SampleFiles.Exe().Length, ("filename", "a.pdf"));
        Assert.Equal("attachment.type-refused", await (await officer.PieceAsync(place, 0, SampleFiles.Exe())).CodeAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await officer.SendAsync(new HttpRequestMessage(HttpMethod.Head, place), Office.Stop)).StatusCode);
        Assert.Empty(office.StoredFiles());
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.BeginAsync(1024 * 1024 + 1, ("filename", "a.pdf"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.BeginAsync(0, ("filename", "a.pdf"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.BeginAsync(5, ("filename", "a.pdf"), ("originalOn", "昨天"))).StatusCode);

        // Given up: the bytes go at once. Forgotten: they go after a day.
        var abandoned = await officer.BegunAsync(1000, ("filename", "a.pdf"));
        await officer.PieceAsync(abandoned, 0, new byte[10]);
        Assert.Single(office.StoredFiles());
        Assert.Equal(HttpStatusCode.NoContent, (await officer.DeleteAsync(abandoned, Office.Stop)).StatusCode);
        Assert.Empty(office.StoredFiles());
        var forgotten = await officer.BegunAsync(1000, ("filename", "a.pdf"));
        await officer.PieceAsync(forgotten, 0, new byte[10]);
        office.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PieceAsync(forgotten, 10, new byte[10])).StatusCode);
        Assert.Equal(1, (await office.ActAsync(s => s.GetRequiredService<CollectGarbage>().RunAsync(Office.Stop))).Uploads);
        Assert.Empty(office.StoredFiles());
    }

    [Theory, EveryDatabase]
    public async Task Twenty_at_once_keep_within_the_limit_of_the_matter(Database database)
    {
        await using var office = await Office.OpenAsync(database, settings: new() { ["attachments:max-matter-mb"] = "1" });
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var bureau = office.Client(linked.Approver);
        var quarter = SampleFiles.LargePdf(256 * 1024);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => bureau.PostFilesAsync("case", push.Case, ($"{n}.pdf", quarter))));
        Assert.Equal(4, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.Created), a => Assert.Equal(HttpStatusCode.BadRequest, a.StatusCode));
        Assert.Equal(4, (await bureau.FilesOfAsync("case", push.Case)).Length);
        Assert.Single(office.StoredFiles());
    }

    /// <summary>The program itself, in a process of its own, killed while a file is coming in: what had come counts, nothing is half there.</summary>
    [Theory, EveryDatabase]
    public async Task An_upload_cut_off_by_kill_9_goes_on_in_the_next_process(Database database)
    {
        await using var office = await Office.OpenAsync(database, Liandong.Kernel.Calendar.Beijing.DayOf(TimeProvider.System.GetUtcNow()).AddDays(-2));
        var push = await office.Given.PushDeliveredAsync(await office.Given.OrganAsync("区市场监管局"));
        var client = await office.Given.ClientAsync(await office.Given.BureauAsync(), Scopes.CasesWrite);
        var file = SampleFiles.LargePdf(6_000_000);
        string place;
        await using (var host = await ChildHost.StartAsync(office.Database))
        {
            var http = await host.ClientAsync(client);
            place = await http.BegunAsync(file.Length, ("filename", "大图.pdf"), ("kind", "case"), ("matter", push.Case.ToString()));
            Assert.Equal(HttpStatusCode.NoContent, (await http.PieceAsync(place, 0, file[..1_000_000])).StatusCode);
            // A piece of which one part arrives, and the rest does not come before the end.
            using var end = new CancellationTokenSource();
            var sending = http.PieceAsync(place, 1_000_000, new HaltingContent(file.AsMemory(1_000_000, 2_000_000), after: 700_000, end.Token));
            var part = Path.Combine(GivenFiles.FolderOf(office), ".uploads", $"{Guid.Parse(place.Split('/')[^1]):N}.part");
            for (var waited = 0; new FileInfo(part).Length < 1_400_000 && waited < 600; waited++) await Task.Delay(50, Office.Stop);
            host.Kill();
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => sending);
        }
        Assert.DoesNotContain(office.StoredFiles(), f => !f.EndsWith(".part", StringComparison.Ordinal));
        Assert.Equal(0, await office.LookAsync(db => db.Attachments.CountAsync()));

        await using var next = await ChildHost.StartAsync(office.Database);
        var again = await next.ClientAsync(client);
        var offset = await again.OffsetAsync(place);
        Assert.InRange(offset, 1_400_000, 1_700_000);
        Assert.Equal(HttpStatusCode.NoContent, (await again.PieceAsync(place, offset, file[(int)offset..])).StatusCode);
        var row = Assert.Single(await again.FilesOfAsync("case", push.Case));
        Assert.Equal(file, await again.GetByteArrayAsync($"/api/v1/attachments/{row.Id}/content", Office.Stop));
        Assert.Equal([Path.Combine("370102", row.Sm3[..2], row.Sm3[2..4], row.Sm3)], office.StoredFiles());
        Assert.Empty((await office.ActAsync(s => s.GetRequiredService<CheckContents>().RunAsync(Office.Stop))).What);
        await office.ChainHoldsAsync();
    }

    /// <summary>Sends its first bytes and then nothing more until the end.</summary>
    private sealed class HaltingContent(ReadOnlyMemory<byte> whole, int after, CancellationToken end) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(whole[..after], Office.Stop);
            await stream.FlushAsync(Office.Stop);
            await Task.Delay(TimeSpan.FromMinutes(5), end);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = whole.Length;
            return true;
        }
    }
}
