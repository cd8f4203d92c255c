using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Outbound;

/// <summary>A subscription in a list. The address is the owner's; the secret is shown to nobody again.</summary>
/// <param name="HeldUntil">The receiver failed several times in a row and is left alone until then.</param>
public sealed record WebhookRow(Guid Id, Guid Organ, string OrganName, string ClientName, string Url, IReadOnlyList<string> Types, WebhookState State, DateTimeOffset CreatedAt, int Waiting, int Dead,
    DateTimeOffset? LastSuccessAt, DateTimeOffset? LastFailureAt, DateTimeOffset? HeldUntil);

/// <summary>A delivery: which event, how often tried, what came back. Its content is not shown.</summary>
public sealed record DeliveryRow(long Number, string Event, string Type, Guid Subject, DeliveryState State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, DateTimeOffset? EndedAt, int? LastStatus, string LastError);

public sealed record AttemptRow(int Nth, DateTimeOffset At, int? Status, string Error, int Milliseconds);

public static class WebhookQueries
{
    public static async Task<IReadOnlyList<WebhookRow>> ListAsync(AppDb db, Actor actor, CancellationToken ct)
    {
        var subscriptions = await WebhookActs.Mine(db, actor).AsNoTracking().OrderBy(s => s.CreatedAt).Take(500).ToListAsync(ct);
        return await RowsAsync(db, subscriptions, ct);
    }

    public static async Task<WebhookRow> OneAsync(AppDb db, Actor actor, Guid id, CancellationToken ct) =>
        (await RowsAsync(db, [await WebhookActs.Mine(db, actor).AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw NotFound.Of("该回调订阅")], ct))[0];

    /// <summary>Deliveries of a subscription, newest first.</summary>
    public static async Task<Page<DeliveryRow>> DeliveriesAsync(AppDb db, Actor actor, Guid id, DeliveryState? state, Paging paging, CancellationToken ct)
    {
        await OneAsync(db, actor, id, ct);
        var (place, take) = (paging.Place?.Number(0), paging.Take);
        var rows = await db.WebhookDeliveries.AsNoTracking().Where(d => d.Subscription == id && (state == null || d.State == state) && (place == null || d.Number < place))
            .OrderByDescending(d => d.Number).Take(take).ToListAsync(ct);
        return paging.PageOf(rows, d => Cursor.Of(d.Number), d => new DeliveryRow(d.Number, CloudEvent.IdOf(d.District, d.Number), CloudEvent.TypePrefix + d.Act, d.SubjectId, d.State, d.Attempts, d.CreatedAt,
            d.State == DeliveryState.Waiting ? d.NextAt : null, d.EndedAt, d.LastStatus, d.LastError));
    }

    /// <summary>The tries of one delivery, first to last.</summary>
    public static async Task<IReadOnlyList<AttemptRow>> AttemptsAsync(AppDb db, Actor actor, Guid id, long number, CancellationToken ct)
    {
        await OneAsync(db, actor, id, ct);
        return await db.WebhookAttempts.AsNoTracking().Where(a => a.Subscription == id && a.Number == number).OrderBy(a => a.At).ThenBy(a => a.Id).Take(200)
            .Select(a => new AttemptRow(a.Nth, a.At, a.Status, a.Error, a.Milliseconds)).ToListAsync(ct);
    }

    private static async Task<IReadOnlyList<WebhookRow>> RowsAsync(AppDb db, IReadOnlyList<WebhookSubscription> subscriptions, CancellationToken ct)
    {
        var (ids, organs, clients) = (subscriptions.Select(s => s.Id).ToArray(), subscriptions.Select(s => s.Organ).Distinct().ToArray(), subscriptions.Select(s => s.Client).Distinct().ToArray());
        var names = await db.Organs.AsNoTracking().Where(o => EF.Parameter(organs).Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, ct);
        var clientNames = await db.MachineClients.AsNoTracking().Where(c => EF.Parameter(clients).Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var lines = await db.WebhookLines.AsNoTracking().Where(l => EF.Parameter(ids).Contains(l.Subscription)).ToDictionaryAsync(l => l.Subscription, ct);
        var open = await db.WebhookDeliveries.AsNoTracking().Where(d => EF.Parameter(ids).Contains(d.Subscription) && d.State != DeliveryState.Delivered)
            .GroupBy(d => new { d.Subscription, d.State }).Select(g => new { g.Key.Subscription, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        return [.. subscriptions.Select(s => new WebhookRow(s.Id, s.Organ, names.GetValueOrDefault(s.Organ, ""), clientNames.GetValueOrDefault(s.Client, ""), s.Url, s.Types, s.State, s.CreatedAt,
            CountOf(s.Id, DeliveryState.Waiting), CountOf(s.Id, DeliveryState.Dead), lines.GetValueOrDefault(s.Id)?.LastSuccessAt, lines.GetValueOrDefault(s.Id)?.LastFailureAt, lines.GetValueOrDefault(s.Id)?.HeldUntil))];

        int CountOf(Guid id, DeliveryState state) => open.FirstOrDefault(o => o.Subscription == id && o.State == state)?.Count ?? 0;
    }
}
