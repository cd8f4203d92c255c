using Liandong.Accounts;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Outbound;

/// <summary>Wakes the sender of this node.</summary>
public sealed class WebhookSignal
{
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Wake() => Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public Task NextAsync() => next.Task;
}

/// <summary>Reads the ledger and writes down what is to be told to whom, in the transaction that moves its place: every act once for every subscription that may know it.</summary>
public sealed class FanOutWebhooks(IServiceScopeFactory scopes, LedgerSignal signal, WebhookSignal sender, Clock clock, ILogger<FanOutWebhooks> log) : LedgerFollower(scopes, signal, log)
{
    protected override string Reader => "webhooks";

    /// <summary>Where nobody listens the ledger is not followed: an act then costs no second write.</summary>
    protected override Task<bool> HasWorkAsync(AppDb db, CancellationToken ct) => db.WebhookSubscriptions.AnyAsync(s => s.State == WebhookState.Active, ct);

    /// <summary>Begins where the oldest living subscription does: what came before it is nobody's.</summary>
    protected override async Task<long> BeginAfterAsync(AppDb db, long place, CancellationToken ct) =>
        Math.Max(place, await db.WebhookSubscriptions.Where(s => s.State == WebhookState.Active).MinAsync(s => (long?)s.FromNumber, ct) ?? place);

    protected override async Task ReadAsync(IServiceProvider services, IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        var db = services.GetRequiredService<AppDb>();
        var subscriptions = await db.WebhookSubscriptions.AsNoTracking().Where(s => s.State == WebhookState.Active).ToListAsync(ct);
        var clients = subscriptions.Select(s => s.Client).Distinct().ToArray();
        var rights = (await db.MachineClients.AsNoTracking().Where(c => EF.Parameter(clients).Contains(c.Id) && c.DisabledAt == null).ToListAsync(ct)).ToDictionary(c => c.Id, c => Scopes.RightsOf(c.Scopes).ToHashSet());
        var organs = await Audiences.OrgansOfAsync(db, entries, ct);
        var now = clock.Now;
        var deliveries = new List<WebhookDelivery>();
        foreach (var entry in entries)
            foreach (var subscription in subscriptions)
                if (entry.Number > subscription.FromNumber && subscription.Wants(entry.Act) && IsFor(subscription, entry))
                    deliveries.Add(new WebhookDelivery { District = db.District, Id = clock.NewId(), Subscription = subscription.Id, Number = entry.Number, Act = entry.Act, SubjectId = entry.SubjectId, CreatedAt = now, NextAt = now });
        if (deliveries.Count == 0) return;
        var writer = new SetWriter(db);
        writer.Insert(deliveries);
        await writer.WriteAsync(ct);

        bool IsFor(WebhookSubscription subscription, LedgerEntry entry)
        {
            if (!rights.TryGetValue(subscription.Client, out var may) || Audiences.LineOf(entry.Act) is not { Parties.Length: > 0 } line) return false;
            if (line.Parties.Contains(Party.ThisSubscription)) return entry.SubjectId == subscription.Id;
            return may.Contains(line.Right) && organs.TryGetValue(entry.Number, out var parties) && (parties is null || parties.Contains(subscription.Organ));
        }
    }

    protected override void HasRead() => sender.Wake();
}
