using System.Globalization;
using Liandong.Modules.Linkage.Reconciling;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<PushCount> PushCounts => Set<PushCount>();
    public DbSet<CaseCount> CaseCounts => Set<CaseCount>();
}

/// <summary>
/// The counts of reconciliation, and the triggers that keep them. A push is written in three ways (the tracked rows of an act, the sets of the group writer,
/// a limit that is carried over to it), and each of them changes the counts in the statement that changes the row: in its transaction, under the chain head
/// that it holds, so increments of a district never meet. On PostgreSQL a statement is one increment for each count that it touches, however many rows it
/// writes; SQLite knows triggers for single rows only.
/// </summary>
internal static class CountStorage
{
    private static readonly string NeverOn = $"'{Never.On:yyyy-MM-dd}'";
    private static readonly string NeverAt = $"'{Never.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}";

    /// <summary>Each figure by the condition under which <see cref="Modules.Linkage.PushFilter"/> opens a row of it.</summary>
    private static readonly Counted Pushes = new("push_counts", "pushes", "1 = 1",
        [
            ("sent_on", "r.sent_on", "r.sent_on"), ("organ", "r.organ", "r.organ"), ("item", "r.item", "r.item"),
            ("delivered_on", $"COALESCE(r.delivered_on, {NeverOn})", $"COALESCE(r.delivered_on, {NeverOn})"), ("due_at", $"COALESCE(r.due_at, {NeverAt}')", $"COALESCE(r.due_at, {NeverAt}+00')"),
        ],
        [
            ("sent", "1 = 1"), ("pending", "r.state = 'Pending'"), ("waiting", "r.waiting"), ("claimed", "r.state = 'Claimed'"), ("\"returning\"", "r.state = 'Returned'"), ("rerouted", "r.state = 'Rerouted'"),
            ("disputed", "r.state = 'Disputed'"), ("closed", "r.state = 'Closed'"), ("delivered", "r.delivered_at IS NOT NULL"), ("signed", "r.signed_at IS NOT NULL"),
            ("returned", "r.returned_at IS NOT NULL"), ("late", "r.state = 'Claimed' AND r.claimed_at >= r.due_at"), ("by_reroute", "r.by_reroute"), ("beside", "r.beside"),
        ],
        ["sent_on", "organ", "item", "delivered_on", "due_at", "state", "waiting", "delivered_at", "signed_at", "returned_at", "claimed_at", "by_reroute", "beside"]);

    /// <summary>Decided cases by their Beijing day. Whole seconds on SQLite: its day functions round fractions, and the last microsecond of a day would fall on the next.</summary>
    private static readonly Counted Cases = new("case_counts", "cases", "r.decided_at IS NOT NULL",
        [
            ("decided_on", "date(substr(r.decided_at, 1, 19), '+8 hours')", "((r.decided_at AT TIME ZONE 'UTC') + INTERVAL '8 hours')::date"), ("item", "r.item", "r.item"),
            ("pushed_on", $"COALESCE(r.pushed_on, {NeverOn})", $"COALESCE(r.pushed_on, {NeverOn})"),
        ],
        [("cases", "1 = 1")], ["decided_at", "item", "pushed_on"]);

    public static void Map(ModelBuilder model)
    {
        model.Entity<PushCount>(count =>
        {
            count.ToTable("push_counts");
            count.HasKey(c => new { c.District, c.SentOn, c.Organ, c.Item, c.DeliveredOn, c.DueAt });
            count.HasIndex(c => new { c.District, c.DeliveredOn });
        });
        model.Entity<CaseCount>(count =>
        {
            count.ToTable("case_counts");
            count.HasKey(c => new { c.District, c.DecidedOn, c.Item, c.PushedOn });
            count.HasIndex(c => new { c.District, c.PushedOn });
        });
    }

