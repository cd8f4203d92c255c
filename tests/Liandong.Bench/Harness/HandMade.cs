using System.Data.Common;
using Liandong.Data;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Liandong.Bench;

/// <summary>
/// The limit to measure against: the rows that one act of the product left behind, read from its own tables and written again by hand-made
/// SQL under new keys, numbers and hashes. The same tables, columns, indexes and triggers; no framework, no check, no look-up.
/// </summary>
public sealed class HandMade
{
    private readonly List<Table> tables = [];
    private readonly List<Change> changes = [];
    private readonly List<string> ids = [];
    private readonly Dictionary<string, int> idAt = new(StringComparer.OrdinalIgnoreCase);
    private readonly (string Old, Func<long, string> New)[] texts;
    private string hash = "";
    private long number;

    private sealed record Table(string Name, string[] Columns, Type[] Types, NpgsqlDbType[] Kinds, List<object?[]> Rows)
    {
        public bool IsLedger => Name == "ledger_entries";
        public int At(string column) => Array.IndexOf(Columns, column);
    }

    /// <summary>Columns that the act gave other values, in the rows whose <paramref name="Key"/> is the subject.</summary>
    private sealed record Change(string Table, string Key, IReadOnlyList<(string Column, object? Value)> Set);

    /// <param name="N">Makes numbers differ.</param>
    /// <param name="Subject">The push that is claimed; empty where the act makes its subject.</param>
    public readonly record struct One(long N, Guid Subject = default);

    private HandMade((string, Func<long, string>)[] texts) => this.texts = texts;

    /// <summary>Rows written or changed for one act.</summary>
    public int RowsPerAct => tables.Sum(t => t.Rows.Count) + changes.Count;

