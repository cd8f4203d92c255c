using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Ledger;
using Liandong.Outbound;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Reconciling;

/// <summary>
/// 生成月度函告: on the first working day of a month, for every department that was sent something in the month before or still owes
/// claims from it. Asking again makes nothing new.
/// </summary>
public sealed class MakeLetters(AppDb db, Ledger ledger, NumberBook numbers, CalendarBook calendars, Actor actor, Clock clock)
{
    public sealed record Act(Guid Letter, Guid Organ, DateOnly Month, int Edition, string Digest) : IAct { public static string Name => "letter.made"; }

    /// <summary>Makes the letters that are due today and not made yet; returns how many.</summary>
    public async Task<int> RunDueAsync(CancellationToken ct)
    {
        var today = clock.Today;
        var first = new DateOnly(today.Year, today.Month, 1);
        var calendar = await calendars.CurrentAsync(ct);
        var workday = calendar.IsWorkday(first) ? first : calendar.AddWorkdays(first, 1);
        if (today < workday) return 0;
        var month = first.AddMonths(-1);
        var (from, to) = (month, first.AddDays(-1));
        var organs = await db.Pushes.AsNoTracking().Where(p => p.SentOn >= from && p.SentOn <= to && p.DeliveredAt != null).Select(p => p.Organ).Distinct().ToListAsync(ct);
        var made = await db.MonthlyLetters.AsNoTracking().Where(l => l.Month == month).Select(l => l.Organ).Distinct().ToListAsync(ct);
        var count = 0;
        foreach (var organ in organs.Except(made))
        {
            await MakeAsync(organ, month, "", ct);
            count++;
        }
        return count;
    }

