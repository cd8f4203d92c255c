using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Consultations;
using Liandong.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>纪要汇编: the issued minutes of a year's meetings as one file, those that the actor may see. Taken out, it is on the ledger like every list.</summary>
public sealed class CompileMinutes(AppDb db, Typography typography, Ledger ledger, CalendarBook calendars, Actor actor, Clock clock)
{
    /// <param name="Form">pdf or docx.</param>
    public sealed record Act(int Year, string Form, int Minutes) : IAct { public static string Name => "minutes.compiled"; }

    public async Task<PrintDocument.Printed> PdfAsync(int year, CancellationToken ct)
    {
        var volume = await VolumeAsync(year, ct);
        var written = typography.Pdf(volume, clock.Now);
        return await RecordedAsync(year, volume, written.Bytes, "pdf", written.Remarks, ct);
    }

    public async Task<PrintDocument.Printed> DocxAsync(int year, CancellationToken ct)
    {
        var volume = await VolumeAsync(year, ct);
        return await RecordedAsync(year, volume, typography.Docx(volume, clock.Now), "docx", [], ct);
    }

    private async Task<Volume> VolumeAsync(int year, CancellationToken ct)
    {
        var minutes = await YearOfMinutes.OfAsync(db, actor, year, clock.Now, await calendars.CurrentAsync(ct), ct);
        if (minutes.Count == 0) throw YearOfMinutes.None(year);
        return new Volume("会议纪要汇编", $"{year}年", actor.OrganName, clock.Today, [.. minutes.Select(m => m.Content)]);
    }

    private async Task<PrintDocument.Printed> RecordedAsync(int year, Volume volume, byte[] bytes, string form, IReadOnlyList<string> remarks, CancellationToken ct)
    {
        await ledger.RecordAsync(new Act(year, form, volume.Parts.Count), new Subject("export", clock.NewId(), "", "纪要汇编"), null, ct);
        return new PrintDocument.Printed(bytes, $"{volume.Title}.{form}", remarks);
    }
}

/// <param name="Content">The document as it was issued.</param>
/// <param name="Opens">The actor may open the document itself.</param>
public sealed record CompiledMinutes(Guid Meeting, string MeetingTitle, MeetingKind Kind, DateTimeOffset IssuedAt, Guid Document, bool Opens, DocumentContent Content, IReadOnlyList<DecisionView> Decisions)
{
    public string Number => Content.Number;
    public string Title => Content.Title;
    public DateOnly? Date => Content.Date;
}

/// <summary>The issued minutes of the meetings that were held in a year, in order of issue: of each meeting that the actor sees, who reads the minutes on its page anyway.</summary>
public static class YearOfMinutes
{
    public static Refusal None(int year) => new("minutes.none-in-year", $"{year}年没有本单位看得到的、已经印发的会议纪要。", ConferencesRules.Issuing);

    public static async Task<IReadOnlyList<CompiledMinutes>> OfAsync(AppDb db, Actor actor, int year, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        if (year is < 2000 or > 2189) return [];
        var (from, to) = (Beijing.StartOf(new DateOnly(year, 1, 1)), Beijing.StartOf(new DateOnly(year + 1, 1, 1)));
        var meetings = await db.Meetings.AsNoTracking().VisibleTo(db, actor).Where(m => m.StartsAt >= from && m.StartsAt < to && m.MinutesDocument != null && m.IssuedAt != null).OrderBy(m => m.IssuedAt).ThenBy(m => m.Id).ToListAsync(ct);
        var documents = meetings.Select(m => m.MinutesDocument!.Value).ToList();
        var contents = await db.OfficialDocuments.AsNoTracking().Where(d => documents.Contains(d.Id)).Select(d => new { d.Id, d.Content }).ToDictionaryAsync(d => d.Id, d => d.Content, ct);
        var opens = await db.OfficialDocuments.AsNoTracking().VisibleTo(db, actor).Where(d => documents.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct);
        var ids = meetings.Select(m => m.Id).ToList();
        var decisions = await db.DecisionItems.AsNoTracking().Where(i => i.Meeting != null && ids.Contains(i.Meeting.Value) && i.State != DecisionState.Drafted && i.State != DecisionState.Dropped).OrderBy(i => i.Ordinal).ToListAsync(ct);
        var subjects = decisions.Select(d => d.Id).ToList();
        var duties = await db.Duties.AsNoTracking().Where(d => subjects.Contains(d.SubjectId) && d.ClosedAt == null).ToListAsync(ct);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        return [.. meetings.Select(m => new CompiledMinutes(m.Id, m.Title, m.Kind, m.IssuedAt!.Value, m.MinutesDocument!.Value, opens.Contains(m.MinutesDocument.Value), contents[m.MinutesDocument.Value],
            [.. decisions.Where(d => d.Meeting == m.Id).Select(d => ConsultationQueries.ViewOf(d, organs, duties, now, calendar))]))];
    }

    /// <summary>The years that have any, the latest first.</summary>
    public static async Task<IReadOnlyList<int>> YearsAsync(AppDb db, Actor actor, CancellationToken ct) =>
        [.. (await db.Meetings.AsNoTracking().VisibleTo(db, actor).Where(m => m.MinutesDocument != null && m.IssuedAt != null).Select(m => m.StartsAt).ToListAsync(ct)).Select(at => Beijing.DayOf(at).Year).Distinct().OrderDescending()];
}
