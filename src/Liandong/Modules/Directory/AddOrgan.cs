using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>登记单位。</summary>
public sealed class AddOrgan(AppDb db, Ledger ledger, Actor actor, Clock clock, LiaisonVacancy vacancy)
{
    public sealed record Input(string Name, string ShortName, OrganKind Kind, string CreditCode, bool IsMember, DateOnly From, Guid? Predecessor = null, int? Rank = null);

    public sealed record Act(Guid Organ, string Name, OrganKind Kind, DateOnly From) : IAct { static string IAct.Name => "organ.added"; }

    public async Task<Organ> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryEdit);
        new InputCheck().Filled(input.Name, nameof(input.Name), "单位名称", 100).NotLonger(input.ShortName, nameof(input.ShortName), "简称", 40).Throw();
        var organ = new Organ { District = db.District, Id = clock.NewId(), Kind = input.Kind, From = input.From, Predecessor = input.Predecessor };
        organ.Describe(input.Name, input.ShortName, input.CreditCode, input.IsMember, input.Rank ?? await db.Organs.CountAsync(ct) + 1);
        db.Organs.Add(organ);
        if (LiaisonVacancy.Needs(organ)) await vacancy.SettleAsync(organ, organ.From > clock.Today ? organ.From : clock.Today, ct);
        await ledger.RecordAsync(new Act(organ.Id, organ.Name, organ.Kind, organ.From), new Subject("organ", organ.Id, "", organ.Name), null, ct);
        return organ;
    }
}