    /// <summary>
    /// Makes the triggers where there are none, and counts what is there already in the same transaction: in between nothing can be written uncounted. A migration
    /// that makes one of the tables anew takes its triggers with it.
    /// </summary>
    public static async Task PrepareAsync(AppDb db, CancellationToken ct)
    {
        foreach (var counted in (Counted[])[Pushes, Cases])
        {
            if (db is PostgresDb) await RunAsync(db, counted.PostgresFunction, ct);
            var name = counted.Trigger("added");
            var there = db is SqliteDb ? db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM sqlite_master WHERE type = 'trigger' AND name = {name}")
                : db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_trigger WHERE tgname = {name} AND tgrelid = CAST({counted.Rows} AS regclass)");
            if (await there.FirstAsync(ct) > 0) continue;
            foreach (var trigger in db is SqliteDb ? counted.SqliteTriggers : counted.PostgresTriggers) await RunAsync(db, trigger, ct);
            foreach (var district in await db.ChainHeads.IgnoreQueryFilters().AsNoTracking().Select(h => h.District).ToListAsync(ct))
            {
                // Row-level security shows each district its own rows only, to whoever asks.
                if (db is PostgresDb) await db.Database.ExecuteSqlAsync($"SELECT set_config({DistrictPools.Setting}, {district}, true)", ct);
                await RecountAsync(db, counted, district, ct);
            }
        }
    }

    /// <summary>Counts a district anew. Inside a transaction that holds its chain head, or before anybody can write.</summary>
    public static async Task RecountAsync(AppDb db, string district, CancellationToken ct)
    {
        foreach (var counted in (Counted[])[Pushes, Cases]) await RecountAsync(db, counted, district, ct);
    }

    private static async Task RecountAsync(AppDb db, Counted counted, string district, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync(counted.Empty, [district], ct);
        await db.Database.ExecuteSqlRawAsync(counted.Fill(db is SqliteDb), [district], ct);
    }

    /// <summary>Days of which the counts are not what the rows say, the newest first: of sending, and of decision.</summary>
    public static async Task<(IReadOnlyList<DateOnly> Sent, IReadOnlyList<DateOnly> Decided)> DifferAsync(AppDb db, int take, CancellationToken ct) =>
        (await db.Database.SqlQueryRaw<DateOnly>(Pushes.Differences(db is SqliteDb), db.District, take).ToListAsync(ct), await db.Database.SqlQueryRaw<DateOnly>(Cases.Differences(db is SqliteDb), db.District, take).ToListAsync(ct));

