using Liandong.Desk;
using Liandong.Kernel.Duties;
using Liandong.Outbound;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Liandong.Data;

/// <summary>
/// The whole of the district's data. Each module maps its own entities in its <c>&lt;X&gt;Storage.cs</c>; what holds for all of
/// them (district, version token, instants, enums) is added here by convention.
/// </summary>
public abstract partial class AppDb(DbContextOptions options, DistrictScope scope) : DbContext(options), IDataProtectionKeyContext
{
    private bool recording;

    public string District => scope.Code;

    /// <summary>Today in Beijing by the one clock, for rows that may be read until a day.</summary>
    public DateOnly Today => scope.Today;

    public DbSet<Duty> Duties => Set<Duty>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<ChainHead> ChainHeads => Set<ChainHead>();
    public DbSet<CalendarNotice> CalendarNotices => Set<CalendarNotice>();
    public DbSet<CalendarOverlayDay> CalendarOverlayDays => Set<CalendarOverlayDay>();
    public DbSet<DistrictLimit> DistrictLimits => Set<DistrictLimit>();
    public DbSet<DistrictSettings> DistrictSettings => Set<DistrictSettings>();
    public DbSet<NumberSeries> NumberSeries => Set<NumberSeries>();
    public DbSet<LedgerCursor> LedgerCursors => Set<LedgerCursor>();
    public DbSet<UsedKey> UsedKeys => Set<UsedKey>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>The district's chain head, locked for the rest of the transaction where the database has row locks.</summary>
    public abstract IQueryable<ChainHead> LockedHead();

    /// <summary>
    /// Locks the chain head and asks which of a group's case numbers, parties and one-time keys are there, in one round trip. Where there are no round
    /// trips, nobody has asked and all of them may be there. Inside a transaction.
    /// </summary>
    internal abstract Task<GroupMeets> LockHeadAndMeetAsync(string[] cases, string[] parties, string[] keys, CancellationToken ct);

    /// <summary>A reader's cursor, locked for the rest of the transaction; nothing when another node holds it.</summary>
    public abstract IQueryable<LedgerCursor> LockedCursor(string reader);

    /// <summary>
    /// A transaction of work that would be done again if a crash took it: it does not wait for the disk. What a later durable commit rests on
    /// is on the disk with that commit. The context is used for nothing else afterwards.
    /// </summary>
    public abstract Task<IDbContextTransaction> BeginRedoableAsync(CancellationToken ct);

    /// <summary>
    /// Keeps the connection from query to query of one reading; opening one anew costs more than most of the queries. Nothing that waits for another
    /// connection may run meanwhile: enough of them at once would wait for each other.
    /// </summary>
    public async Task<HeldConnection> HoldConnectionAsync(CancellationToken ct)
    {
        await Database.OpenConnectionAsync(ct);
        return new HeldConnection(this);
    }

    public Task AddCursorIfAbsentAsync(string reader, CancellationToken ct) =>
        Database.ExecuteSqlAsync($"INSERT INTO ledger_cursors (district, reader, number) VALUES ({District}, {reader}, 0) ON CONFLICT DO NOTHING", ct);

    /// <summary>Saves business data; only <see cref="Ledger"/> calls it, with the act among the tracked rows.</summary>
    internal async Task SaveRecordedAsync(CancellationToken ct)
    {
        recording = true;
        try
        {
            await SaveChangesAsync(ct);
        }
        finally
        {
            recording = false;
        }
    }

    /// <summary>As <see cref="SaveRecordedAsync"/>, by one statement for each table (<see cref="SetWriter"/>), whatever the versions of the rows. The context tracks nothing afterwards.</summary>
    internal async Task WriteRecordedAsync(CancellationToken ct)
    {
        recording = true;
        try
        {
            CheckChanges();
        }
        finally
        {
            recording = false;
        }
        var writer = new SetWriter(this);
        ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var set in ChangeTracker.Entries().Where(e => e.State != EntityState.Unchanged).GroupBy(e => (e.Metadata, e.State)))
            writer.Add(set.Key.Metadata, [.. set.Select(e => e.Entity)], set.Key.State switch
            {
                EntityState.Added => false,
                EntityState.Modified => true,
                _ => throw new NotSupportedException($"{set.Key.Metadata.DisplayName()}: rows are not removed set-wise."),
            });
        ChangeTracker.AutoDetectChangesEnabled = true;
        await writer.WriteAsync(ct);
        ChangeTracker.Clear();
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        CheckChanges();
        // What has changed was found out just now: saving need not compare every row again.
        var detects = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        CheckChanges();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Values(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        CoreStorage.Map(builder);
        ModuleStorage.Map(builder);
        Conventions.Apply(builder, this);
    }

