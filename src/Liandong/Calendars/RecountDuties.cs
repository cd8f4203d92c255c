using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Calendars;

/// <summary>
/// Counts every open duty of the district anew under another calendar: all of them, for a notice also settles the last days of the year before.
/// A duty whose end moved keeps a trace and gets an act of its own. Runs inside the caller's transaction, in batches, so that memory does not grow.
/// </summary>
public sealed class RecountDuties(AppDb db, Ledger ledger, Clock clock)
{
    private const int Batch = 500;

    /// <param name="OldAt">The last moment before, which another close of business moves within the day.</param>
    public sealed record Act(Guid Duty, string Rule, DateOnly? Old, DateOnly? New, DateTimeOffset? OldAt, DateTimeOffset? NewAt, string CalendarVersion) : IAct { static string IAct.Name => "duty.recounted"; }

    /// <summary>How many open duties there are, and how many of them end on another day.</summary>
    public sealed record Outcome(int Open, int Moved);

    /// <summary>What a calendar would move, without moving it.</summary>
    public async Task<Outcome> PreviewAsync(WorkCalendar calendar, CancellationToken ct)
    {
        var (open, moved, last) = (0, 0, Guid.Empty);
        while (await NextAsync(db.Duties.AsNoTracking(), last, ct) is { Count: > 0 } duties)
        {
            open += duties.Count;
            moved += duties.Count(d => d.Recount(calendar, "预览", clock.Now));
            last = duties[^1].Id;
        }
        return new Outcome(open, moved);
    }

    internal async Task<Outcome> RunAsync(WorkCalendar calendar, string why, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Duties are recounted inside Ledger.TogetherAsync.");
        var (open, moved, last) = (0, 0, Guid.Empty);
        while (true)
        {
            db.ChangeTracker.Clear();
            var duties = await NextAsync(db.Duties, last, ct);
            if (duties.Count == 0) return new Outcome(open, moved);
            (open, last) = (open + duties.Count, duties[^1].Id);
            var changed = new List<Duty>();
            foreach (var duty in duties)
            {
                if (duty.Recount(calendar, why, clock.Now)) changed.Add(duty);
                else db.Entry(duty).State = EntityState.Detached;
            }
            if (changed.Count == 0) continue;
            moved += changed.Count;
            foreach (var duty in changed.SkipLast(1)) ledger.Note(ActOf(duty), duty.Subject, DutyBreached.ArticleOf(duty));
            await ledger.RecordAsync(ActOf(changed[^1]), changed[^1].Subject, DutyBreached.ArticleOf(changed[^1]), ct);
            // The inbox sorts by a copy of the claim's last moment.
            foreach (var duty in changed.Where(d => d.SubjectKind == "push" && d.Rule == "result.claim"))
                await db.Pushes.Where(p => p.Id == duty.SubjectId).ExecuteUpdateAsync(set => set.SetProperty(p => p.DueAt, duty.DueAt), ct);
        }
    }

    private static Act ActOf(Duty duty)
    {
        var change = duty.Changes[^1];
        return new(duty.Id, duty.Rule, change.Old, change.New, change.OldAt, change.NewAt, duty.CalendarVersion);
    }

    private static Task<List<Duty>> NextAsync(IQueryable<Duty> duties, Guid last, CancellationToken ct) =>
        duties.Where(d => d.ClosedAt == null && d.Id.CompareTo(last) > 0).OrderBy(d => d.Id).Take(Batch).ToListAsync(ct);
}
