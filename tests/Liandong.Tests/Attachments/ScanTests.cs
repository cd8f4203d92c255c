using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Liandong.Attachments;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Attachments;

/// <summary>The virus scanner: what is infected is opened by nobody, what is not scanned yet is held, and a scanner that is down loses nothing.</summary>
public sealed class ScanTests
{
    private const string Marker = "LIANDONG-STANDARD-ANTIVIRUS-TEST-MARKER";

    [Theory, EveryDatabase]
    public async Task An_infected_file_goes_into_quarantine_and_nobody_opens_it(Database database)
    {
        await using var scanner = new FakeClamd();
        var gate = new Gated(scanner.Address);
        await using var office = await Office.OpenAsync(database, with: s => s.AddSingleton<IVirusScanner>(gate), settings: new() { ["attachments:clamav"] = scanner.Address });
        await AsAnOfficeSeesItAsync(office, gate, "Fake.Marker");
        Assert.True(scanner.Scanned >= 2);
    }

    /// <summary>Debian's clamd with a signature of our own, over its socket.</summary>
    [Fact]
    public async Task ClamAV_itself_finds_its_signature()
    {
        await using var clamd = await Clamd.StartAsync();
        var gate = new Gated(clamd.Address);
        await using var office = await Office.OpenAsync(Database.Sqlite, with: s => s.AddSingleton<IVirusScanner>(gate), settings: new() { ["attachments:clamav"] = clamd.Address });
        await AsAnOfficeSeesItAsync(office, gate, "Liandong.Test.Marker.UNOFFICIAL");
    }

