using System.Security.Cryptography;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Liandong.Desk.Own;

/// <summary>Keeps, finds and drops the signed-in person's drafts. Each person sees only their own.</summary>
public sealed class DraftBook(OwnContexts contexts, Actor actor, Clock clock, IDataProtectionProvider protection)
{
    /// <summary>A draft that nobody comes back to is personal data that nobody needs.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>In characters of all fields together; more is not a form that somebody types.</summary>
    public const int Longest = 100_000;

    private readonly IDataProtector protector = protection.CreateProtector("liandong.draft");

    /// <summary>What was typed and when, or null.</summary>
    public async Task<(IFormCollection Fields, DateTimeOffset At)?> FindAsync(string form, CancellationToken ct)
    {
        if (actor.Person is not { } person) return null;
        await using var own = contexts.Open();
        var oldest = clock.Now - Kept;
        var draft = await own.Db.Drafts.AsNoTracking().FirstOrDefaultAsync(d => d.Person == person && d.Form == form && d.At > oldest, ct);
        if (draft is null) return null;
        try
        {
            var fields = JsonSerializer.Deserialize<Dictionary<string, string[]>>(protector.Unprotect(draft.Content))!;
            return (new FormCollection(fields.ToDictionary(field => field.Key, field => new StringValues(field.Value))), draft.At);
        }
        catch (CryptographicException)
        {
            // The key it was sealed with is gone; so is the draft.
            return null;
        }
    }

    /// <summary>Keeps what was typed in place of what was kept before. Files and the form's own marks are not kept.</summary>
    public async Task KeepAsync(string form, IFormCollection fields, CancellationToken ct)
    {
        if (actor.Person is not { } person) return;
        var typed = fields.Where(field => !field.Key.StartsWith('_')).ToDictionary(field => field.Key, field => field.Value.Select(value => value ?? "").ToArray());
        if (typed.Sum(field => field.Key.Length + field.Value.Sum(value => value.Length)) > Longest) throw new InvalidInput("", $"草稿过长,最多{Longest}字。");
        await using var own = contexts.Open();
        var db = own.Db;
        var now = clock.Now;
        var oldest = now - Kept;
        await db.Drafts.Where(d => d.At <= oldest).ExecuteDeleteAsync(ct);
        var secret = protector.Protect(JsonSerializer.Serialize(typed));
        if (await db.Drafts.Where(d => d.Person == person && d.Form == form).ExecuteUpdateAsync(set => set.SetProperty(d => d.Content, secret).SetProperty(d => d.At, now), ct) > 0) return;
        db.Drafts.Add(new Draft { District = db.District, Person = person, Form = form, Content = secret, At = now });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (Uniqueness.IsViolated(failure))
        {
            // Two windows at the same moment: the other one's stands, and the next keeping replaces it.
        }
    }

    public async Task DropAsync(string form, CancellationToken ct)
    {
        if (actor.Person is not { } person) return;
        await using var own = contexts.Open();
        await own.Db.Drafts.Where(d => d.Person == person && d.Form == form).ExecuteDeleteAsync(ct);
    }
}
