using Liandong.Accounts;
using Microsoft.EntityFrameworkCore.Design;

namespace Liandong.Data;

/// <summary>Lets the migrations tool (eng/migrations) see the model as the host builds it, without a database and without starting the host.</summary>
internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) => DesignTime.Services(postgres: null).GetRequiredService<SqliteDb>();
}

/// <inheritdoc cref="DesignTimeSqlite"/>
internal sealed class DesignTimePostgres : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) => DesignTime.Services(postgres: "Host=localhost;Database=liandong").GetRequiredService<PostgresDb>();
}

file static class DesignTime
{
    public static IServiceProvider Services(string? postgres) =>
        new ServiceCollection().AddLogging().AddLiandong(new DatabaseChoice(Path.GetTempPath(), postgres), new DefaultDistrict("370102")).BuildServiceProvider().CreateScope().ServiceProvider;
}
