using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;

namespace Liandong.Modules.Items;

/// <summary>登记监管责任: one line more in the 责任清单, under a new version of it.</summary>
public sealed class AddResponsibility(AppDb db, Ledger ledger, Actor actor, Clock clock, RegisterPen pen, RegisterBook register)
{
    /// <param name="Source">Why the line stands: 责任备忘录, 划转批次, 文件 with its number.</param>
    public sealed record Input(Guid Item, string Division, ResponsibilityKind Kind, Guid Organ, DateOnly From, string Source, Guid? Section = null, Guid? Person = null, int? ClaimDays = null, DateOnly? To = null);

    public sealed record Act(Guid Line, Guid Item, string Division, ResponsibilityKind Kind, Guid Organ, DateOnly From, DateOnly? To, int RegisterVersion) : IAct
    {
        static string IAct.Name => "responsibility.added";
    }

    public async Task<Responsibility> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.RegisterEdit);
        var item = await pen.ItemAsync(input.Item, ct);
        var division = await pen.CheckAsync(input.Division, input.Organ, input.Section, input.Person, input.ClaimDays, input.From, input.To, input.Source, ct);
        var revision = await pen.NextVersionAsync(input.Source, ct);
        var line = Make(db.District, clock.NewId(), input with { Division = division }, revision.Number);
        await pen.RefuseSecondMainAsync(line, await pen.LinesOfAsync(input.Item, ct), ct);
        db.Responsibilities.Add(line);
        revision.Count(added: 1, ended: 0);
        await ledger.RecordAsync(ActOf(line), RegisterPen.About(item), ItemsRules.Supervising, ct);
        register.Forget();
        return line;
    }

    internal static Act ActOf(Responsibility line) => new(line.Id, line.Item, line.Division, line.Kind, line.Organ, line.From, line.To, line.RegisterVersion);

    internal static Responsibility Make(string district, Guid id, Input input, int version)
    {
        var line = new Responsibility
        {
            District = district, Id = id, Item = input.Item, Division = input.Division, Kind = input.Kind, Organ = input.Organ, Section = input.Section, Person = input.Person,
            ClaimDays = input.ClaimDays, From = input.From, Source = input.Source.Trim(), RegisterVersion = version,
        };
        if (input.To is { } to) line.End(to, version, input.Source);
        return line;
    }
}
