using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Liandong.Data;

/// <summary>
/// Writes many rows of the model at once: on PostgreSQL one statement per table over arrays (UNNEST), all of them in one round trip; on SQLite
/// prepared statements. Tables, columns and conversions come from the EF model, so a row is the same as the one that the context would write.
/// Business rows go through here only together with their ledger entries, inside the transaction that holds the chain head.
/// </summary>
internal sealed class SetWriter(AppDb db)
{
    private readonly List<(SetTable Table, bool Update, IReadOnlyList<object> Rows)> sets = [];

    public void Insert<T>(IReadOnlyList<T> rows) where T : class => Add(TypeOf<T>(), rows, update: false);

    /// <summary>Writes every column of rows that exist, and raises their version.</summary>
    public void Update<T>(IReadOnlyList<T> rows) where T : class => Add(TypeOf<T>(), rows, update: true);

    /// <summary>Rows of one type, new ones or such as exist.</summary>
    public void Add(IEntityType type, IReadOnlyList<object> rows, bool update)
    {
        if (rows.Count > 0) sets.Add((SetTable.Of(type), update, rows));
    }

    /// <summary>The desks that the rows added so far concern.</summary>
    public DeskMarks.Touched TouchedDesks()
    {
        var touched = new DeskMarks.Touched();
        foreach (var (table, update, rows) in sets)
            foreach (var row in rows) touched.Add(table.Type, row, isNew: !update);
        return touched;
    }

    public async Task WriteAsync(CancellationToken ct)
    {
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("Sets are written inside a transaction.");
        if (transaction.Connection is NpgsqlConnection postgres) await WriteAsync(postgres, (NpgsqlTransaction)transaction, ct);
        else Write((SqliteConnection)transaction.Connection!, (SqliteTransaction)transaction);
        sets.Clear();
    }

    private IEntityType TypeOf<T>() => db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not mapped.");

    private async Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var (table, update, rows) in sets)
        {
            var command = new NpgsqlBatchCommand(update ? table.PostgresUpdate : table.PostgresInsert);
            foreach (var column in table.Columns) command.Parameters.Add(column.ToArray(rows));
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(ct);
        for (var i = 0; i < sets.Count; i++) MustBe(sets[i].Rows.Count, (int)batch.BatchCommands[i].RecordsAffected, sets[i].Table);
    }

    private void Write(SqliteConnection connection, SqliteTransaction transaction)
    {
        foreach (var (table, update, rows) in sets)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = update ? table.SqliteUpdate : table.SqliteInsert;
            var parameters = new SqliteParameter[table.Columns.Count];
            for (var c = 0; c < parameters.Length; c++) command.Parameters.Add(parameters[c] = new SqliteParameter { ParameterName = "@p" + c });
            command.Prepare();
            var written = 0;
            foreach (var row in rows)
            {
                for (var c = 0; c < parameters.Length; c++) parameters[c].Value = table.Columns[c].ValueOf(row) ?? DBNull.Value;
                written += command.ExecuteNonQuery();
            }
            MustBe(rows.Count, written, table);
        }
    }

    private static void MustBe(int wanted, int written, SetTable table)
    {
        if (wanted != written) throw new DbUpdateConcurrencyException($"{written} rows of {table.Name} were written instead of {wanted}.");
    }
}

/// <summary>A table as the model maps it, with its statements.</summary>
internal sealed class SetTable
{
    private static readonly ConcurrentDictionary<IEntityType, SetTable> Known = new();