    private void CheckChanges()
    {
        var (head, directory, desks) = ((EntityEntry<ChainHead>?)null, false, new DeskMarks.Touched());
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached) continue;
            if (entry.Entity is ChainHead) head = Entry((ChainHead)entry.Entity);
            if (entry.Metadata.IsTechnical()) continue;
            if (!recording)
                throw new InvalidOperationException($"{entry.Metadata.DisplayName()} was changed without an act: business data is saved by Ledger.RecordAsync only.");
            if (entry.Entity is LedgerEntry && entry.State != EntityState.Added) throw new InvalidOperationException("The ledger is append-only.");
            if (entry.Metadata.FindProperty(Conventions.District) is not null && (string?)entry.Property(Conventions.District).CurrentValue != District)
                throw new InvalidOperationException($"{entry.Metadata.DisplayName()} belongs to another district than the scope.");
            if (entry.State == EntityState.Modified) entry.Property(Conventions.Version).CurrentValue = (int)entry.Property(Conventions.Version).CurrentValue! + 1;
            directory |= entry.Metadata.IsOfDirectory();
            desks.Add(entry.Metadata, entry.Entity, entry.State == EntityState.Added);
        }
        if (head is not { State: EntityState.Modified }) return;
        if (directory) head.Property(h => h.Directory).CurrentValue = head.Entity.Number;
        head.Property(h => h.Desks).CurrentValue = desks.After(head.Entity.Desks, head.Property(h => h.Number).OriginalValue, head.Entity.Number);
    }
}

/// <summary>What a group of messages meets in the database.</summary>
/// <param name="Head">Locked; null when the district was never set up.</param>
/// <param name="Cases">Numbers of cases that are there, or may be.</param>
/// <param name="Parties">Keys of parties that are there, or may be.</param>
/// <param name="Keys">One-time keys that were used.</param>
internal sealed record GroupMeets(ChainHead? Head, ICollection<string> Cases, ICollection<string> Parties, HashSet<string> Keys);

public readonly struct HeldConnection(AppDb db) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await db.Database.CloseConnectionAsync();
}

public sealed class SqliteDb(DbContextOptions<SqliteDb> options, DistrictScope scope) : AppDb(options, scope)
{
    public override IQueryable<ChainHead> LockedHead() => ChainHeads.Where(h => h.District == District);

    internal override async Task<GroupMeets> LockHeadAndMeetAsync(string[] cases, string[] parties, string[] keys, CancellationToken ct)
    {
        var head = await LockedHead().AsNoTracking().FirstOrDefaultAsync(ct);
        var used = keys.Length == 0 ? [] : await UsedKeys.AsNoTracking().Where(k => EF.Parameter(keys).Contains(k.Key)).Select(k => k.Key).ToListAsync(ct);
        return new GroupMeets(head, cases, parties, [.. used]);
    }

    public override IQueryable<LedgerCursor> LockedCursor(string reader) => LedgerCursors.Where(c => c.Reader == reader);

    public override async Task<IDbContextTransaction> BeginRedoableAsync(CancellationToken ct)
    {
        // For this opening of the connection alone: each opening sets its pragmas anew.
        await Database.OpenConnectionAsync(ct);
        SqlitePragmas.Forget(Database.GetDbConnection());
        await Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL", ct);
        return await Database.BeginTransactionAsync(ct);
    }

    public override Task PutSearchWordsAsync(IReadOnlyList<SearchWords> rows, CancellationToken ct)
    {
        var (connection, transaction) = ((SqliteConnection)Database.GetDbConnection(), (SqliteTransaction?)Database.CurrentTransaction?.GetDbTransaction());
        // Prepared once for all rows: to read a statement costs SQLite more than to carry it out.
        using var remove = new SqliteCommand("DELETE FROM search_words WHERE rowid = @row", connection, transaction);
        using var insert = new SqliteCommand("INSERT INTO search_words (rowid, marks, words) VALUES (@row, @marks, @words)", connection, transaction);
        var (old, row) = (remove.Parameters.Add("@row", SqliteType.Integer), insert.Parameters.Add("@row", SqliteType.Integer));
        var (marks, words) = (insert.Parameters.Add("@marks", SqliteType.Text), insert.Parameters.Add("@words", SqliteType.Text));
        foreach (var each in rows)
        {
            ct.ThrowIfCancellationRequested();
            if (!each.IsNew)
            {
                old.Value = each.Row;
                remove.ExecuteNonQuery();
            }
            (row.Value, marks.Value, words.Value) = (each.Row, each.Marks, each.Words);
            insert.ExecuteNonQuery();
        }
        return Task.CompletedTask;
    }

