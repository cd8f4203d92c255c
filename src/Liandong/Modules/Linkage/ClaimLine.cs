using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Modules.Supervision;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>What became of one claim: the claimed push, or why not.</summary>
/// <param name="Entry">Ledger number of the claim; null when it was refused.</param>
public sealed record ClaimOutcome(Push? Push, long? Entry, Exception? Refused);

/// <summary>
/// Every push is claimed, often by a department's system as soon as it comes: claims that meet share a transaction, as their pushes did
/// (<see cref="Cases.CaseIntake"/>). Each stays an act of its own actor with an entry of its own. Rows are read under the chain head, so of several
/// claims of one push the first stands and the others see it. A group that the database refuses is tried again request by request.
/// </summary>
public sealed class ClaimLine : IHostedService, IAsyncDisposable
{
    /// <summary>Claims in one transaction, at most.</summary>
    private const int GroupLimit = 256;

    private readonly IServiceScopeFactory scopes;
    private readonly ILogger<ClaimLine> log;
    private readonly GroupLine<Waiting> line;

    public ClaimLine(IServiceScopeFactory scopes, ILogger<ClaimLine> log)
    {
        (this.scopes, this.log) = (scopes, log);
        line = new GroupLine<Waiting>(GroupLimit, w => w.Pushes.Count, WriteAsync);
    }

