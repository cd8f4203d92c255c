using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>变更机器客户端: name and scopes, a new secret, off and on. A change holds at once on this node and within seconds on the others.</summary>
public sealed class ChangeClient(AppDb db, Ledger ledger, Actor actor, Clock clock, ClientBook book)
{
    public sealed record Described(Guid Client, IReadOnlyList<string> Scopes) : IAct { static string IAct.Name => "client.changed"; }

    public sealed record Rotated(Guid Client) : IAct { static string IAct.Name => "client.secret-rotated"; }

    public sealed record Disabled(Guid Client, string Reason) : IAct { static string IAct.Name => "client.disabled"; }

    public sealed record Enabled(Guid Client) : IAct { static string IAct.Name => "client.enabled"; }

    public async Task<MachineClient> DescribeAsync(Guid id, string name, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        var client = await FindAsync(id, ct);
        new InputCheck().Filled(name, "Name", "客户端名称", 60).That(scopes.Count > 0, "Scopes", "请至少选择一项权限范围。").That(scopes.All(Scopes.All.Contains), "Scopes", "没有这种权限范围。").Throw();
        client.Describe(name, scopes);
        return await RecordAsync(client, new Described(client.Id, client.Scopes), ct);
    }

    /// <returns>The new secret, shown once. The old one is void at once; tokens given for it run out within <see cref="TokenEndpoint.Lifetime"/>.</returns>
    public async Task<string> RotateAsync(Guid id, CancellationToken ct)
    {
        var client = await FindAsync(id, ct);
        var secret = OneTimeLink.Secret();
        client.SetSecret(Sm3.HexOf(secret), clock.Now);
        await RecordAsync(client, new Rotated(client.Id), ct);
        return secret;
    }

    public async Task<MachineClient> DisableAsync(Guid id, string reason, CancellationToken ct)
    {
        var client = await FindAsync(id, ct);
        new InputCheck().Filled(reason, "Reason", "停用理由").Throw();
        client.Disable(clock.Now);
        return await RecordAsync(client, new Disabled(client.Id, reason.Trim()), ct);
    }

    public async Task<MachineClient> EnableAsync(Guid id, CancellationToken ct)
    {
        var client = await FindAsync(id, ct);
        client.Enable();
        return await RecordAsync(client, new Enabled(client.Id), ct);
    }

    private async Task<MachineClient> FindAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.ClientManage);
        return await db.MachineClients.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw NotFound.Of("该客户端");
    }

    private async Task<MachineClient> RecordAsync<T>(MachineClient client, T act, CancellationToken ct) where T : IAct
    {
        await ledger.RecordAsync(act, new Subject("client", client.Id, client.ClientId, client.Name), null, ct);
        book.Forget(client.ClientId);
        return client;
    }
}
