using Liandong.Data;

namespace Liandong.Bench;

/// <summary>Runs a benchmark on each database that was asked for, on empty databases of its own.</summary>
public static class Databases
{
    /// <param name="run">Gets the database's name and a maker of empty databases by name.</param>
    public static async Task OnEachAsync(Options options, Func<string, Func<string, DatabaseChoice>, Task> run)
    {
        foreach (var database in options.Databases)
        {
            var folder = System.IO.Directory.CreateTempSubdirectory("liandong-bench-").FullName;
            using var cluster = database == "postgres" ? Cluster.Start(null) : null;
            DatabaseChoice Make(string name) => new(System.IO.Directory.CreateDirectory(Path.Combine(folder, name)).FullName, cluster?.Create(name));
            try
            {
                await run(cluster is null ? "SQLite" : "PostgreSQL", Make);
            }
            finally
            {
                Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                try
                {
                    System.IO.Directory.Delete(folder, recursive: true);
                }
                catch (IOException stillInUse)
                {
                    // Of a host that outlived the failure that is on its way out: that one is to be read, not this.
                    Console.WriteLine($"{folder} was left: {stillInUse.Message}");
                }
            }
        }
    }
}
