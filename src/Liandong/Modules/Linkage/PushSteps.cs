using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>Writes the steps of a push beside the act that proves them.</summary>
public sealed class PushSteps(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    /// <summary>A step of the acting person, to be saved with the act that is recorded next.</summary>
    public void Add(Push push, string what, string note = "")
    {
        var step = PushEvent.Of(push, what, actor, clock, note);
        db.PushEvents.Add(step);
        ledger.WithNumber(step.Prove);
    }

    /// <summary>A step that the platform took by rule, not a person.</summary>
    public void AddOfPlatform(Push push, string what, string note)
    {
        var step = new PushEvent { District = push.District, Id = clock.NewId(), Push = push.Id, What = what, At = clock.Now, Organ = push.Organ, Channel = "系统", Note = note };
        db.PushEvents.Add(step);
        ledger.WithNumber(step.Prove);
    }

    /// <summary>
    /// Runs an act on a push anew when somebody else touched the push meanwhile, and tells who was first, when and how once the push
    /// has been claimed or returned by another.
    /// </summary>
    public async Task<T> InTurnAsync<T>(Guid push, Func<Task<T>> act, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (Refusal refusal) when (refusal.Code is "conflict.lost-race" or "push.already-claimed" or "push.already-returned")
            {
                ledger.Forget();
                db.ChangeTracker.Clear();
                if (await WhoWasFirstAsync(push, ct) is { } first) throw first;
                if (refusal.Code != "conflict.lost-race" || attempt == 3) throw;
            }
        }
    }

    /// <summary>The refusal that names who has claimed or returned the push; null while it waits.</summary>
    public async Task<Refusal?> WhoWasFirstAsync(Guid push, CancellationToken ct)
    {
        var found = await db.Pushes.AsNoTracking().FirstOrDefaultAsync(p => p.Id == push, ct);
        var what = found?.State switch { PushState.Claimed => "claimed", PushState.Returned or PushState.Rerouted or PushState.Closed => "returned", _ => null };
        if (what is null) return null;
        var step = await db.PushEvents.AsNoTracking().Where(e => e.Push == push && e.What == what).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).FirstOrDefaultAsync(ct);
        if (step is null) return null;
        var organ = await db.Organs.AsNoTracking().Where(o => o.Id == step.Organ).Select(o => o.ShortName).FirstOrDefaultAsync(ct);
        var who = $"{organ}{(step.Who.Length > 0 ? " " + step.Who : "")}";
        return what == "claimed"
            ? new Refusal("push.already-claimed", $"该推送已由{who}于{Shared.ChineseDates.Full(step.At)}({step.Channel})认领,不能再认领或退回。", LinkageRules.Claiming)
            : new Refusal("push.already-returned", $"该推送已由{who}于{Shared.ChineseDates.Full(step.At)}({step.Channel})退回,不能再认领或退回。", LinkageRules.Claiming);
    }
}