    /// <summary>更正: a new edition of a letter with the figures as they are now, and what changed. Refused when nothing did.</summary>
    public async Task<MonthlyLetter> RestateAsync(Guid organ, DateOnly month, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.PushReroute);
        new InputCheck().Filled(reason, "Reason", "更正的理由", 500).Throw();
        if (!await db.MonthlyLetters.AnyAsync(l => l.Organ == organ && l.Month == month, ct)) throw NotFound.Of("该月函告");
        return await MakeAsync(organ, month, reason.Trim(), ct);
    }

    private async Task<MonthlyLetter> MakeAsync(Guid organ, DateOnly month, string reason, CancellationToken ct)
    {
        await using var together = await ledger.TogetherAsync(ct);
        var last = await db.MonthlyLetters.AsNoTracking().Where(l => l.Organ == organ && l.Month == month).OrderByDescending(l => l.Edition).FirstOrDefaultAsync(ct);
        // Another node was first.
        if (last is not null && reason.Length == 0) return last;
        var (total, items, overdue) = await FiguresAsync(organ, month, ct);
        var digest = Sm3.HexOf(JsonSerializer.Serialize(new { organ, month, total, items, overdue }, Ledger.BodyFormat));
        if (last?.Digest == digest) throw new Refusal("letter.unchanged", "自上一版以来数字没有变化,不需要更正。");
        var settings = await db.DistrictSettings.AsNoTracking().FirstOrDefaultAsync(ct);
        var letter = new MonthlyLetter
        {
            District = db.District, Id = clock.NewId(), Organ = organ, Month = month, Edition = (last?.Edition ?? 0) + 1, Number = await numbers.NextAsync(LinkageNumbers.Letters(settings), clock.Today.Year, ct),
            MadeAt = clock.Now, MadeBy = actor.Person, Totals = [total], Items = items, Overdue = overdue, Changes = last is null ? [] : Differences(last, total, items, overdue), Reason = reason, Digest = digest,
        };
        db.MonthlyLetters.Add(letter);
        await ledger.RecordAsync(new Act(letter.Id, organ, month, letter.Edition, digest), letter.Ref, LinkageRules.Pushing, ct);
        await together.CommitAsync(ct);
        return letter;
    }

    private async Task<(Tally Total, IReadOnlyList<LetterItem> Items, IReadOnlyList<LetterOverdue> Overdue)> FiguresAsync(Guid organ, DateOnly month, CancellationToken ct)
    {
        var (now, today, last) = (clock.Now, clock.Today, month.AddMonths(1).AddDays(-1));
        var calendar = await calendars.CurrentAsync(ct);
        var pushes = db.Pushes.AsNoTracking().Where(p => p.Organ == organ && p.SentOn >= month && p.SentOn <= last && p.State != PushState.Pending);
        var byItem = await ReconcileQueries.TallyAsync(pushes.GroupBy(p => p.ItemName), now, ct);
        var late = await pushes.Where(p => p.Waiting && p.DueAt <= now).OrderBy(p => p.DueAt).ThenBy(p => p.Id).Take(500).ToListAsync(ct);
        return (byItem.Values.Aggregate(Tally.None, (sum, tally) => sum.Plus(tally)),
            [.. byItem.OrderByDescending(pair => pair.Value.Sent).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new LetterItem(pair.Key, pair.Value))],
            [.. late.Select(p => new LetterOverdue(p.Id, p.Number, p.ItemName, p.PartyName, p.DeliveredOn ?? p.SentOn, p.DueAt!.Value, Math.Max(0, -(DueFacts.Left(Beijing.DayOf(p.DueAt!.Value.AddTicks(-1)), today, calendar) ?? 0))))]);
    }

    internal static IReadOnlyList<string> Differences(MonthlyLetter was, Tally total, IReadOnlyList<LetterItem> items, IReadOnlyList<LetterOverdue> overdue)
    {
        var changes = new List<string>();
        Compare("合计", was.Total, total);
        var before = was.Items.ToDictionary(i => i.Item, i => i.Tally);
        foreach (var item in items) Compare($"“{item.Item}”", before.GetValueOrDefault(item.Item, Tally.None), item.Tally);
        foreach (var gone in was.Items.Where(i => items.All(n => n.Item != i.Item))) Compare($"“{gone.Item}”", gone.Tally, Tally.None);
        var (gained, cleared) = (overdue.Count(o => was.Overdue.All(w => w.Push != o.Push)), was.Overdue.Count(w => overdue.All(o => o.Push != w.Push)));
        if (gained > 0) changes.Add($"逾期清单新增{gained}件。");
        if (cleared > 0) changes.Add($"逾期清单减少{cleared}件。");
        // The overdue list also tells by how many days: the same pushes may only have grown later.
        return changes.Count > 0 ? changes : ["逾期天数有变化。"];

        void Compare(string what, Tally old, Tally now)
        {
            var parts = new (string Word, int Was, int Is)[]
            {
                ("推送", old.Sent, now.Sent), ("签收", old.Signed, now.Signed), ("认领", old.Claimed, now.Claimed), ("退回", old.Returned, now.Returned), ("改派", old.Rerouted, now.Rerouted),
                ("争议", old.Disputed, now.Disputed), ("关闭", old.Closed, now.Closed), ("未结", old.Waiting, now.Waiting), ("逾期", old.Overdue, now.Overdue), ("逾期认领", old.Late, now.Late),
            }.Where(p => p.Was != p.Is).Select(p => $"{p.Word} {p.Was} → {p.Is}").ToList();
            if (parts.Count > 0) changes.Add($"{what}:{string.Join(",", parts)}。");
        }
    }
}

/// <summary>Looks every ten minutes, on every node, whether the letters of last month are due.</summary>
public sealed class LetterClock(IServiceScopeFactory scopes, ILogger<LetterClock> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                foreach (var district in await Districts.AllAsync(scopes, stoppingToken)) await MakeAsync(district, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The monthly letters could not be made and will be tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
    }

    private async Task MakeAsync(string district, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
        await scope.ServiceProvider.GetRequiredService<MakeLetters>().RunDueAsync(ct);
    }
}
