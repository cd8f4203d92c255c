using System.Diagnostics;
using Liandong.Data;
using Liandong.Modules.Linkage.Reconciling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Liandong.Bench;

/// <summary>
/// Many cases on PostgreSQL. A base of 20,000 is taken in by the product's own bulk and indexed by its own follower; the rest are copies of those
/// rows with keys and numbers of their own, a few days older each time and most of them claimed, written by the server itself. Only the ledger's
/// hashes are not chained anew: no read looks at them.
/// </summary>
public static class ReadData
{
    public const int Base = 20_000;
    private const int Parties = 5000, DaysApart = 6;

    /// <summary>Which columns of a copy are keys of rows that are copied too, or numbers that must differ.</summary>
    private static readonly (string Table, string[] Keys, string[] Numbers)[] Copied =
    [
        ("parties", ["id"], ["key"]),
        ("cases", ["id", "party", "permit"], ["number", "permit_number"]),
        ("permits", ["id", "case", "party"], ["number"]),
        ("pushes", ["id", "case", "party", "permit"], ["number", "case_number", "permit_number"]),
        ("push_events", ["id", "push"], []),
        ("duties", ["id", "subject_id"], ["subject_number"]),
        ("ledger_entries", ["subject_id"], []),
        ("search_docs", ["id"], ["number"]),
    ];

    /// <summary>Fills an empty district to a number of cases.</summary>
    public static async Task FillAsync(Cluster cluster, string database, District district, int cases)
    {
        var watch = Stopwatch.StartNew();
        using (var host = await Host.StartAsync(district.Choice))
        using (var http = await host.SignInAsync(district.BureauClient))
        {
            await Bulk.SendAsync(http, 1, Base, n => district.Handled[(int)(n % district.Handled.Count)].Code, Parties);
            Console.WriteLine($"  {Base:#,0} cases taken in after {watch.Elapsed.TotalSeconds:0} s");
            while (await district.LookAsync(async db => await db.LedgerCursors.Where(c => c.Reader == "search").Select(c => c.Number).FirstOrDefaultAsync() < await db.ChainHeads.Select(h => h.Number).FirstAsync())) await Task.Delay(500);
        }
        Console.WriteLine($"  and indexed after {watch.Elapsed.TotalSeconds:0} s");
        await using var connection = new NpgsqlConnection(cluster.Super.Replace("Database=postgres", "Database=" + database, StringComparison.Ordinal));
        await connection.OpenAsync();
        await RunAsync(connection, "SET session_replication_role = replica; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'");
        await RunAsync(connection, """
            CREATE OR REPLACE FUNCTION bench_key(id uuid, k int) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
              SELECT (lpad(to_hex(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint - k * 518400000::bigint), 12, '0') || '7' || substr(md5(id::text || k), 1, 3) || '8' || substr(md5(id::text || k), 4, 15))::uuid
            $$
            """);
        var indexes = await TextsAsync(connection, $"SELECT indexdef FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname JOIN pg_index x ON x.indexrelid = c.oid WHERE i.schemaname = 'public' AND i.tablename IN ({string.Join(", ", Copied.Select(c => $"'{c.Table}'"))}, 'search_words') AND NOT x.indisprimary");
        foreach (var name in await TextsAsync(connection, $"SELECT indexname FROM pg_indexes i JOIN pg_class c ON c.relname = i.indexname JOIN pg_index x ON x.indexrelid = c.oid WHERE i.schemaname = 'public' AND i.tablename IN ({string.Join(", ", Copied.Select(c => $"'{c.Table}'"))}, 'search_words') AND NOT x.indisprimary"))
            await RunAsync(connection, $"DROP INDEX {name}");
        var copies = cases / Base - 1;
        foreach (var (table, keys, numbers) in Copied)
        {
            var columns = await TextsAsync(connection, $"SELECT column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position");
            var (names, values) = (new List<string>(), new List<string>());
            foreach (var column in columns)
            {
                var (name, type) = (column[..column.IndexOf(' ')], column[(column.IndexOf(' ') + 1)..]);
                names.Add($"\"{name}\"");
                values.Add(Copy(table, $"b.\"{name}\"", name, type, keys, numbers));
            }
            await RunAsync(connection, $"""
                INSERT INTO {table} ({string.Join(", ", names)}) SELECT {string.Join(", ", values)} FROM generate_series(1, {copies}) AS k, {table} AS b,
                  (SELECT max({(table == "ledger_entries" ? "number" : table == "search_docs" ? "row" : "1")}) AS last FROM {table}) AS t
                WHERE {(table == "duties" ? "b.subject_kind IN ('push', 'case')" : table == "ledger_entries" ? "b.subject_kind IN ('push', 'case')" : table == "search_docs" ? CopiedDocs("b") : "true")}
                """);
            Console.WriteLine($"  {table} after {watch.Elapsed.TotalSeconds:0} s");
        }
        // The words of the rows that were copied. Which they are is asked of the base alone: a key reckoned from two tables is no ground for a hash join.
        await RunAsync(connection, "ANALYZE search_docs; ANALYZE search_words");
        await RunAsync(connection, $"""
            INSERT INTO search_words (id, words) SELECT b.id + k * t.last, b.words
            FROM (SELECT max(id) AS last FROM search_words) AS t, search_words AS b JOIN search_docs AS d ON d.row = b.id AND ({CopiedDocs("d")}), generate_series(1, {copies}) AS k
            """);
        foreach (var index in indexes) await RunAsync(connection, index);
        await RunAsync(connection, "UPDATE chain_heads SET number = (SELECT max(number) FROM ledger_entries)");
        await RunAsync(connection, "UPDATE ledger_cursors SET number = (SELECT max(number) FROM ledger_entries)");
        // The copies were written without triggers.
        await district.ActAsync(async s =>
        {
            s.GetRequiredService<AppDb>().Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await s.GetRequiredService<RebuildCounts>().RunAsync(CancellationToken.None);
            return 0;
        });
        await RunAsync(connection, "VACUUM ANALYZE");
        await RunAsync(connection, "CHECKPOINT");
        Console.WriteLine($"  {cases:#,0} cases after {watch.Elapsed.TotalSeconds:0} s");
    }

