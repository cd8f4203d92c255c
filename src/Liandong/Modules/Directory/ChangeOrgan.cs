using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Parties;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>更正单位信息,以及机构改革中的终止与承接。</summary>
public sealed class ChangeOrgan(AppDb db, Ledger ledger, Actor actor, Clock clock, LiaisonVacancy vacancy, AddOrgan add)
{
    public sealed record Input(string Name, string ShortName, string CreditCode, bool IsMember);

    public sealed record Described(Guid Organ, string Name, bool IsMember) : IAct { static string IAct.Name => "organ.changed"; }

    public sealed record Ended(Guid Organ, DateOnly LastDay, Guid? Successor) : IAct { static string IAct.Name => "organ.ended"; }

    public async Task<Organ> DescribeAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryEdit);
        new InputCheck().Filled(input.Name, nameof(input.Name), "单位名称", 100).NotLonger(input.ShortName, nameof(input.ShortName), "简称", 40)
            .That(input.CreditCode.Trim().Length == 0 || SocialCreditCode.Check(input.CreditCode).IsValid, nameof(input.CreditCode), "统一社会信用代码的校验位不对,请核对。").Throw();
        var organ = await FindAsync(id, ct);
        organ.Describe(input.Name, input.ShortName, input.CreditCode.Trim().ToUpperInvariant(), input.IsMember, organ.Rank);
        await vacancy.SettleAsync(organ, clock.Today, ct);
        await ledger.RecordAsync(new Described(organ.Id, organ.Name, organ.IsMember), About(organ), null, ct);
        return organ;
    }

    /// <summary>The organ ends; with a name, its successor begins the next day and points back to it.</summary>
    /// <returns>The successor, or the organ that ended.</returns>
    public async Task<Organ> EndAsync(Guid id, DateOnly lastDay, string successorName, string successorShortName, CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryEdit);
        await using var together = await ledger.TogetherAsync(ct);
        var organ = await FindAsync(id, ct);
        organ.End(lastDay);
        foreach (var place in await db.LiaisonAppointments.Where(a => a.Organ == id && a.To == null && a.From <= lastDay).ToListAsync(ct)) place.End(lastDay, "单位终止");
        await vacancy.SettleAsync(organ, lastDay, ct);
        await ledger.RecordAsync(new Ended(organ.Id, lastDay, null), About(organ), null, ct);
        var next = successorName.Trim().Length == 0 ? null
            : await add.RunAsync(new AddOrgan.Input(successorName, successorShortName, organ.Kind, "", organ.IsMember, lastDay.AddDays(1), organ.Id, organ.Rank), ct);
        await together.CommitAsync(ct);
        return next ?? organ;
    }

    private async Task<Organ> FindAsync(Guid id, CancellationToken ct) => await db.Organs.SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw NotFound.Of("该单位");

    private static Subject About(Organ organ) => new("organ", organ.Id, "", organ.Name);
}