    [Theory, EveryDatabase]
    public async Task While_the_scanner_is_away_files_are_held_and_tried_again(Database database)
    {
        var scanner = new FakeClamd();
        var address = scanner.Address;
        await scanner.DisposeAsync();
        await using var office = await Office.OpenAsync(database, settings: new() { ["attachments:clamav"] = address });
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var bureau = office.Client(linked.Approver);
        var row = await bureau.AttachAsync("case", push.Case, "a.pdf", SampleFiles.Pdf());
        await UntilAsync(office, row.Sm3, c => c.ScanTries > 0);
        var held = Assert.Single(await bureau.FilesOfAsync("case", push.Case));
        Assert.Equal(("scanning", false, false), (held.Scan, held.MayOpen, held.MayPreview));
        Assert.Equal("attachment.scanning", await (await bureau.GetAsync($"/api/v1/attachments/{row.Id}/content", Office.Stop)).CodeAsync());
        Assert.Contains("扫描中", await bureau.PageAsync($"/cases/{push.Case}"), StringComparison.Ordinal);

        await using var back = new FakeClamd(int.Parse(address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
        // Not before its time, and then at once.
        Assert.Equal(0, await ScanAsync(office));
        office.Time.Advance(TimeSpan.FromMinutes(5));
        await UntilAsync(office, row.Sm3, c => c.Scan == ScanState.Clean, () => ScanAsync(office));
        Assert.Equal(SampleFiles.Pdf(), await bureau.GetByteArrayAsync($"/attachments/{row.Id}", Office.Stop));
    }

    [Theory, EveryDatabase]
    public async Task A_switch_lets_files_be_opened_before_they_are_scanned(Database database)
    {
        await using var office = await Office.OpenAsync(database, settings: new() { ["attachments:clamav"] = "127.0.0.1:1", ["attachments:open-unscanned"] = "true" });
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var bureau = office.Client(linked.Approver);
        var row = await bureau.AttachAsync("case", push.Case, "a.pdf", SampleFiles.Pdf());
        Assert.Equal(SampleFiles.Pdf(), await bureau.GetByteArrayAsync($"/attachments/{row.Id}", Office.Stop));
    }

    [Fact]
    public async Task The_wire_is_that_of_INSTREAM()
    {
        await using var scanner = new FakeClamd();
        var content = SampleFiles.LargePdf(1_000_000);
        Assert.Null((await new ClamAv(scanner.Address).ScanAsync(new MemoryStream(content), Office.Stop)).Signature);
        Assert.Equal(content, scanner.Last);
        Assert.Equal("Fake.Marker", (await new ClamAv(scanner.Address).ScanAsync(new MemoryStream(Encoding.ASCII.GetBytes(Marker)), Office.Stop)).Signature);
        scanner.Say = "INSTREAM size limit exceeded. ERROR";
        Assert.Contains("size limit", (await Assert.ThrowsAsync<IOException>(() => new ClamAv(scanner.Address).ScanAsync(new MemoryStream(content), Office.Stop))).Message, StringComparison.Ordinal);
        scanner.Say = "";
        await Assert.ThrowsAsync<IOException>(() => new ClamAv(scanner.Address).ScanAsync(new MemoryStream(content), Office.Stop));
        await Assert.ThrowsAsync<IOException>(() => new ClamAv("unix:/nowhere/clamd.ctl").ScanAsync(new MemoryStream(content), Office.Stop));
    }

    private static async Task AsAnOfficeSeesItAsync(Office office, Gated gate, string signature)
    {
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var bureau = office.Client(linked.Approver);
        var (clean, bad) = (await bureau.AttachAsync("case", push.Case, "好.pdf", SampleFiles.Pdf("ok")), await bureau.AttachAsync("case", push.Case, "坏.pdf", SampleFiles.Pdf(Marker)));
        Assert.All(await bureau.FilesOfAsync("case", push.Case), r => Assert.Equal(("scanning", false), (r.Scan, r.MayOpen)));
        gate.Open();
        await UntilAsync(office, clean.Sm3, c => c.Scan == ScanState.Clean);
        await UntilAsync(office, bad.Sm3, c => c is { Scan: ScanState.Infected, Quarantined: true });

        var rows = (await bureau.FilesOfAsync("case", push.Case)).ToDictionary(r => r.Id, r => (r.Scan, r.MayOpen));
        Assert.Equal((("clean", true), ("infected", false)), (rows[clean.Id], rows[bad.Id]));
        Assert.Equal(SampleFiles.Pdf("ok"), await bureau.GetByteArrayAsync($"/attachments/{clean.Id}", Office.Stop));
        foreach (var client in new[] { bureau, office.Client(linked.FirstOfficer) })
        {
            Assert.Equal("attachment.infected", await (await client.GetAsync($"/api/v1/attachments/{bad.Id}/content", Office.Stop)).CodeAsync());
            Assert.Equal(HttpStatusCode.Conflict, (await client.GetAsync($"/attachments/{bad.Id}/preview", Office.Stop)).StatusCode);
        }
        Assert.Contains("有毒", await office.Client(linked.FirstOfficer).PageAsync($"/pushes/{push.Id}"), StringComparison.Ordinal);
        Assert.Contains(office.StoredFiles(), f => f.StartsWith(".quarantine", StringComparison.Ordinal) && f.EndsWith(bad.Sm3, StringComparison.Ordinal));
        var entry = await office.LookAsync(db => db.LedgerEntries.AsNoTracking().SingleAsync(e => e.Act == "attachment.quarantined"));
        Assert.Equal(bad.Id, entry.SubjectId);
        Assert.Contains(signature, entry.Body, StringComparison.Ordinal);
        // The same bytes under any name are known now.
        Assert.Equal("attachment.infected", await (await bureau.PostFilesAsync("case", push.Case, ("新.pdf", SampleFiles.Pdf(Marker)))).CodeAsync());
        Assert.Empty((await office.ActAsync(s => s.GetRequiredService<CheckContents>().RunAsync(Office.Stop))).What);
    }

    private static Task<int> ScanAsync(Office office) => office.ActAsync(s => s.GetRequiredService<ScanContents>().RunAsync(Office.Stop));

    private static async Task UntilAsync(Office office, string sm3, Func<StoredContent, bool> holds, Func<Task>? meanwhile = null)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            if (meanwhile is not null) await meanwhile();
            if (holds(await office.LookAsync(db => db.StoredContents.AsNoTracking().SingleAsync(c => c.Sm3 == sm3)))) return;
            await Task.Delay(100, Office.Stop);
        }
        Assert.Fail($"The scan of {sm3} did not come so far: {(await office.LookAsync(db => db.StoredContents.AsNoTracking().SingleAsync(c => c.Sm3 == sm3))).Scan}.");
    }