    public override async Task DropSearchWordsAsync(IReadOnlyList<long> rows, CancellationToken ct)
    {
        foreach (var row in rows) await Database.ExecuteSqlAsync($"DELETE FROM search_words WHERE rowid = {row}", ct);
    }

    public override Task<List<long>> WordlessSearchRowsAsync(int take, CancellationToken ct) => Database.SqlQuery<long>(
        $"SELECT d.row AS \"Value\" FROM search_docs d WHERE d.district = {District} AND NOT EXISTS (SELECT 1 FROM search_words_docsize w WHERE w.id = d.row) ORDER BY d.row LIMIT {take}").ToListAsync(ct);

    public override async Task<List<FoundRow>> FindSearchRowsAsync(IReadOnlyList<SoughtRows> sought, Kernel.Parties.BigramQuery query, long before, int take, CancellationToken ct)
    {
        var found = new List<FoundRow>();
        foreach (var (kind, mark, _) in sought)
        {
            // FTS5 keeps the rows of a word in their order and walks them from the newest, whatever it is. The marks are asked for in their own column: what a
            // person types reaches the words alone.
            var match = $"(marks : \"{SearchIndex.KindMark(kind)}\" AND marks : \"{mark}\") AND words : ({query.ToFts5()})";
            var rows = await Database.SqlQuery<long>($"SELECT rowid AS \"Value\" FROM search_words WHERE search_words MATCH {match} AND rowid < {before} ORDER BY rowid DESC LIMIT {take}").ToListAsync(ct);
            found.AddRange(rows.Select(row => new FoundRow(kind, row)));
        }
        return found;
    }
}

public sealed class PostgresDb(DbContextOptions<PostgresDb> options, DistrictScope scope) : AppDb(options, scope)
{
    public override IQueryable<ChainHead> LockedHead() => ChainHeads.FromSql($"SELECT * FROM chain_heads WHERE district = {District} FOR UPDATE");

