using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>导入责任清单: a whole table of lines as one new version of the register. Importing the same table again changes nothing.</summary>
public sealed class ImportRegister(AppDb db, Ledger ledger, Actor actor, Clock clock, RegisterPen pen, RegisterSheetReader reader, RegisterBook register)
{
    public sealed record Options(string Source, DateOnly From);

    public sealed record Act(string Source, string Digest, int Added, int Changed, int Unchanged, int Refused, int RegisterVersion) : IAct { static string IAct.Name => "register.imported"; }

    /// <summary>What the import would do; nothing is changed.</summary>
    public async Task<ImportOutcome> PreviewAsync(Sheet sheet, Options options, CancellationToken ct)
    {
        actor.Demand(Rights.RegisterEdit);
        return (await PlanAsync(sheet, options, ct)).Outcome;
    }

    public async Task<ImportOutcome> RunAsync(Sheet sheet, string digest, Options options, CancellationToken ct)
    {
        actor.Demand(Rights.RegisterEdit);
        new InputCheck().Filled(options.Source, nameof(options.Source), "来源依据").Throw();
        // Numbered before the lines are read: a change that comes between has a number of its own and this one is refused as a lost race.
        var revision = await pen.NextVersionAsync(options.Source, ct);
        var (outcome, edits) = await PlanAsync(sheet, options, ct);
        if (!outcome.HasEffect)
        {
            db.ChangeTracker.Clear();
            return outcome;
        }
        var ending = edits.SelectMany(e => e.Ends).Select(e => e.Line).ToHashSet();
        var lines = await db.Responsibilities.ToDictionaryAsync(l => l.Id, ct);
        var items = await db.Items.AsNoTracking().ToDictionaryAsync(i => i.Id, ct);
        foreach (var edit in edits)
        {
            var ended = new List<Guid>();
            foreach (var end in edit.Ends)
            {
                lines[end.Line].End(end.LastDay, revision.Number, end.Source);
                ended.Add(end.Line);
            }
            if (edit.Added is { } added)
            {
                var line = AddResponsibility.Make(db.District, added.Id, new AddResponsibility.Input(added.Item, added.Division, added.Kind, added.Organ, added.From, edit.Edit.Source, added.Section, added.Person,
                    added.ClaimDays, added.To), revision.Number);
                db.Responsibilities.Add(lines[line.Id] = line);
                if (ended.Count > 0 && line.Kind == ResponsibilityKind.Main)
                    ledger.Note(new ChangeResponsibility.Act(line.Id, line.Item, line.Division, line.Organ, line.From, ended, revision.Number), RegisterPen.About(items[line.Item]), ItemsRules.Supervising);
                else ledger.Note(AddResponsibility.ActOf(line), RegisterPen.About(items[line.Item]), ItemsRules.Supervising);
            }
            else
            {
                foreach (var end in edit.Ends)
                    ledger.Note(new EndResponsibility.Act(end.Line, edit.Edit.Item, end.LastDay, revision.Number), RegisterPen.About(items[edit.Edit.Item]), ItemsRules.Supervising);
            }
        }
        revision.Count(edits.Count(e => e.Added is not null), ending.Count);
        await ledger.RecordAsync(new Act(options.Source.Trim(), digest, outcome.Added, outcome.Changed, outcome.Unchanged, outcome.Refused, revision.Number),
            new Subject("register", revision.Id, $"第{revision.Number}版", $"责任清单第{revision.Number}版"), ItemsRules.Supervising, ct);
        register.Forget();
        return outcome;
    }

    private async Task<(ImportOutcome Outcome, IReadOnlyList<PlannedEdit> Edits)> PlanAsync(Sheet sheet, Options options, CancellationToken ct)
    {
        var reading = await reader.ReadAsync(sheet, options.From, options.Source, ct);
        var current = (await db.Responsibilities.AsNoTracking().ToListAsync(ct)).ConvertAll(RegisterLine.Of);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        var (edits, _) = RegisterPlan.Of(current, reading.Edits, clock.NewId, id => organs.GetValueOrDefault(id, ""));
        return (OutcomeOf(sheet, reading, edits), edits);
    }

    internal static ImportOutcome OutcomeOf(Sheet sheet, RegisterSheetReader.Reading reading, IReadOnlyList<PlannedEdit> edits)
    {
        var remarks = reading.Remarks.Concat(edits.Where(e => e.Effect == ImportEffect.Refused).Select(e => new RowRemark(e.Edit.Row, "", e.Refusal))).OrderBy(r => r.Line).ToList();
        var byRow = edits.ToDictionary(e => e.Edit.Row);
        return new ImportOutcome([.. sheet.Rows.Select(row =>
        {
            var (code, name) = reading.Named[row.Line];
            return byRow.TryGetValue(row.Line, out var edit)
                ? new ImportedRow(row.Line, code, name, edit.Effect, edit.Effect == ImportEffect.Refused ? edit.Refusal : edit.Note)
                : new ImportedRow(row.Line, code, name, ImportEffect.Refused, remarks.First(r => r.Line == row.Line && r.Stops).Reason);
        })], remarks);
    }
}