    private static Task<int> RunAsync(AppDb db, string sql, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(sql, ct);

    /// <summary>What is counted: rows of a table by a key, with one figure for each condition. The columns of a row are written with <c>r.</c> before them.</summary>
    /// <param name="Only">Which rows are counted at all.</param>
    /// <param name="Reads">Columns whose change may change a count.</param>
    private sealed record Counted(string Table, string Rows, string Only, (string Column, string Sqlite, string Postgres)[] Key, (string Column, string When)[] Figures, string[] Reads)
    {
        public string Trigger(string when) => $"count_{Rows}_{when}";

        private string KeyColumns => string.Join(", ", Key.Select(k => k.Column).Prepend("district"));
        private string FigureColumns => string.Join(", ", Figures.Select(f => f.Column));
        private string KeyOf(bool sqlite) => string.Join(", ", Key.Select(k => sqlite ? k.Sqlite : k.Postgres).Prepend("r.district"));
        private string Places => string.Join(", ", Enumerable.Range(1, Key.Length + 1));
        private string FiguresOf(string sign) => string.Join(", ", Figures.Select(f => $"{sign}CASE WHEN {f.When} THEN 1 ELSE 0 END"));
        private string SumsOf(string sign) => string.Join(", ", Figures.Select(f => $"{sign}sum(CASE WHEN {f.When} THEN 1 ELSE 0 END)"));
        private string Into => $"INSERT INTO {Table} ({KeyColumns}, {FigureColumns}, version)";
        private string Add => $"ON CONFLICT ({KeyColumns}) DO UPDATE SET {string.Join(", ", Figures.Select(f => $"{f.Column} = {Table}.{f.Column} + excluded.{f.Column}"))}";

        public string Empty => $"DELETE FROM {Table} WHERE district = {{0}}";

        public string Fill(bool sqlite) => $"{Into} SELECT {KeyOf(sqlite)}, {SumsOf("")}, 0 FROM {Rows} AS r WHERE r.district = {{0}} AND {Only} GROUP BY {Places}";

        /// <summary>Counts that came down to nothing stay where they are and say the same as none.</summary>
        public string Differences(bool sqlite)
        {
            var kept = $"SELECT {KeyColumns}, {FigureColumns} FROM {Table} WHERE district = {{0}} AND NOT ({string.Join(" AND ", Figures.Select(f => f.Column + " = 0"))})";
            var counted = $"SELECT {KeyOf(sqlite)}, {SumsOf("")} FROM {Rows} AS r WHERE r.district = {{0}} AND {Only} GROUP BY {Places}";
            return $$"""
                WITH kept ({{KeyColumns}}, {{FigureColumns}}) AS ({{kept}}), counted ({{KeyColumns}}, {{FigureColumns}}) AS ({{counted}})
                SELECT DISTINCT {{Key[0].Column}} AS "Value" FROM (SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted) AS more UNION ALL SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept) AS less) AS differing
                ORDER BY {{Key[0].Column}} DESC LIMIT {1}
                """;
        }

        public IEnumerable<string> SqliteTriggers =>
        [
            $"CREATE TRIGGER {Trigger("added")} AFTER INSERT ON {Rows} BEGIN {One("NEW", "")}; END",
            $"CREATE TRIGGER {Trigger("changed")} AFTER UPDATE OF {string.Join(", ", Reads)} ON {Rows} WHEN ({Of("OLD")}) IS NOT ({Of("NEW")}) BEGIN {One("OLD", "-")}; {One("NEW", "")}; END",
            $"CREATE TRIGGER {Trigger("removed")} AFTER DELETE ON {Rows} BEGIN {One("OLD", "-")}; END",
        ];

        /// <summary>The rows of a statement, as it left and as it found them, are added up first: a count that they leave as it was is not written.</summary>
        public string PostgresFunction => $"""
            CREATE OR REPLACE FUNCTION liandong_count_{Rows}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF TG_OP = 'INSERT' THEN
                {Into} SELECT {KeyOf(false)}, {SumsOf("")}, 0 FROM added AS r WHERE {Only} GROUP BY {Places} {Add};
              ELSIF TG_OP = 'DELETE' THEN
                {Into} SELECT {KeyOf(false)}, {SumsOf("-")}, 0 FROM removed AS r WHERE {Only} GROUP BY {Places} {Add};
              ELSE
                {Into} SELECT {KeyColumns}, {string.Join(", ", Figures.Select(f => $"sum({f.Column})"))}, 0
                FROM (SELECT {KeyOf(false)}, {FiguresOf("")} FROM added AS r WHERE {Only} UNION ALL SELECT {KeyOf(false)}, {FiguresOf("-")} FROM removed AS r WHERE {Only}) AS moved ({KeyColumns}, {FigureColumns})
                GROUP BY {Places} HAVING {string.Join(" OR ", Figures.Select(f => $"sum({f.Column}) <> 0"))} {Add};
              END IF;
              RETURN NULL;
            END $$
            """;

        public IEnumerable<string> PostgresTriggers =>
        [
            $"CREATE TRIGGER {Trigger("added")} AFTER INSERT ON {Rows} REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION liandong_count_{Rows}()",
            $"CREATE TRIGGER {Trigger("changed")} AFTER UPDATE ON {Rows} REFERENCING NEW TABLE AS added OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION liandong_count_{Rows}()",
            $"CREATE TRIGGER {Trigger("removed")} AFTER DELETE ON {Rows} REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION liandong_count_{Rows}()",
        ];

        private string Of(string row) => string.Join(", ", Reads.Select(c => $"{row}.{c}"));

        private string One(string row, string sign) => $"{Into} SELECT {KeyOf(true)}, {FiguresOf(sign)}, 0 WHERE {Only} {Add}".Replace("r.", row + ".", StringComparison.Ordinal);
    }
}
