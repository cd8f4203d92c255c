using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>
/// 许可到期: every permit whose last day has passed without renewal is registered as a case of its own and pushed to whoever supervises the item,
/// exactly once on any number of nodes, since the case's number follows from the permit.
/// </summary>
public sealed class PushLapses(AppDb db, ItemTable items, CaseIntake intake, Clock clock)
{
    /// <summary>Where such a case comes from: nobody applied, the platform found it.</summary>
    public const string Source = "平台登记";
    private const int Batch = 500;

    /// <summary>Returns how many lapses were pushed.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var find = await items.ByCodeAsync(ct);
        var pushed = 0;
        while (true)
        {
            var today = clock.Today;
            var lapsed = await db.Permits.AsNoTracking().Where(p => p.LapsePushedAt == null && p.Ending == null && p.ValidTo < today).OrderBy(p => p.ValidTo).ThenBy(p => p.Id).Take(Batch).ToListAsync(ct);
            if (lapsed.Count == 0) return pushed;
            var ids = lapsed.Select(p => p.Case).ToArray();
            var cases = await db.Cases.AsNoTracking().Where(c => EF.Parameter(ids).Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
            var holders = lapsed.Select(p => p.Party).Distinct().ToArray();
            var parties = await db.Parties.AsNoTracking().Where(p => EF.Parameter(holders).Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
            var messages = lapsed.Select(permit => MessageOf(permit, cases[permit.Case], parties[permit.Party], find)).ToList();
            var answer = await intake.SubmitAsync(db.District, new Sender(null, null, null, "平台", "系统"), messages, null, ct);
            var created = answer.Results.Count(r => r.Status == IntakeStatus.Created);
            pushed += created;
            // Another node was faster, or the writer could not store any: the next run goes on.
            if (created == 0) return pushed;
        }
    }

    private static CheckedCase MessageOf(Permit permit, Case origin, Party party, Func<string, ItemFacts?> find)
    {
        var ended = Beijing.StartOf(permit.ValidTo!.Value.AddDays(1));
        return new CheckedCase
        {
            Number = $"DQ{permit.ValidTo:yyyyMMdd}-{permit.Id.ToString("N")[^12..]}", Item = find(origin.ItemCode) ?? new ItemFacts(origin.Item, origin.ItemCode, origin.ItemName, "", 0, 0, null),
            Party = new CheckedParty(party.Kind, permit.PartyName, party.Code, party.CodeNonStandard, "", party.LegalPerson, party.Address), PartyKey = party.Key, Kind = ApplicationKind.Lapse,
            Division = origin.Division, Address = origin.Address, Source = Source, Backfilled = false, ReceivedAt = ended,
            Decision = new Decision(DecisionKind.Lapsed, ended, "", $"{permit.Name}(编号{permit.Number})有效期至{permit.ValidTo:yyyy-MM-dd},届满未延续。", "", "平台"),
            Materials = [], Conditions = [], Promises = [], LapseOf = permit.Id,
        };
    }
}

/// <summary>Looks for lapses at start and once an hour, so that they are pushed in the first hour of the day, on every node.</summary>
public sealed class LapseClock(IServiceScopeFactory scopes, ILogger<LapseClock> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                foreach (var district in await Districts.AllAsync(scopes, stoppingToken)) await RunAsync(district, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "Looking for lapsed permits failed and will be tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RunAsync(string district, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
        await scope.ServiceProvider.GetRequiredService<PushLapses>().RunAsync(ct);
    }
}
