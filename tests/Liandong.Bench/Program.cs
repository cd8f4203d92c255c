using Liandong.Bench;

const string Help = """
    Measures the product: the real host in a process of its own, with authentication, validation, routing, duties, the ledger's chain and one-time
    keys, beside the same rows written by hand-made SQL in the same run. What counts is the ratio; the goals stand in docs/operations/performance.md.

    dotnet run -c Release --project tests/Liandong.Bench -- <name> [options]

      push        single pushes, 16 connections, beside hand-made group commit
      bulk        NDJSON of 10,000 pushes beside UNNEST; memory while a long stream runs
      claim       claims over 8 connections; 50 claims of one push at once
      read        inbox, search, timeline, reconciliation at 100,000 and 1,000,000 cases
      desk        the desk as a page, kept and rendered anew: pages per second, compressed bytes
      start       100,000 open duties, 1,000 past due: time to ready, each breach once, also on two nodes
      webhooks    from the act to the first delivery attempt
      all         one after the other

      --db postgres,sqlite   on which databases, in turn (PostgreSQL is started from /usr/lib/postgresql, commits durable)
      --rounds 5             rounds, the two sides in turn; medians are printed
      --seconds 4            length of a round
      --warm 30              seconds of load before anything counts, each side
      --lines 200000         length of the long stream (bulk)
      --sizes 100000,1000000 cases (read)
      --data FOLDER          keeps the databases of read here and uses them again
    """;

if (args is [Host.Command, .. var arguments]) return await Host.RunAsync(arguments);
Dictionary<string, Func<Options, Task>> programs = new()
{
    ["push"] = PushBench.RunAsync, ["bulk"] = BulkBench.RunAsync, ["claim"] = ClaimBench.RunAsync, ["read"] = ReadBench.RunAsync, ["desk"] = DeskBench.RunAsync, ["start"] = StartBench.RunAsync,
    ["webhooks"] = WebhookBench.RunAsync,
};
var chosen = args is ["all", ..] ? [.. programs.Keys] : args is [{ } name, ..] && programs.ContainsKey(name) ? new[] { name } : [];
if (chosen.Length == 0)
{
    Console.WriteLine(Help);
    return args is [] or ["--help"] or ["help"] ? 0 : 2;
}
foreach (var program in chosen) await programs[program](Options.Parse(args[1..]));
return 0;