    /// <summary>Hands in the claims of one request and waits until they are written or refused, one outcome for each.</summary>
    /// <exception cref="AlreadyDone">The request's key was used before.</exception>
    public async Task<IReadOnlyList<ClaimOutcome>> SubmitAsync(string district, Actor by, IReadOnlyList<Guid> pushes, Guid? section, OnceKey? once, CancellationToken ct)
    {
        var actor = new Actor();
        actor.BecomeSameAs(by);
        var waiting = new Waiting(district, actor, pushes, section, once);
        await line.HandInAsync(waiting, ct);
        return await waiting.Answer.Task.WaitAsync(ct);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => line.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => line.DisposeAsync();

    private async Task WriteAsync(IReadOnlyList<Waiting> group)
    {
        foreach (var district in group.GroupBy(w => w.District)) await WriteAsync(district.Key, [.. district]);
    }

    private async Task WriteAsync(string district, IReadOnlyList<Waiting> requests)
    {
        try
        {
            await TryWriteAsync(district, requests);
        }
        catch (Exception failure) when (Outage.IsUnreachable(failure) || Outage.IsFull(failure))
        {
            log.LogError(failure, "The claims of {Count} requests could not be written: the storage is away or full", requests.Count);
            foreach (var request in requests) request.Answer.TrySetException(failure);
        }
        catch (Exception failure) when (requests.Count > 1)
        {
            log.LogWarning(failure, "The claims of {Count} requests could not be written at once; each request is tried alone", requests.Count);
            foreach (var request in requests) await WriteAsync(district, [request]);
        }
        catch (Exception failure)
        {
            requests[0].Answer.TrySetException(failure);
        }
    }

    private async Task TryWriteAsync(string district, IReadOnlyList<Waiting> requests)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<DistrictScope>().Set(district);
        var (db, ledger) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<Ledger>());
        await using var together = await ledger.TogetherAsync(CancellationToken.None);
        var ground = await Ground.ReadAsync(services, requests);
        var answers = new Action[requests.Count];
        var recorded = false;
        for (var i = 0; i < requests.Count; i++)
        {
            var request = requests[i];
            if (request.Once is { } again && !ground.FreshKeys.Remove(again.Key))
            {
                answers[i] = () => request.Answer.TrySetException(new AlreadyDone(again.Key));
                continue;
            }
            services.GetRequiredService<Actor>().BecomeSameAs(request.By);
            var outcomes = new ClaimOutcome[request.Pushes.Count];
            var keyIsFree = request.Once is not null;
            for (var c = 0; c < outcomes.Length; c++)
            {
                var place = c;
                try
                {
                    var push = await ClaimAsync(services, ground, request.Pushes[c], request.Section);
                    ledger.WithNumber(number => outcomes[place] = new ClaimOutcome(push, number, null));
                    if (keyIsFree) ledger.WithNumber(number => db.UsedKeys.Add(new UsedKey { District = district, Key = request.Once!.Key, Fingerprint = request.Once.Fingerprint, Entry = number, At = ledger.Now }));
                    keyIsFree = false;
                    ledger.Add(new ClaimPush.Act(push.Id, push.Organ, push.Section), push.Ref, LinkageRules.Claiming);
                    recorded = true;
                }
                catch (Exception refused) when (refused is Refusal or NotFound or InvalidInput)
                {
                    outcomes[c] = new ClaimOutcome(null, null, refused);
                }
            }
            answers[i] = () => request.Answer.TrySetResult(outcomes);
        }
        if (recorded)
        {
            await ledger.SaveSetWiseAsync(CancellationToken.None);
            await together.CommitAsync(CancellationToken.None);
        }
        foreach (var answer in answers) answer();
    }

    /// <summary>One claim of the scope's actor. It is refused before anything is changed or noted.</summary>
    private static async Task<Push> ClaimAsync(IServiceProvider services, Ground ground, Guid id, Guid? section)
    {
        var (db, actor, steps, duties) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<Actor>(), services.GetRequiredService<PushSteps>(), services.GetRequiredService<DutyBook>());
        if (!ground.Pushes.TryGetValue(id, out var push) || push.Organ != actor.Organ || push.State == PushState.Pending) throw NotFound.Of("该推送");
        if (section is { } chosen && !ground.Sections.Contains((chosen, push.Organ))) throw new InvalidInput("Section", "没有这个科室。");
        var unsigned = push.SignedAt is null;
        push.Claim(section, by: actor.Person, at: services.GetRequiredService<Clock>().Now);
        foreach (var duty in ground.Owed[id].Where(d => d.IsOpen)) duties.Discharge(duty);
        await MatterBook.OpenAsync(db, push, ground.Planned.Contains((push.Organ, push.Party)), CancellationToken.None);
        if (unsigned) steps.Add(push, "signed", "认领视同签收");
        steps.Add(push, "claimed");
        return push;
    }

    private sealed record Waiting(string District, Actor By, IReadOnlyList<Guid> Pushes, Guid? Section, OnceKey? Once)
    {
        public TaskCompletionSource<IReadOnlyList<ClaimOutcome>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What a group stands on, read at once under the chain head.</summary>
    /// <param name="Planned">Organs that have an open plan for a whole party.</param>
    /// <param name="FreshKeys">Keys of the requests that no act stands under yet.</param>
    private sealed record Ground(IReadOnlyDictionary<Guid, Push> Pushes, ILookup<Guid, Duty> Owed, IReadOnlySet<(Guid Organ, Guid Party)> Planned, IReadOnlySet<(Guid Section, Guid Organ)> Sections, HashSet<string> FreshKeys)
    {
        public static async Task<Ground> ReadAsync(IServiceProvider services, IReadOnlyList<Waiting> requests)
        {
            var db = services.GetRequiredService<AppDb>();
            var ids = requests.SelectMany(r => r.Pushes).Distinct().ToArray();
            var rule = LinkageRules.ClaimResult.Code;
            var found = await db.Pushes.Where(p => EF.Parameter(ids).Contains(p.Id))
                .Select(p => new { Push = p, Owed = db.Duties.Where(d => d.Rule == rule && d.SubjectId == p.Id && d.ClosedAt == null).ToList() }).ToListAsync();
            var pushes = found.ToDictionary(f => f.Push.Id, f => f.Push);
            var owed = found.SelectMany(f => f.Owed).ToLookup(d => d.SubjectId);
            var parties = pushes.Values.Select(p => p.Party).Distinct().ToArray();
            var keys = requests.Select(r => r.Once?.Key).OfType<string>().ToHashSet();
            // Two short answers of different kinds, for one round trip.
            var met = await db.SupervisionPlans.Where(s => s.Push == null && s.State == PlanState.Open && EF.Parameter(parties).Contains(s.Party)).Select(s => new { Organ = (Guid?)s.Organ, Party = (Guid?)s.Party, Key = (string?)null })
                .Concat(db.UsedKeys.Where(k => EF.Parameter(keys.ToArray()).Contains(k.Key)).Select(k => new { Organ = (Guid?)null, Party = (Guid?)null, Key = (string?)k.Key })).ToListAsync();
            keys.ExceptWith(met.Select(m => m.Key).OfType<string>());
            var planned = met.Where(m => m.Key is null).Select(m => (m.Organ!.Value, m.Party!.Value)).ToHashSet();
            var chosen = requests.Select(r => r.Section).OfType<Guid>().Distinct().ToArray();
            var sections = chosen.Length == 0 ? [] : await db.Sections.Where(s => EF.Parameter(chosen).Contains(s.Id)).Select(s => new { s.Id, s.Organ }).ToListAsync();
            return new Ground(pushes, owed, planned, sections.Select(s => (s.Id, s.Organ)).ToHashSet(), keys);
        }
    }
}
