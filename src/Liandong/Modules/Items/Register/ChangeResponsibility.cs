using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;

namespace Liandong.Modules.Items;

/// <summary>
/// 变更主监管: from a day on another organ is the main supervisor of an item in a division (a ruling on a competence dispute, a
/// transfer, a reform). Main lines of that very division end the day before; those of wider divisions stay and are overruled there.
/// </summary>
public sealed class ChangeResponsibility(AppDb db, Ledger ledger, Actor actor, Clock clock, RegisterPen pen, RegisterBook register)
{
    public sealed record Input(Guid Item, string Division, Guid NewMainOrgan, DateOnly From, string Source, Guid? Section = null, Guid? Person = null, int? ClaimDays = null);

    public sealed record Act(Guid Line, Guid Item, string Division, Guid Organ, DateOnly From, IReadOnlyList<Guid> Ended, int RegisterVersion) : IAct
    {
        static string IAct.Name => "responsibility.changed";
    }

    public async Task<Responsibility> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.RegisterEdit);
        var item = await pen.ItemAsync(input.Item, ct);
        var division = await pen.CheckAsync(input.Division, input.NewMainOrgan, input.Section, input.Person, input.ClaimDays, input.From, null, input.Source, ct);
        var lines = await pen.LinesOfAsync(input.Item, ct);
        var ending = lines.Where(l => l.Kind == ResponsibilityKind.Main && l.Division == division && l.From <= (l.To ?? DateOnly.MaxValue) && (l.To is null || l.To >= input.From)).ToList();
        if (ending is [{ To: null } only] && only.From <= input.From && only.Organ == input.NewMainOrgan && only.Section == input.Section && only.Person == input.Person)
            throw new Refusal("register.unchanged", $"自{only.From:yyyy-MM-dd}起已由该单位主监管,不需要变更。", field: "NewMainOrgan");
        var revision = await pen.NextVersionAsync(input.Source, ct);
        foreach (var line in ending) line.End(input.From.AddDays(-1), revision.Number, input.Source);
        var made = AddResponsibility.Make(db.District, clock.NewId(),
            new AddResponsibility.Input(input.Item, division, ResponsibilityKind.Main, input.NewMainOrgan, input.From, input.Source, input.Section, input.Person, input.ClaimDays), revision.Number);
        await pen.RefuseSecondMainAsync(made, lines, ct);
        db.Responsibilities.Add(made);
        revision.Count(added: 1, ended: ending.Count);
        await ledger.RecordAsync(new Act(made.Id, made.Item, made.Division, made.Organ, made.From, ending.ConvertAll(l => l.Id), revision.Number), RegisterPen.About(item), ItemsRules.Supervising, ct);
        register.Forget();
        return made;
    }
}
