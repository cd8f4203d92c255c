using System.Net;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Ledgers;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Ledgers;

public sealed class LedgerPageTests
{
    [Theory, EveryDatabase]
    public async Task What_was_changed_in_the_database_is_found_by_the_page_and_offline_from_the_export(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var audit = await office.Given.MemberAsync(bureau, Roles.AuditAdmin);
        var clerk = await office.Given.MemberAsync(bureau, Roles.Approver);
        for (var n = 0; n < 5; n++) await office.Given.OrganAsync($"单位{n}");
        var seal = await office.ActAsync(s => s.GetRequiredService<SealChain>().RunAsync(Office.Stop)) ?? (await office.LookAsync(db => LedgerQueries.HeadsAsync(db, 1, Office.Stop)))[0];
        var client = office.Client(audit);

        Assert.Contains("核验通过", await client.PageAsync("/ledger?verify=true"), StringComparison.Ordinal);
        foreach (var address in new[] { "/ledger", "/ledger/export", "/api/v1/ledger/verify" }) Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(clerk).GetAsync(address, Office.Stop)).StatusCode);
        Assert.Contains(seal.Hash, await office.Client().PageAsync("/ledger/heads"), StringComparison.Ordinal);

        var (export, seals, key) = (Path.Combine(office.Database.DataFolder, "export.ndjson"), Path.Combine(office.Database.DataFolder, "seals", "370102.ndjson"), Path.Combine(office.Database.DataFolder, "keys", "ledger-seal.pub"));
        await File.WriteAllTextAsync(export, await client.PageAsync("/ledger/export"), Office.Stop);
        Assert.Equal(0, Verify(export, seals, key).Code);
        var lines = await File.ReadAllLinesAsync(export, Office.Stop);
        await File.WriteAllLinesAsync(export, lines.Where((_, i) => i != 3), Office.Stop);
        Assert.Equal(1, Verify(export, seals, key).Code);
        Assert.Contains("4", Verify(export, seals, key).Said, StringComparison.Ordinal);
        await File.WriteAllLinesAsync(export, [.. lines[..2], lines[3], lines[2], .. lines[4..]], Office.Stop);
        Assert.Contains("Reordered at 3", Verify(export, seals, key).Said, StringComparison.Ordinal);
        await File.WriteAllLinesAsync(export, lines[..3], Office.Stop);
        Assert.Contains("Headless", Verify(export, seals, key).Said, StringComparison.Ordinal);
        Assert.Equal(2, Verify(export + "x", seals, key).Code);

        // Somebody with the database's keys takes the trigger off and changes an entry.
        await office.LookAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync(db is SqliteDb ? "DROP TRIGGER ledger_no_update" : "DROP TRIGGER ledger_append_only ON ledger_entries", Office.Stop);
            return await db.Database.ExecuteSqlRawAsync("UPDATE ledger_entries SET subject_title = '改过的单位' WHERE number = 5", Office.Stop);
        });
        Assert.Contains("第5号的内容与其哈希不符", await client.PageAsync("/ledger?verify=true"), StringComparison.Ordinal);
        Assert.Contains("摘要不符", await client.PageAsync("/ledger/5"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_seal_holds_for_its_own_key_and_content_only()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("liandong-test-").FullName;
        var key = new SealKey(new DatabaseChoice(folder, null));
        var seal = key.Sign("370102", 7, new string('a', 64), new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        Assert.True(SealKey.IsGenuine(seal, key.PublicKey));
        Assert.True(SealKey.IsGenuine(seal, new SealKey(new DatabaseChoice(folder, null)).PublicKey));
        Assert.False(SealKey.IsGenuine(seal with { Number = 8 }, key.PublicKey));
        Assert.False(SealKey.IsGenuine(seal, "00"));
        Assert.True(JsonSerializer.Serialize(seal, LedgerExport.Format).Length > 100);
        System.IO.Directory.Delete(folder, true);
    }

    [Fact]
    public void Seals_without_their_key_and_a_key_without_seals_are_said()
    {
        foreach (var (given, missing) in new[] { ("--seals", "--public-key"), ("--public-key", "--seals") })
        {
            using var says = new StringWriter();
            Assert.Equal(2, VerifyExport.Run(["ledger.ndjson", given, "file"], says));
            Assert.StartsWith($"{given} needs {missing}", says.ToString(), StringComparison.Ordinal);
        }
    }

    private static (int Code, string Said) Verify(string export, string seals, string key)
    {
        using var says = new StringWriter();
        return (VerifyExport.Run([export, "--seals", seals, "--public-key", key], says), says.ToString());
    }
}
