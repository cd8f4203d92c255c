using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liandong.Data;

/// <summary>Tells what is wrong with the storage, and not with what was asked of it, on both databases: the same request will do when that is mended.</summary>
public static class Outage
{
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteIo = 10, SqliteFull = 13, SqliteCannotOpen = 14;
    private const int LinuxNoSpace = 28, WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>No room on the disk of the database or of the data folder.</summary>
    public static bool IsFull(Exception failure) => Any(failure, f => f is SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull } || f is IOException io && (io.HResult is WindowsDiskFull || (io.HResult & 0xFFFF) == LinuxNoSpace));

    /// <summary>The database does not answer, broke off, or starts and stops just now; or it asks to be asked again.</summary>
    public static bool IsAway(Exception failure) => IsUnreachable(failure) || Any(failure, f => f is PostgresException { IsTransient: true } or SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked });

    /// <summary>The database does not answer at all: nothing that is tried at once in its place will do better.</summary>
    public static bool IsUnreachable(Exception failure) => Any(failure, f => f switch
    {
        PostgresException pg => pg.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections,
        NpgsqlException { IsTransient: true } => true,
        NpgsqlException { InnerException: IOException or TimeoutException or System.Net.Sockets.SocketException } => true,
        SqliteException { SqliteErrorCode: SqliteIo or SqliteCannotOpen } => true,
        _ => false,
    });

    private static bool Any(Exception? failure, Func<Exception, bool> holds)
    {
        for (; failure is not null; failure = failure.InnerException)
            if (holds(failure)) return true;
        return false;
    }
}
