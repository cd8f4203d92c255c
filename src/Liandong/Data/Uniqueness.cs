using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Liandong.Data;

/// <summary>Tells a broken unique key, the database's own word that somebody else was first, on both databases.</summary>
public static class Uniqueness
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;

    public static bool IsViolated(Exception failure) => CauseOf(failure) switch
    {
        PostgresException pg => pg.SqlState == PostgresErrorCodes.UniqueViolation,
        SqliteException lite => lite.SqliteExtendedErrorCode is SqliteConstraintUnique or SqliteConstraintPrimaryKey,
        _ => false,
    };

    public static bool Names(Exception failure, string table) => CauseOf(failure) switch
    {
        PostgresException pg => pg.TableName == table,
        SqliteException lite => lite.Message.Contains(table + ".", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The database's own exception: EF Core wraps it, <see cref="SetWriter"/> does not.</summary>
    private static Exception? CauseOf(Exception failure) => failure is DbUpdateException ? failure.InnerException : failure;
}
