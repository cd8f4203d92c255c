using Liandong;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Sample;
using Liandong.Starting;

if (args is ["help" or "--help" or "-h", ..] || args.Contains("--help"))
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}
if (CommandLine.Find(args) is { } command) return await command(args[1..]);
// Where another program holds this one (a test, a benchmark), the arguments carry its own settings too.
if (System.Reflection.Assembly.GetEntryAssembly() == typeof(CommandLine).Assembly && CommandLine.Misunderstood(args) is { } misunderstood)
{
    Console.Error.WriteLine(misunderstood);
    return 2;
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = CommandLine.Normalise(args), ContentRootPath = AppContext.BaseDirectory });
var settings = builder.Configuration;
var database = CommandLine.Database(settings);
var district = new DefaultDistrict(settings["district"] ?? SampleDistrict.Code);
if (settings["urls"] is null) builder.WebHost.UseUrls(CommandLine.DefaultAddress);
if (!builder.Environment.IsEnvironment("Testing")) CommandLine.QuietLog(builder);
builder.Services.AddLiandong(database, district);
builder.AddWeb();

var app = builder.Build();
app.MapWeb();
var testing = app.Environment.IsEnvironment("Testing");
var stop = app.Lifetime.ApplicationStopping;
try
{
    System.IO.Directory.CreateDirectory(database.DataFolder);
    // The address answers from the first moment, however long the rest takes; a test finds an open house.
    if (!testing) await app.StartAsync();
    // Beside each other: the endpoints are made while the database is looked at.
    var endpoints = Task.Run(() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints, stop);
    await PrepareDatabase.RunAsync(app.Services, stop);
    if (!testing) await CommandLine.SetUpAsync(app, settings, database, district, stop);
    await endpoints;
    await app.Services.GetRequiredService<Clockwork>().BeginAsync(stop);
    app.Services.GetRequiredService<Opening>().Open();
    if (testing) await app.StartAsync();
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception failure) when (CommandLine.Explain(failure, database) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return 1;
}
if (!testing) CommandLine.Greet(app, database);
await app.WaitForShutdownAsync();
return 0;