    private SetTable(IEntityType type)
    {
        (Type, Name) = (type, type.GetTableName()!);
        var key = type.FindPrimaryKey()!.Properties;
        var properties = type.GetProperties().ToList();
        var version = properties.FirstOrDefault(p => p.Name == Conventions.Version);
        Columns = [.. properties.Where(p => p != version).Select(p => new SetColumn(p, key.Contains(p)))];
        var names = string.Join(", ", Columns.Select(c => c.Quoted));
        var places = string.Join(", ", Columns.Select((_, i) => "@p" + i));
        var arrays = string.Join(", ", Columns.Select((_, i) => $"${i + 1}"));
        var (versionName, versionValue) = version is null ? ("", "") : (", " + version.GetColumnName(), ", 0");
        SqliteInsert = $"INSERT INTO {Name} ({names}{versionName}) VALUES ({places}{versionValue})";
        PostgresInsert = $"INSERT INTO {Name} ({names}{versionName}) SELECT u.*{versionValue} FROM UNNEST({arrays}) AS u";
        var set = string.Join(", ", Columns.Select((c, i) => (c, i)).Where(x => !x.c.IsKey).Select(x => $"{x.c.Quoted} = @p{x.i}"));
        var setFrom = string.Join(", ", Columns.Where(c => !c.IsKey).Select(c => $"{c.Quoted} = u.{c.Quoted}"));
        var raise = version is null ? "" : $", {version.GetColumnName()} = t.{version.GetColumnName()} + 1";
        SqliteUpdate = $"UPDATE {Name} AS t SET {set}{raise} WHERE {string.Join(" AND ", Columns.Select((c, i) => (c, i)).Where(x => x.c.IsKey).Select(x => $"t.{x.c.Quoted} = @p{x.i}"))}";
        PostgresUpdate = $"UPDATE {Name} AS t SET {setFrom}{raise} FROM UNNEST({arrays}) AS u ({names}) WHERE {string.Join(" AND ", Columns.Where(c => c.IsKey).Select(c => $"t.{c.Quoted} = u.{c.Quoted}"))}";
    }

    public IEntityType Type { get; }
    public string Name { get; }
    public IReadOnlyList<SetColumn> Columns { get; }
    public string SqliteInsert { get; }
    public string SqliteUpdate { get; }
    public string PostgresInsert { get; }
    public string PostgresUpdate { get; }

    public static SetTable Of(IEntityType type) => Known.GetOrAdd(type, each => new SetTable(each));
}

/// <summary>A column: how its value is read from the entity and converted to what the database takes.</summary>
internal sealed class SetColumn
{
    private readonly IClrPropertyGetter getter;
    private readonly Func<object?, object?>? convert;
    private readonly Type type;

    public SetColumn(IProperty property, bool isKey)
    {
        (Quoted, IsKey) = ($"\"{property.GetColumnName()}\"", isKey);
        getter = property.GetGetter();
        var converter = property.GetTypeMapping().Converter;
        convert = converter?.ConvertToProvider;
        var clr = converter?.ProviderClrType ?? property.ClrType;
        type = Nullable.GetUnderlyingType(clr) ?? clr;
    }

    public string Quoted { get; }
    public bool IsKey { get; }

    public object? ValueOf(object row)
    {
        var value = getter.GetClrValue(row);
        return value is null || convert is null ? value : convert(value);
    }

    public NpgsqlParameter ToArray(IReadOnlyList<object> rows) =>
        type == typeof(string) ? References<string>(rows, NpgsqlDbType.Text)
        : type == typeof(Guid) ? Values<Guid>(rows, NpgsqlDbType.Uuid)
        : type == typeof(DateTimeOffset) ? Values<DateTimeOffset>(rows, NpgsqlDbType.TimestampTz)
        : type == typeof(DateOnly) ? Values<DateOnly>(rows, NpgsqlDbType.Date)
        : type == typeof(TimeOnly) ? Values<TimeOnly>(rows, NpgsqlDbType.Time)
        : type == typeof(int) ? Values<int>(rows, NpgsqlDbType.Integer)
        : type == typeof(long) ? Values<long>(rows, NpgsqlDbType.Bigint)
        : type == typeof(bool) ? Values<bool>(rows, NpgsqlDbType.Boolean)
        : type == typeof(byte[]) ? References<byte[]>(rows, NpgsqlDbType.Bytea)
        : throw new InvalidOperationException($"Column {Quoted}: {type} has no array type here.");

    private NpgsqlParameter References<T>(IReadOnlyList<object> rows, NpgsqlDbType element) where T : class
    {
        var values = new T?[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = (T?)ValueOf(rows[i]);
        return new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | element };
    }

    private NpgsqlParameter Values<T>(IReadOnlyList<object> rows, NpgsqlDbType element) where T : struct
    {
        var values = new T?[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = (T?)ValueOf(rows[i]);
        return new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | element };
    }
}
