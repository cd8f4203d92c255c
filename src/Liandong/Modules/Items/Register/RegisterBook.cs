using System.Collections.Concurrent;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>The register in force in the district, kept for a few seconds so that thousands of routings a second cost one reading.</summary>
public sealed class RegisterBook(AppDb db, RegisterCache cache)
{
    private bool changedHere;

    public async ValueTask<RegisterSnapshot> CurrentAsync(CancellationToken ct)
    {
        // What this scope has changed and not yet committed must not be seen by others, nor be missed here.
        var uncommitted = changedHere && db.Database.CurrentTransaction is not null;
        if (!uncommitted && cache.Get(db.District) is { } known) return known;
        var age = cache.AgeOf(db.District);
        var snapshot = await ReadAsync(ct);
        if (!uncommitted) cache.Set(db.District, snapshot, age);
        return snapshot;
    }

    /// <summary>The register has changed: the next question reads it anew. Another node sees the change within a few seconds.</summary>
    public void Forget()
    {
        changedHere = true;
        cache.Forget(db.District);
    }

    private async Task<RegisterSnapshot> ReadAsync(CancellationToken ct)
    {
        var version = await db.RegisterRevisions.MaxAsync(r => (int?)r.Number, ct) ?? 0;
        var items = await db.Items.AsNoTracking().Select(i => new RoutedItem(i.Id, i.Name, i.ClaimDays, i.From, i.To)).ToListAsync(ct);
        var lines = await db.Responsibilities.AsNoTracking()
            .Select(l => new RegisterLine(l.Id, l.Item, l.Division, l.Kind, l.Organ, l.Section, l.Person, l.ClaimDays, l.From, l.To)).ToListAsync(ct);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        return new RegisterSnapshot(version, items, lines, organs);
    }
}

/// <summary>Registers by district.</summary>
public sealed class RegisterCache(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, (RegisterSnapshot Register, long At)> known = new();
    private readonly ConcurrentDictionary<string, int> changes = new();

    public RegisterSnapshot? Get(string district) =>
        known.TryGetValue(district, out var entry) && time.GetElapsedTime(entry.At) < Lifetime ? entry.Register : null;

    /// <summary>How often the district's register was forgotten so far: taken before reading, so that a reading which a change overtook is not kept.</summary>
    public int AgeOf(string district) => changes.GetValueOrDefault(district);

    public void Set(string district, RegisterSnapshot register, int age)
    {
        if (AgeOf(district) == age) known[district] = (register, time.GetTimestamp());
    }

    public void Forget(string district)
    {
        changes.AddOrUpdate(district, 1, (_, n) => n + 1);
        known.TryRemove(district, out _);
    }
}
