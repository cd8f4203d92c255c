using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Parties;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>What every change of the register has in common: its checks, and the new version that it makes.</summary>
public sealed class RegisterPen(AppDb db, Actor actor, Clock clock)
{
    private Dictionary<Guid, string>? organs;

    /// <summary>The next version, to be saved with the change. Its number is unique: of two changes made against the same version one is refused as a lost race.</summary>
    public async Task<RegisterRevision> NextVersionAsync(string source, CancellationToken ct)
    {
        var last = await db.RegisterRevisions.MaxAsync(r => (int?)r.Number, ct) ?? 0;
        var revision = new RegisterRevision
        {
            District = db.District, Id = clock.NewId(), Number = last + 1, Source = source.Trim(), At = clock.Now, Person = actor.Person, Organ = actor.Organ,
        };
        db.RegisterRevisions.Add(revision);
        return revision;
    }

    public async Task<Item> ItemAsync(Guid id, CancellationToken ct) => await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) ?? throw NotFound.Of("该事项");

    /// <summary>Checks a line's place and people. Returns the division in its shortest spelling.</summary>
    public async Task<string> CheckAsync(string division, Guid organ, Guid? section, Guid? person, int? claimDays, DateOnly from, DateOnly? to, string source, CancellationToken ct)
    {
        var code = Responsibility.DivisionOf(division.Trim());
        var known = Divisions.Check(code);
        new InputCheck().Filled(source, "Source", "来源依据", 200)
            .That(known.Standing != CodeStanding.Invalid, "Division", known.Why + "。")
            .That(known.Standing == CodeStanding.Invalid || Concerns(code), "Division", $"区划应在{Divisions.NameOf(db.District)}之内。")
            .That(claimDays is null or (>= 1 and <= 60), "ClaimDays", "认领时限应在1到60个工作日之间。")
            .That(to is null || to >= from, "To", "责任终止日不能早于起始日。")
            .That(from != default, "From", "请填写责任起始日。")
            .Throw();
        var body = await db.Organs.AsNoTracking().SingleOrDefaultAsync(o => o.Id == organ, ct) ?? throw new InvalidInput("Organ", "没有这个单位。");
        if (body.From > from || body.To < from) throw new InvalidInput("Organ", $"{body.ShortName}在{from:yyyy-MM-dd}不存在。");
        if (section is { } s && !await db.Sections.AnyAsync(x => x.Id == s && x.Organ == organ, ct)) throw new InvalidInput("Section", $"{body.ShortName}没有这个科室。");
        if (person is { } p && !await db.Posts.AnyAsync(x => x.Person == p && x.Organ == organ, ct)) throw new InvalidInput("Person", $"{body.ShortName}没有这个人员。");
        return code;
    }

    public Task<List<Responsibility>> LinesOfAsync(Guid item, CancellationToken ct) => db.Responsibilities.Where(l => l.Item == item).ToListAsync(ct);

    public async Task RefuseSecondMainAsync(Responsibility line, IEnumerable<Responsibility> others, CancellationToken ct)
    {
        organs ??= await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        line.RefuseSecondMain(others, id => organs.GetValueOrDefault(id, "另一单位"));
    }

    /// <summary>Acts on lines are acts on their item: its history shows who supervised it.</summary>
    public static Subject About(Item item) => new("item", item.Id, item.Code, item.Name);

    // A line may cover the district from above (a city's rule) or stand inside it.
    private bool Concerns(string division) =>
        db.District.Length != 6 || division.StartsWith(db.District, StringComparison.Ordinal) || db.District.StartsWith(division.TrimEnd('0'), StringComparison.Ordinal);
}