    private static string CopiedDocs(string row) => string.Join(" OR ", new[] { "cases", "pushes", "permits", "parties" }.Select(kind => $"{row}.href LIKE '/{kind}/%'"));

    private static string Copy(string table, string value, string name, string type, string[] keys, string[] numbers)
    {
        // Nineteen of twenty older pushes have been claimed.
        var claimed = table == "pushes" ? "hashtext(b.id::text || k) % 20 <> 0" : "b.rule = 'result.claim' AND hashtext(b.subject_id::text || k) % 20 <> 0";
        if (table == "pushes" && name == "state") return $"CASE WHEN {claimed} THEN 'Claimed' ELSE {value} END";
        if (table == "pushes" && name == "waiting") return $"CASE WHEN {claimed} THEN false ELSE {value} END";
        if (table == "pushes" && name is "claimed_at" or "signed_at" && table == "pushes") return $"CASE WHEN {claimed} THEN b.created_at - k * interval '{DaysApart} days' + interval '1 day' ELSE {value} END";
        if (table == "duties" && name == "closed_at") return $"CASE WHEN {claimed} THEN b.opened_at - k * interval '{DaysApart} days' + interval '1 day' ELSE {value} - k * interval '{DaysApart} days' END";
        if (table == "duties" && name == "closed_how") return $"CASE WHEN {claimed} THEN 'Discharged' ELSE {value} END";
        if (table == "ledger_entries" && name == "number" || table == "search_docs" && name == "row") return $"{value} + k * t.last";
        if (keys.Contains(name)) return $"bench_key({value}, k)";
        if (numbers.Contains(name)) return $"{value} || '-' || k";
        if (type.StartsWith("timestamp", StringComparison.Ordinal)) return $"{value} - k * interval '{DaysApart} days'";
        return type == "date" && name is not ("valid_from" or "valid_to") ? $"{value} - k * {DaysApart}" : value;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> TextsAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }
}