    /// <summary>The scanner, once the test lets it look; earlier, an infected file may be refused before it is attached at all.</summary>
    private sealed class Gated(string address) : IVirusScanner
    {
        private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => open.TrySetResult();

        public async Task<ScanResult> ScanAsync(Stream content, CancellationToken ct)
        {
            await open.Task.WaitAsync(ct);
            return await new ClamAv(address).ScanAsync(content, ct);
        }
    }

    /// <summary>Speaks INSTREAM on a loopback port and finds the marker.</summary>
    private sealed class FakeClamd : IAsyncDisposable
    {
        private readonly TcpListener listener;
        private readonly Task serving;
        private readonly CancellationTokenSource stop = new();

        public FakeClamd(int port = 0)
        {
            listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            serving = ServeAsync();
        }

        public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        public int Scanned { get; private set; }
        public byte[] Last { get; private set; } = [];

        /// <summary>Answers this instead of the truth; nothing at all when it is empty.</summary>
        public string? Say { get; set; }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync(stop.Token);
                    await using var line = client.GetStream();
                    var command = new byte["zINSTREAM\0".Length];
                    await line.ReadExactlyAsync(command, stop.Token);
                    Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
                    using var content = new MemoryStream();
                    for (var length = new byte[4]; ;)
                    {
                        await line.ReadExactlyAsync(length, stop.Token);
                        if (BinaryPrimitives.ReadInt32BigEndian(length) is var size && size == 0) break;
                        var piece = new byte[size];
                        await line.ReadExactlyAsync(piece, stop.Token);
                        content.Write(piece);
                    }
                    Last = content.ToArray();
                    Scanned++;
                    var answer = Say ?? (Encoding.ASCII.GetString(Last).Contains(Marker, StringComparison.Ordinal) ? "stream: Fake.Marker FOUND" : "stream: OK");
                    if (answer.Length > 0) await line.WriteAsync(Encoding.ASCII.GetBytes(answer + "\0"), stop.Token);
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException or IOException)
            {
                // The test is over.
            }
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            listener.Stop();
            await serving;
            stop.Dispose();
        }
    }

    /// <summary>The daemon of Debian's clamav-daemon with one signature, made here; the test is skipped aloud where it is not installed.</summary>
    private sealed class Clamd(Process process, string folder) : IAsyncDisposable
    {
        public string Address => $"unix:{folder}/clamd.ctl";

        public static async Task<Clamd> StartAsync()
        {
            var program = new[] { "/usr/sbin/clamd", "/usr/local/sbin/clamd", "/opt/homebrew/sbin/clamd" }.FirstOrDefault(File.Exists);
            Assert.SkipWhen(program is null, "clamd is not here (Debian package clamav-daemon).");
            var folder = System.IO.Directory.CreateTempSubdirectory("liandong-clamd-").FullName;
            System.IO.Directory.CreateDirectory(Path.Combine(folder, "db"));
            await File.WriteAllTextAsync(Path.Combine(folder, "db", "liandong.ndb"), $"Liandong.Test.Marker:0:*:{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Marker))}\n", Office.Stop);
            await File.WriteAllTextAsync(Path.Combine(folder, "clamd.conf"), $"""
                DatabaseDirectory {folder}/db
                LocalSocket {folder}/clamd.ctl
                Foreground yes
                LogFile {folder}/clamd.log
                TemporaryDirectory {folder}

                """, Office.Stop);
            var clamd = new Clamd(Process.Start(new ProcessStartInfo(program!, ["--config-file", Path.Combine(folder, "clamd.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })!, folder);
            for (var tries = 0; tries < 600; tries++)
            {
                if (clamd.HasEnded) throw new InvalidOperationException("clamd ended by itself: " + await clamd.SaidAsync());
                try
                {
                    await new ClamAv(clamd.Address).ScanAsync(new MemoryStream([1]), Office.Stop);
                    return clamd;
                }
                catch (IOException)
                {
                    await Task.Delay(100, Office.Stop);
                }
            }
            await clamd.DisposeAsync();
            throw new TimeoutException("clamd did not get ready.");
        }

        private bool HasEnded => process.HasExited;

        private async Task<string> SaidAsync() => await process.StandardError.ReadToEndAsync(Office.Stop) + await process.StandardOutput.ReadToEndAsync(Office.Stop);

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