    internal override async Task<GroupMeets> LockHeadAndMeetAsync(string[] cases, string[] parties, string[] keys, CancellationToken ct)
    {
        // Two statements, since the second must see what was committed while the first waited. Each name is looked up for itself: of a list of names and a table that
        // it has no figures of yet, the server reads all that the district has.
        await using var batch = new NpgsqlBatch((NpgsqlConnection)Database.GetDbConnection(), (NpgsqlTransaction?)Database.CurrentTransaction?.GetDbTransaction())
        {
            BatchCommands =
            {
                new("SELECT number, hash, directory, desks FROM chain_heads WHERE district = $1 FOR UPDATE") { Parameters = { new() { Value = District } } },
                new("""
                    SELECT 1, s.name FROM unnest($2) AS s (name) CROSS JOIN LATERAL (SELECT FROM cases WHERE district = $1 AND number = s.name LIMIT 1) AS f
                    UNION ALL SELECT 2, s.name FROM unnest($3) AS s (name) CROSS JOIN LATERAL (SELECT FROM parties WHERE district = $1 AND key = s.name LIMIT 1) AS f
                    UNION ALL SELECT 3, s.name FROM unnest($4) AS s (name) CROSS JOIN LATERAL (SELECT FROM used_keys WHERE district = $1 AND key = s.name LIMIT 1) AS f
                    """) { Parameters = { new() { Value = District }, new() { Value = cases }, new() { Value = parties }, new() { Value = keys } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var head = await reader.ReadAsync(ct) ? new ChainHead { District = District, Number = reader.GetInt64(0), Hash = reader.GetString(1), Directory = reader.GetInt64(2), Desks = reader.GetFieldValue<byte[]>(3) } : null;
        await reader.NextResultAsync(ct);
        var meets = new GroupMeets(head, [], [], []);
        while (await reader.ReadAsync(ct))
        {
            var met = reader.GetInt32(0) switch { 1 => meets.Cases, 2 => meets.Parties, _ => meets.Keys };
            met.Add(reader.GetString(1));
        }
        return meets;
    }

    public override IQueryable<LedgerCursor> LockedCursor(string reader) =>
        LedgerCursors.FromSql($"SELECT * FROM ledger_cursors WHERE district = {District} AND reader = {reader} FOR UPDATE SKIP LOCKED");

    public override async Task<IDbContextTransaction> BeginRedoableAsync(CancellationToken ct)
    {
        var transaction = await Database.BeginTransactionAsync(ct);
        await Database.ExecuteSqlRawAsync("SET LOCAL synchronous_commit = off", ct);
        return transaction;
    }

    public override Task PutSearchWordsAsync(IReadOnlyList<SearchWords> rows, CancellationToken ct)
    {
        var (ids, marks, words) = (rows.Select(r => r.Row).ToArray(), rows.Select(r => r.Marks).ToArray(), rows.Select(r => r.Words).ToArray());
        return Database.ExecuteSqlAsync($"""
            INSERT INTO search_words (id, words)
            SELECT r.id, array_to_tsvector(string_to_array(r.marks, ' ')) || to_tsvector('simple', r.words) FROM unnest({ids}, {marks}, {words}) AS r (id, marks, words)
            ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words
            """, ct);
    }

    public override Task DropSearchWordsAsync(IReadOnlyList<long> rows, CancellationToken ct)
    {
        var ids = rows.ToArray();
        return Database.ExecuteSqlAsync($"DELETE FROM search_words WHERE id = ANY ({ids})", ct);
    }

    public override Task<List<long>> WordlessSearchRowsAsync(int take, CancellationToken ct) => Database.SqlQuery<long>(
        $"SELECT d.row AS \"Value\" FROM search_docs d WHERE d.district = {District} AND NOT EXISTS (SELECT 1 FROM search_words w WHERE w.id = d.row) ORDER BY d.row LIMIT {take}").ToListAsync(ct);

    // The server's figures tell it nothing of a rare word, and nothing of a common one that is in no row of the kind: left to itself it would walk to the end. So it
    // is told: walk where a page is near, and only a little way; otherwise take all from the index, and look at the place of the page afterwards, or it would fetch all rows below it. All that is asked for goes in one statement each way.
    public override async Task<List<FoundRow>> FindSearchRowsAsync(IReadOnlyList<SoughtRows> sought, Kernel.Parties.BigramQuery query, long before, int take, CancellationToken ct)
    {
        var found = new List<FoundRow>();
        var left = sought;
        if (sought.Where(s => s.Many).ToList() is { Count: > 0 } many && await IsCommonAsync(query, ct))
        {
            // Through the rows of each kind: of parties there are few among the newest rows, and none where the same parties apply again.
            var (numbers, kinds, matches) = Asked(many, query);
            var near = await Database.SqlQuery<FoundRow>($"""
                SELECT s.number AS kind, f.row FROM unnest({numbers}, {kinds}, {matches}) AS s (number, kind, match) CROSS JOIN LATERAL (
                  SELECT d.row FROM (SELECT row FROM search_docs WHERE district = {District} AND kind = s.kind AND row < {before} ORDER BY row DESC LIMIT 2000) AS d
                  WHERE (SELECT words FROM search_words WHERE id = d.row) @@ CAST(s.match AS tsquery) ORDER BY d.row DESC LIMIT {take}) AS f
                """).ToListAsync(ct);
            var full = near.GroupBy(r => r.Kind).Where(g => g.Count() == take).ToDictionary(g => g.Key);
            found.AddRange(full.Values.SelectMany(rows => rows));
            left = [.. sought.Where(s => !full.ContainsKey(s.Kind))];
        }
        if (left.Count == 0) return found;
        var (of, _, by) = Asked(left, query);
        found.AddRange(await Database.SqlQuery<FoundRow>($"""
            SELECT s.kind, f.row FROM unnest({of}, {by}) AS s (kind, match) CROSS JOIN LATERAL (
              WITH carrying AS MATERIALIZED (SELECT id FROM search_words WHERE words @@ CAST(s.match AS tsquery)) SELECT id AS row FROM carrying WHERE id < {before} ORDER BY id DESC LIMIT {take}) AS f
            """).ToListAsync(ct));
        return found;
    }

    /// <summary>Whether many of the newest rows carry all of the query.</summary>
    private async Task<bool> IsCommonAsync(Kernel.Parties.BigramQuery query, CancellationToken ct) =>
        await Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM (SELECT words FROM search_words ORDER BY id DESC LIMIT 600) AS newest WHERE words @@ CAST({query.ToTsQuery()} AS tsquery)").FirstAsync(ct) >= 3;

    /// <summary>The kinds, and for each what its rows must match. A mark begins with a sign that no token of a query has: what a person types reaches the words alone. It stands without a position, so no phrase runs over it.</summary>
    private static (int[] Numbers, string[] Kinds, string[] Matches) Asked(IReadOnlyList<SoughtRows> sought, Kernel.Parties.BigramQuery query) =>
        ([.. sought.Select(s => (int)s.Kind)], [.. sought.Select(s => s.Kind.ToString())], [.. sought.Select(s => $"'{SearchIndex.KindMark(s.Kind)}' & '{s.Mark}' & {query.ToTsQuery()}")]);
}
