using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>设立科室。</summary>
public sealed class AddSection(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(Guid Organ, string Name);

    public sealed record Act(Guid Section, Guid Organ, string Name) : IAct { static string IAct.Name => "section.added"; }

    public async Task<Section> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryEdit);
        new InputCheck().Filled(input.Name, nameof(input.Name), "科室名称", 60).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var organ = await db.Organs.SingleOrDefaultAsync(o => o.Id == input.Organ, ct) ?? throw NotFound.Of("该单位");
        var name = input.Name.Trim();
        if (await db.Sections.AnyAsync(s => s.Organ == organ.Id && s.Name == name && s.To == null, ct)) throw new Refusal("section.exists", $"{organ.ShortName}已经有{name}。", field: nameof(input.Name));
        var section = new Section { District = db.District, Id = clock.NewId(), Organ = organ.Id };
        section.Rename(name);
        db.Sections.Add(section);
        await ledger.RecordAsync(new Act(section.Id, organ.Id, section.Name), new Subject("organ", organ.Id, "", organ.Name), null, ct);
        await together.CommitAsync(ct);
        return section;
    }
}
