using Liandong.Kernel.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

/// <summary>Brings the database to the current schema and adds what migrations cannot say the same way on both: search tables, row-level security, append-only triggers, the counts of reconciliation.</summary>
public static class PrepareDatabase
{
    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        if (db is SqliteDb) System.IO.Directory.CreateDirectory(scope.ServiceProvider.GetRequiredService<DatabaseChoice>().DataFolder);
        await db.Database.MigrateAsync(ct);
        var statements = db is SqliteDb ? SqliteExtras() : PostgresExtras(db);
        // Nodes that start at once take turns: PostgreSQL refuses two who replace one function or policy at the same moment.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (db is PostgresDb) await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(20190108)", ct);
        foreach (var statement in statements) await db.Database.ExecuteSqlRawAsync(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), ct);
        await CountStorage.PrepareAsync(db, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Brings to the disk what a context that is not <see cref="DatabaseChoice.Durable"/> wrote. Its connections must be closed.</summary>
    public static async Task MakeDurableAsync(DatabaseChoice database, CancellationToken ct)
    {
        // On PostgreSQL the log is written in order: the next durable commit brings all earlier ones with it.
        if (!database.IsSqlite) return;
        await using var connection = new SqliteConnection($"Data Source={database.SqliteFile};Pooling=False");
        await connection.OpenAsync(ct);
        await using var checkpoint = new SqliteCommand("PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)", connection);
        await checkpoint.ExecuteNonQueryAsync(ct);
        // Pages that earlier checkpoints wrote without waiting.
        using var file = File.OpenHandle(database.SqliteFile, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Sets a district up: its settings row and its chain head. Nothing happens if it is there.</summary>
    public static async Task<bool> AddDistrictAsync(AppDb db, string name, bool sample, DateTimeOffset at, CancellationToken ct)
    {
        if (await db.ChainHeads.AnyAsync(h => h.District == db.District, ct)) return false;
        db.ChainHeads.Add(new ChainHead { District = db.District, Number = 0, Hash = LedgerChain.Genesis });
        var settings = new DistrictSettings { District = db.District, Id = Guid.CreateVersion7(at), IsSample = sample };
        settings.Rename(name);
        db.DistrictSettings.Add(settings);
        try
        {
            await db.SaveRecordedAsync(ct);
        }
        catch (DbUpdateException failure) when (Uniqueness.IsViolated(failure))
        {
            // Another node that started at the same moment was first.
            db.ChangeTracker.Clear();
            return false;
        }
        return true;
    }

    private static IEnumerable<string> SqliteExtras() =>
    [
        "CREATE TRIGGER IF NOT EXISTS ledger_no_update BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
        "CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(marks, words, content='', contentless_delete=1, tokenize='unicode61')",
        "CREATE TRIGGER IF NOT EXISTS ledger_seals_no_update BEFORE UPDATE ON ledger_seals BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS ledger_seals_no_delete BEFORE DELETE ON ledger_seals BEGIN SELECT RAISE(ABORT, 'seals are append-only'); END",
        "CREATE TRIGGER IF NOT EXISTS ledger_no_delete BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    ];

    private static IEnumerable<string> PostgresExtras(AppDb db)
    {
        yield return """
            CREATE OR REPLACE FUNCTION liandong_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
            """;
        yield return """
            DO $$ BEGIN
              IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'ledger_append_only') THEN
                CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION liandong_append_only();
              END IF;
            END $$
            """;
        yield return "CREATE TABLE IF NOT EXISTS search_words (id bigint PRIMARY KEY, words tsvector NOT NULL)";
        // New rows wait in a list that every look-up reads from end to end, and a search makes a look-up for each kind: a short one. The server's own 4 MB cost ten times what the index does.
        yield return "CREATE INDEX IF NOT EXISTS ix_search_words ON search_words USING gin (words)";
        yield return "ALTER INDEX ix_search_words SET (gin_pending_list_limit = 128)";
        yield return """
            DO $$ BEGIN
              IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'seals_append_only') THEN
                CREATE TRIGGER seals_append_only BEFORE UPDATE OR DELETE ON ledger_seals FOR EACH ROW EXECUTE FUNCTION liandong_append_only();
              END IF;
            END $$
            """;
        var tables = db.Model.GetEntityTypes().Where(t => t.FindProperty(Conventions.District) is not null && !t.IsTechnical()).Select(t => t.GetTableName()!).Distinct();
        foreach (var table in tables)
            yield return $"""
                DO $$ BEGIN
                  IF NOT EXISTS (SELECT 1 FROM pg_policies WHERE schemaname = current_schema() AND tablename = '{table}' AND policyname = 'own_district') THEN
                    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
                    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
                    CREATE POLICY own_district ON {table} USING (district = current_setting('{DistrictPools.Setting}', true)) WITH CHECK (district = current_setting('{DistrictPools.Setting}', true));
                  END IF;
                END $$
                """;
    }
}
