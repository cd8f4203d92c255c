using System.Security.Cryptography;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>登记机器客户端。密钥只在此时给出一次。</summary>
public sealed class CreateClient(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(string Name, Guid Organ, IReadOnlyList<string> Scopes);

    public sealed record Act(Guid Client, string ClientId, Guid Organ, IReadOnlyList<string> Scopes) : IAct { static string IAct.Name => "client.created"; }

    /// <param name="Secret">Shown once; only its digest is kept.</param>
    public sealed record Created(MachineClient Client, string Secret);

    public async Task<Created> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ClientManage);
        new InputCheck().Filled(input.Name, nameof(input.Name), "客户端名称", 60)
            .That(input.Scopes.Count > 0, nameof(input.Scopes), "请至少选择一项权限范围。")
            .That(input.Scopes.All(Liandong.Accounts.Scopes.All.Contains), nameof(input.Scopes), "没有这种权限范围。").Throw();
        var organ = await db.Organs.AsNoTracking().SingleOrDefaultAsync(o => o.Id == input.Organ, ct) ?? throw NotFound.Of("该单位");
        if (!organ.ExistsOn(clock.Today)) throw new Refusal("client.organ-ended", "该单位已经终止,不能再登记客户端。", field: nameof(input.Organ));
        var secret = OneTimeLink.Secret();
        var client = new MachineClient
        {
            District = db.District, Id = clock.NewId(), ClientId = $"{db.District}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}", Organ = organ.Id, CreatedAt = clock.Now,
        };
        client.Describe(input.Name, input.Scopes);
        client.SetSecret(Sm3.HexOf(secret), clock.Now);
        db.MachineClients.Add(client);
        await ledger.RecordAsync(new Act(client.Id, client.ClientId, client.Organ, client.Scopes), new Subject("client", client.Id, client.ClientId, client.Name), null, ct);
        return new Created(client, secret);
    }
}
