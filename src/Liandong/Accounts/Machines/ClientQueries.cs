using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

public static class ClientQueries
{
    public sealed record ClientLine(Guid Id, string ClientId, string Name, Guid Organ, string OrganName, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset SecretSetAt, DateTimeOffset? DisabledAt, DateTimeOffset? LastTokenAt);

    /// <summary>A district has tens of them, so they come in one list.</summary>
    public static async Task<IReadOnlyList<ClientLine>> ListAsync(AppDb db, Actor actor, CancellationToken ct, Guid? only = null)
    {
        actor.Demand(Rights.ClientManage);
        var rows = await (from c in db.MachineClients.AsNoTracking() join o in db.Organs on c.Organ equals o.Id where only == null || c.Id == only orderby o.Rank, c.ClientId select new { Client = c, o.ShortName }).ToListAsync(ct);
        var last = await db.SignInAttempts.AsNoTracking().Where(a => a.Client != null && (only == null || a.Client == only) && a.Outcome == SignInOutcome.Opened)
            .GroupBy(a => a.Client).Select(g => new { Client = g.Key!.Value, At = g.Max(a => a.At) }).ToDictionaryAsync(g => g.Client, g => g.At, ct);
        return [.. rows.Select(r => new ClientLine(r.Client.Id, r.Client.ClientId, r.Client.Name, r.Client.Organ, r.ShortName, r.Client.Scopes, r.Client.CreatedAt, r.Client.SecretSetAt, r.Client.DisabledAt,
            last.TryGetValue(r.Client.Id, out var at) ? at : null))];
    }

    public static async Task<ClientLine> DetailAsync(AppDb db, Actor actor, Guid id, CancellationToken ct) => await ListAsync(db, actor, ct, id) is [var found] ? found : throw NotFound.Of("该客户端");
}
