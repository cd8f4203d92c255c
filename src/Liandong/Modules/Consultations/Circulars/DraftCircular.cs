using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>起草抄告: one letter to several organs at once, each of which owes an answer when it is served.</summary>
public sealed class DraftCircular(AppDb db, DraftDocument draft, NumberBook numbers, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Text">The body with typed numbers, as in any document.</param>
    /// <param name="Party">The party that it is about, where there is one.</param>
    public sealed record Input(string Title, string Text, IReadOnlyList<Guid> Organs, Guid? Case = null, Guid? Party = null);

    public sealed record Act(Guid Circular, Guid Organ, Guid Document, int Receivers) : IAct { public static string Name => "circular.drafted"; }

    public async Task<CircularNotice> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        var organ = actor.RequireOrgan();
        var organs = input.Organs.Distinct().ToList();
        new InputCheck().Filled(input.Title, nameof(input.Title), "抄告事项", 100).Filled(input.Text, nameof(input.Text), "抄告内容", 8000).That(organs.Count > 0, nameof(input.Organs), "请选择抄告哪些单位。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var about = input.Case is { } one ? await db.Cases.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == one, ct) ?? throw new InvalidInput(nameof(input.Case), "没有找到这件办件,或者与本单位无关。") : null;
        var party = about?.Party ?? input.Party;
        if (about is null && party is { } named && !await db.KnowsPartyAsync(actor, named, ct)) throw new InvalidInput(nameof(input.Party), "没有找到这个相对人,或者与本单位无关。");
        var title = about is not null ? $"{about.Number} {about.PartyName}" : party is { } p2 ? await db.Parties.AsNoTracking().Where(p => p.Id == p2).Select(p => p.Name).SingleOrDefaultAsync(ct) ?? throw new InvalidInput(nameof(input.Party), "没有找到这个相对人,或者与本单位无关。") : "";
        var (id, number) = (clock.NewId(), await numbers.NextAsync(await DocumentNumbers.CodeAsync(db, organ, ct) + "抄告", clock.Today.Year, ct));
        var subject = new Kernel.Duties.Subject(CircularLetters.KindName, id, number, input.Title.Trim());
        var letter = await draft.RunAsync(new DraftDocument.Input(DocumentKind.Letter, $"关于{input.Title.Trim()}的抄告函", BodyText.Read(input.Text), organs, About: subject), ct);
        var circular = new CircularNotice { District = db.District, Id = id, Number = number, Organ = organ, Title = input.Title.Trim(), Letter = letter.Id, Case = about?.Id, Party = party, AboutTitle = title, Who = actor.Name, DraftedAt = clock.Now };
        db.CircularNotices.Add(circular);
        await ledger.RecordAsync(new Act(id, organ, letter.Id, organs.Count), circular.OnLedger, ConsultationsRules.Cooperating, ct);
        await together.CommitAsync(ct);
        return circular;
    }
}

/// <summary>The letter of a circular: each of its receivers owes an answer.</summary>
public sealed class CircularLetters(AppDb db, Actor actor) : IDocumentMatter
{
    public const string KindName = "circular";

    public string Kind => KindName;

    public Task<MatterAnswers> AnswersAsync(OfficialDocument document, CancellationToken ct) => Task.FromResult(MatterAnswers.Owed);

    public Task ServedAsync(OfficialDocument document, IReadOnlyList<Guid> to, CancellationToken ct) => Task.CompletedTask;

    public async Task<MatterPlace?> PlaceAsync(Guid matter, CancellationToken ct) =>
        actor.May(Rights.ConsultView) && actor.Organ is { } organ && await db.CircularNotices.AsNoTracking().AnyAsync(c => c.Id == matter && c.Organ == organ, ct) ? new MatterPlace("抄告", $"/circulars/{matter}", null) : null;
}

/// <param name="Served">Receivers that it has reached.</param>
public sealed record CircularRow(Guid Id, string Number, string Title, string AboutTitle, Guid Letter, string LetterNumber, DocumentState LetterState, int Served, int Answered, DateTimeOffset DraftedAt);

public sealed record CircularDetail(CircularRow Circular, Guid? Case, Guid? Party, string Who, DocumentDetail Letter);

/// <summary>抄告 of the actor's own organ; a receiver has the letter itself.</summary>
public static class CircularQueries
{
    public static async Task<List<CircularRow>> ListAsync(AppDb db, Actor actor, int take, Cursor? after, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultView);
        var organ = actor.RequireOrgan();
        var circulars = db.CircularNotices.AsNoTracking().Where(c => c.Organ == organ);
        if (after is not null)
        {
            var (at, id) = (after.Instant(0), after.Id(1));
            circulars = circulars.Where(c => c.DraftedAt < at || (c.DraftedAt == at && c.Id.CompareTo(id) < 0));
        }
        return await RowsAsync(db, await circulars.OrderByDescending(c => c.DraftedAt).ThenByDescending(c => c.Id).Take(take).ToListAsync(ct), ct);
    }

    public static Cursor PlaceOf(CircularRow row) => Cursor.Of(row.DraftedAt, row.Id);

    public static async Task<CircularDetail?> DetailAsync(AppDb db, Actor actor, Guid id, DateTimeOffset now, Kernel.Calendar.WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultView);
        var organ = actor.RequireOrgan();
        if (await db.CircularNotices.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.Organ == organ, ct) is not { } circular) return null;
        return new CircularDetail((await RowsAsync(db, [circular], ct))[0], circular.Case, circular.Party, circular.Who, (await DocumentQueries.DetailAsync(db, actor, circular.Letter, now, calendar, ct))!);
    }

    private static async Task<List<CircularRow>> RowsAsync(AppDb db, IReadOnlyList<CircularNotice> circulars, CancellationToken ct)
    {
        var letters = circulars.Select(c => c.Letter).ToList();
        var documents = await db.OfficialDocuments.AsNoTracking().Where(d => letters.Contains(d.Id)).Select(d => new { d.Id, d.Number, d.State }).ToDictionaryAsync(d => d.Id, ct);
        var services = (await db.DocumentServices.AsNoTracking().Where(s => letters.Contains(s.Document) && !s.IsCopy).Select(s => new { s.Document, s.AnsweredAt }).ToListAsync(ct)).ToLookup(s => s.Document);
        return [.. circulars.Select(c => new CircularRow(c.Id, c.Number, c.Title, c.AboutTitle, c.Letter, documents[c.Letter].Number, documents[c.Letter].State, services[c.Letter].Count(), services[c.Letter].Count(s => s.AnsweredAt != null), c.DraftedAt))];
    }
}