    /// <param name="template">The number of the case whose rows are copied: it was sent to the product before.</param>
    /// <param name="key">The one-time key that it was sent with.</param>
    public static async Task<HandMade> ReadAsync(DbConnection connection, long template, string key)
    {
        async Task<List<string>> IdsAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            var found = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) found.Add(reader.GetValue(0).ToString()!);
            return found;
        }
        static string In(IEnumerable<string> values) => string.Join(", ", values.Select(v => $"'{v}'"));
        var cases = await IdsAsync($"SELECT id FROM cases WHERE number = '{Messages.NumberOf(template)}'");
        var pushes = await IdsAsync($"SELECT id FROM pushes WHERE \"case\" = {In(cases)}");
        var pushNumbers = await IdsAsync($"SELECT number FROM pushes WHERE \"case\" = {In(cases)}");
        var made = new HandMade(
        [
            (Messages.NumberOf(template), n => "H" + Messages.NumberOf(n)), (Messages.PartyCodeOf(template), n => $"H{n:00000000000000000}"), (pushNumbers[0], n => $"历审推〔2026〕H{n}号"),
            ($"JY1370102{template:00000000}", n => $"JYH{n:00000000000}"), (key, n => $"hand-made-{n}"),
        ]);
        await made.TakeAsync(connection, "parties", $"id IN (SELECT party FROM cases WHERE id = {In(cases)})");
        await made.TakeAsync(connection, "cases", $"id = {In(cases)}");
        await made.TakeAsync(connection, "permits", $"\"case\" = {In(cases)}");
        await made.TakeAsync(connection, "pushes", $"id = {In(pushes)}");
        await made.TakeAsync(connection, "push_events", $"push IN ({In(pushes)})");
        await made.TakeAsync(connection, "duties", $"subject_id IN ({In([.. cases, .. pushes])})");
        await made.TakeAsync(connection, "ledger_entries", $"subject_id IN ({In([.. cases, .. pushes])}) ORDER BY number");
        await made.TakeAsync(connection, "used_keys", $"key LIKE '%{key}'");
        return made;
    }

    /// <summary>What a claim writes: read around the claim of one push, which <paramref name="claim"/> does.</summary>
    public static async Task<HandMade> ReadClaimAsync(DbConnection connection, Guid push, Func<Task> claim)
    {
        var made = new HandMade([]);
        made.idAt[push.ToString()] = 0;
        made.ids.Add(push.ToString());
        var key = connection is NpgsqlConnection ? push.ToString() : push.ToString().ToUpperInvariant();
        (string Table, string Key, string Where)[] watched = [("pushes", "id", $"id = '{key}'"), ("duties", "subject_id", $"subject_id = '{key}'")];
        var before = new List<Dictionary<string, object?>>();
        foreach (var (table, _, where) in watched) before.Add(await RowAsync(connection, table, where));
        await claim();
        for (var i = 0; i < watched.Length; i++)
        {
            var after = await RowAsync(connection, watched[i].Table, watched[i].Where);
            made.changes.Add(new Change(watched[i].Table, watched[i].Key, [.. after.Where(c => !Equals(c.Value, before[i][c.Key])).Select(c => (c.Key, c.Value))]));
        }
        await made.TakeAsync(connection, "push_events", $"push = '{key}' AND what <> 'delivered'");
        await made.TakeAsync(connection, "ledger_entries", $"subject_id = '{key}' AND act = 'push.claimed'");
        return made;
    }

    private static async Task<Dictionary<string, object?>> RowAsync(DbConnection connection, string table, string where)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} WHERE {where}";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var row = new Dictionary<string, object?>();
        for (var c = 0; c < reader.FieldCount; c++) row[reader.GetName(c)] = await reader.IsDBNullAsync(c) ? null : reader.GetValue(c);
        return row;
    }

    /// <summary>Writes a group in one transaction under the district's chain head.</summary>
    public async Task WriteAsync(DbConnection connection, IReadOnlyList<One> group)
    {
        if (connection is NpgsqlConnection postgres) await WriteAsync(postgres, group);
        else Write((SqliteConnection)connection, group);
    }

    private async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<One> group)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var head = new NpgsqlCommand($"SELECT number, hash FROM chain_heads WHERE district = '{District.Code}' FOR UPDATE", connection, transaction))
        await using (var reader = await head.ExecuteReaderAsync())
        {
            await reader.ReadAsync();
            (number, hash) = (reader.GetInt64(0), reader.GetString(1));
        }
        var rows = RowsOf(group);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var change in changes)
        {
            var command = new NpgsqlBatchCommand($"UPDATE {change.Table} SET {string.Join(", ", change.Set.Select((s, i) => $"\"{s.Column}\" = ${i + 2}"))} WHERE district = '{District.Code}' AND {change.Key} = ANY($1)");
            command.Parameters.Add(new NpgsqlParameter { Value = group.Select(g => g.Subject).ToArray() });
            foreach (var (_, value) in change.Set) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }
        for (var t = 0; t < tables.Count; t++)
        {
            var table = tables[t];
            var command = new NpgsqlBatchCommand($"INSERT INTO {table.Name} ({string.Join(", ", table.Columns.Select(c => $"\"{c}\""))}) SELECT * FROM UNNEST({string.Join(", ", table.Columns.Select((_, i) => $"${i + 1}"))})");
            for (var c = 0; c < table.Columns.Length; c++) command.Parameters.Add(new NpgsqlParameter { Value = Column(rows[t], c, table.Types[c]), NpgsqlDbType = NpgsqlDbType.Array | table.Kinds[c] });
            batch.BatchCommands.Add(command);
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"UPDATE chain_heads SET number = $1, hash = $2 WHERE district = '{District.Code}'") { Parameters = { new() { Value = number }, new() { Value = hash } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"UPDATE number_series SET last = last + 0 WHERE district = '{District.Code}'"));
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private void Write(SqliteConnection connection, IReadOnlyList<One> group)
    {
        using var transaction = connection.BeginTransaction();
        using (var head = new SqliteCommand($"SELECT number, hash FROM chain_heads WHERE district = '{District.Code}'", connection, transaction))
        using (var reader = head.ExecuteReader())
        {
            reader.Read();
            (number, hash) = (reader.GetInt64(0), reader.GetString(1));
        }
        foreach (var change in changes)
        {
            using var update = new SqliteCommand($"UPDATE {change.Table} SET {string.Join(", ", change.Set.Select((s, i) => $"\"{s.Column}\" = @v{i}"))} WHERE district = '{District.Code}' AND {change.Key} = @key", connection, transaction);
            var key = update.Parameters.Add(new SqliteParameter { ParameterName = "@key" });
            for (var i = 0; i < change.Set.Count; i++) update.Parameters.Add(new SqliteParameter { ParameterName = "@v" + i, Value = change.Set[i].Value ?? DBNull.Value });
            foreach (var one in group)
            {
                key.Value = one.Subject.ToString().ToUpperInvariant();
                update.ExecuteNonQuery();
            }
        }
        var rows = RowsOf(group);
        for (var t = 0; t < tables.Count; t++)
        {
            var table = tables[t];
            using var insert = new SqliteCommand($"INSERT INTO {table.Name} ({string.Join(", ", table.Columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => "@p" + i))})", connection, transaction);
            var parameters = table.Columns.Select((_, i) => insert.Parameters.Add(new SqliteParameter { ParameterName = "@p" + i })).ToArray();
            insert.Prepare();
            foreach (var row in rows[t])
            {
                for (var c = 0; c < parameters.Length; c++) parameters[c].Value = row[c] ?? DBNull.Value;
                insert.ExecuteNonQuery();
            }
        }
        using var end = new SqliteCommand($"UPDATE chain_heads SET number = {number}, hash = '{hash}' WHERE district = '{District.Code}'; UPDATE number_series SET last = last + 0", connection, transaction);
        end.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>The group's rows by table, the ledger chained in memory.</summary>
    private List<object?[]>[] RowsOf(IReadOnlyList<One> group)
    {
        var rows = tables.Select(t => new List<object?[]>(t.Rows.Count * group.Count)).ToArray();
        var fresh = new Guid[ids.Count];
        foreach (var (n, subject) in group)
        {
            for (var i = 0; i < fresh.Length; i++) fresh[i] = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            if (subject != default) fresh[0] = subject;
            for (var t = 0; t < tables.Count; t++)
                foreach (var old in tables[t].Rows)
                {
                    var row = new object?[old.Length];
                    for (var c = 0; c < row.Length; c++) row[c] = Fresh(old[c], n, fresh);
                    if (tables[t].IsLedger) Chain(tables[t], row);
                    rows[t].Add(row);
                }
        }
        return rows;
    }

    private void Chain(Table table, object?[] row)
    {
        row[table.At("number")] = ++number;
        row[table.At("previous_hash")] = hash;
        row[table.At("hash")] = hash = Sm3.HexOf(hash + row[table.At("body")]);
    }

    private object? Fresh(object? old, long n, Guid[] fresh) => old switch
    {
        Guid id => idAt.TryGetValue(id.ToString(), out var at) ? fresh[at] : id,
        string text => Fresh(text, n, fresh),
        _ => old,
    };

    private string Fresh(string text, long n, Guid[] fresh)
    {
        if (text.Length == 36 && idAt.TryGetValue(text, out var whole)) return char.IsUpper(text.FirstOrDefault(char.IsLetter)) ? fresh[whole].ToString().ToUpperInvariant() : fresh[whole].ToString();
        if (text.Length > 36 && text[0] == '{')
            for (var i = 0; i < ids.Count; i++)
                if (text.Contains(ids[i], StringComparison.Ordinal)) text = text.Replace(ids[i], fresh[i].ToString(), StringComparison.Ordinal);
        foreach (var (old, make) in texts)
            if (text.Length >= old.Length && text.Contains(old, StringComparison.Ordinal)) text = text.Replace(old, make(n), StringComparison.Ordinal);
        return text;
    }

    private async Task TakeAsync(DbConnection connection, string name, string where)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {name} WHERE {where}";
        await using var reader = await command.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        Type[] types = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType)];
        NpgsqlDbType[] kinds = connection is NpgsqlConnection ? [.. Enumerable.Range(0, reader.FieldCount).Select(i => KindOf(reader.GetDataTypeName(i)))] : [];
        var table = new Table(name, columns, types, kinds, []);
        while (await reader.ReadAsync())
        {
            var row = new object?[columns.Length];
            for (var c = 0; c < row.Length; c++) row[c] = await reader.IsDBNullAsync(c) ? null : reader.GetValue(c);
            table.Rows.Add(row);
            if (table.At("id") is >= 0 and var at && idAt.TryAdd(row[at]!.ToString()!, ids.Count)) ids.Add(row[at]!.ToString()!.ToLowerInvariant());
        }
        if (table.Rows.Count == 0) throw new InvalidOperationException($"The template left no row in {name}.");
        tables.Add(table);
    }

    private static NpgsqlDbType KindOf(string type) => type switch
    {
        "uuid" => NpgsqlDbType.Uuid,
        "timestamp with time zone" => NpgsqlDbType.TimestampTz,
        "date" => NpgsqlDbType.Date,
        "time without time zone" => NpgsqlDbType.Time,
        "integer" => NpgsqlDbType.Integer,
        "bigint" => NpgsqlDbType.Bigint,
        "boolean" => NpgsqlDbType.Boolean,
        _ => NpgsqlDbType.Text,
    };

    private static Array Column(List<object?[]> rows, int c, Type type)
    {
        return type == typeof(Guid) ? Values<Guid>() : type == typeof(DateTime) ? Values<DateTime>() : type == typeof(DateOnly) ? Values<DateOnly>() : type == typeof(TimeOnly) ? Values<TimeOnly>() : type == typeof(TimeSpan) ? Values<TimeSpan>() : type == typeof(int) ? Values<int>()
            : type == typeof(long) ? Values<long>() : type == typeof(bool) ? Values<bool>() : Texts();

        Array Values<T>() where T : struct
        {
            var values = new T?[rows.Count];
            for (var i = 0; i < values.Length; i++) values[i] = (T?)rows[i][c];
            return values;
        }

        Array Texts()
        {
            var values = new string?[rows.Count];
            for (var i = 0; i < values.Length; i++) values[i] = (string?)rows[i][c];
            return values;
        }
    }
}
