using System.Diagnostics;
using System.Net;
using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Attachments;

/// <summary>Where the bytes lie: what the check finds, what the collector takes, what a full disk does.</summary>
public sealed class StoreTests
{
    [Theory, EveryDatabase]
    public async Task The_check_names_what_is_missing_changed_or_unknown(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var bureau = office.Client(linked.Approver);
        var (gone, changed) = (await bureau.AttachAsync("case", push.Case, "a.pdf", SampleFiles.Pdf("a")), await bureau.AttachAsync("case", push.Case, "b.pdf", SampleFiles.Pdf("b")));
        Assert.Empty(await CheckAsync(office));

        var store = (DiskStore)office.Services.GetRequiredService<IContentStore>();
        File.Delete(store.PlaceOf(Office.DistrictCode, gone.Sm3));
        await File.AppendAllTextAsync(store.PlaceOf(Office.DistrictCode, changed.Sm3), "x", Office.Stop);
        var stray = new string('0', 64);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(store.PlaceOf(Office.DistrictCode, stray))!);
        await File.WriteAllTextAsync(store.PlaceOf(Office.DistrictCode, stray), "x", Office.Stop);
        File.SetLastWriteTimeUtc(store.PlaceOf(Office.DistrictCode, stray), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var found = await CheckAsync(office);
        Assert.Equal(3, found.Count);
        Assert.Contains(found, f => f.Contains(gone.Sm3, StringComparison.Ordinal) && f.Contains("丢失", StringComparison.Ordinal));
        Assert.Contains(found, f => f.Contains(changed.Sm3, StringComparison.Ordinal) && f.Contains("改动", StringComparison.Ordinal));
        Assert.Contains(found, f => f.Contains(stray, StringComparison.Ordinal) && f.Contains("没有登记", StringComparison.Ordinal));
        Assert.Equal("attachment.missing", await (await bureau.GetAsync($"/api/v1/attachments/{gone.Id}/content", Office.Stop)).CodeAsync());
        // The same bytes sent once more mend both.
        await bureau.AttachAsync("case", push.Case, "a.pdf", SampleFiles.Pdf("a"));
        await bureau.AttachAsync("case", push.Case, "b.pdf", SampleFiles.Pdf("b"));
        Assert.Contains(stray, Assert.Single(await CheckAsync(office)), StringComparison.Ordinal);
        Assert.Equal(SampleFiles.Pdf("a"), await bureau.GetByteArrayAsync($"/attachments/{gone.Id}", Office.Stop));
    }

    [Theory, EveryDatabase]
    public async Task The_collector_takes_what_nobody_refers_to_a_day_later_and_nothing_else(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var approver = office.Client(await office.Given.MemberAsync(await office.Given.BureauAsync(), Roles.Approver));
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        var open = (await office.Given.SendAsync(office.Given.CaseMessage(item, c => c with { Decision = null, DecidedAt = null, DeliveredAt = null, Permit = null }))).Id!.Value;
        var (removed, kept) = (await approver.AttachAsync("case", open, "a.pdf", SampleFiles.Pdf("a")), await approver.AttachAsync("case", open, "b.pdf", SampleFiles.Pdf("b")));
        Assert.Equal(HttpStatusCode.NoContent, (await approver.DeleteAsync($"/api/v1/attachments/{removed.Id}", Office.Stop)).StatusCode);

        Assert.Equal(0, (await CollectAsync(office)).Contents);
        office.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, (await CollectAsync(office)).Contents);
        Assert.Equal([kept.Sm3], office.StoredFiles().Select(f => Path.GetFileName(f)));
        Assert.Empty(await CheckAsync(office));

        // Condemned by a collector that died before it came to the bytes: nobody may build on it, and the next one finishes.
        await office.LookAsync(db => db.StoredContents.ExecuteUpdateAsync(set => set.SetProperty(c => c.CondemnedAt, c => c.TouchedAt), Office.Stop));
        var sending = approver.PostFilesAsync("case", open, ("c.pdf", SampleFiles.Pdf("b")));
        Assert.Equal(1, (await CollectAsync(office)).Contents);
        Assert.Equal(HttpStatusCode.Created, (await sending).StatusCode);
        Assert.Equal(SampleFiles.Pdf("b"), await approver.GetByteArrayAsync($"/attachments/{kept.Id}", Office.Stop));
    }

    /// <summary>A disk of two megabytes: a file that does not fit is refused in words, nothing of it stays, and a smaller one goes in.</summary>
    [Fact]
    public async Task A_full_disk_is_said_and_leaves_nothing_behind()
    {
        await using var office = await Office.OpenAsync(Database.Sqlite);
        var folder = GivenFiles.FolderOf(office);
        System.IO.Directory.CreateDirectory(folder);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder), "A small disk could not be mounted: this needs root.");
        try
        {
            var linked = await office.Given.LinkedAsync();
            var push = await office.Given.PushDeliveredAsync(linked.First);
            var bureau = office.Client(linked.Approver);
            Assert.Equal("attachment.disk-full", await (await bureau.PostFilesAsync("case", push.Case, ("大.pdf", SampleFiles.LargePdf(3_000_000)))).CodeAsync());
            Assert.Empty(office.StoredFiles());
            var place = await bureau.BegunAsync(3_000_000, ("filename", "大.pdf"));
            Assert.Equal(HttpStatusCode.NoContent, (await bureau.PieceAsync(place, 0, SampleFiles.LargePdf(3_000_000)[..1_000_000])).StatusCode);
            Assert.Equal("attachment.disk-full", await (await bureau.PieceAsync(place, 1_000_000, SampleFiles.LargePdf(3_000_000)[1_000_000..])).CodeAsync());
            Assert.Equal(1_000_000, await bureau.OffsetAsync(place));
            await bureau.AttachAsync("case", push.Case, "小.pdf", SampleFiles.Pdf());
            Assert.Single(await bureau.FilesOfAsync("case", push.Case));
        }
        finally
        {
            Run("umount", folder);
        }
    }

    [Fact]
    public async Task Two_who_write_one_part_at_once_do_not_mix()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("liandong-spool-").FullName;
        try
        {
            var (spool, id) = (new Spool(new DatabaseChoice(folder, null)), Guid.CreateVersion7(DateTimeOffset.UnixEpoch));
            using var gate = new SemaphoreSlim(0);
            var slow = spool.AppendAsync(id, 0, 100, new Slow(gate), Office.Stop);
            Assert.Equal("upload.in-progress", (await Assert.ThrowsAsync<Refusal>(() => spool.AppendAsync(id, 0, 100, new MemoryStream([1, 2, 3]), Office.Stop))).Code);
            gate.Release();
            Assert.Equal(5, await slow);
            Assert.Equal(5, spool.LengthOf(id));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(Office office) => (await office.ActAsync(s => s.GetRequiredService<CheckContents>().RunAsync(Office.Stop))).What;

    private static Task<CollectGarbage.Cleared> CollectAsync(Office office) => office.ActAsync(s => s.GetRequiredService<CollectGarbage>().RunAsync(Office.Stop));

    private static bool Run(params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            return process.WaitForExit(TimeSpan.FromSeconds(20)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Five bytes, once it may.</summary>
    private sealed class Slow(SemaphoreSlim gate) : MemoryStream([1, 2, 3, 4, 5])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == 0) await gate.WaitAsync(cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
