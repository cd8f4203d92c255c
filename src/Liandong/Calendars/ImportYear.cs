using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Notice;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Calendars;

/// <summary>导入放假安排: the State Council's notice of a year, or its revision within the year. All open duties are counted anew in the same transaction.</summary>
public sealed class ImportYear(AppDb db, CalendarBook calendars, CalendarCache cache, RecountDuties recount, Ledger ledger, Actor actor, Clock clock)
{
    public static readonly Article LastDay = Article.Statute("民法典 第二百零三条", "期间的最后一日是法定休假日的,以法定休假日结束的次日为期间的最后一日。");

    /// <param name="Reason">Needed where the year is known already: an in-year revision.</param>
    public sealed record Input(string Json, string Reason = "");

    public sealed record Act(Guid Notice, int Year, string VersionBefore, string VersionAfter, string Reason) : IAct { static string IAct.Name => "calendar.imported"; }

    /// <summary>One day that counts otherwise than before.</summary>
    public sealed record Difference(DateOnly Date, string Before, string After);

    public sealed record Preview(YearNotice Notice, bool IsRevision, string VersionBefore, string VersionAfter, IReadOnlyList<Difference> Differences, RecountDuties.Outcome Duties);

    public sealed record Result(int Year, string Version, int Open, int Moved);

    public async Task<Preview> PreviewAsync(string json, CancellationToken ct)
    {
        actor.Demand(Rights.CalendarImport);
        var notice = Read(json);
        var before = await calendars.CurrentAsync(ct);
        var after = before.With(notice);
        var differences = new List<Difference>();
        for (var day = new DateOnly(notice.Year - 1, 12, 1); day <= new DateOnly(notice.Year + 1, 1, 10); day = day.AddDays(1))
            if (before.Look(day) is var was && after.Look(day) is var now && was != now) differences.Add(new Difference(day, Word(was), Word(now)));
        return new Preview(notice, before.IsPublished(notice.Year), before.Version, after.Version, differences, await recount.PreviewAsync(after, ct));
    }

    /// <exception cref="Refusal">The notice cannot be read, changes nothing, or revises a known year without a reason.</exception>
    public async Task<Result> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.CalendarImport);
        var notice = Read(input.Json);
        await using var together = await ledger.TogetherAsync(ct);
        var before = await calendars.BuildAsync(ct);
        var after = before.With(notice);
        if (after.Version == before.Version) throw new Refusal("calendar.unchanged", $"{notice.Year}年的放假安排与现行日历一致,不需要导入。", LastDay, "Notice");
        var reason = input.Reason.Trim();
        if (before.IsPublished(notice.Year) && reason.Length == 0) throw new Refusal("calendar.reason-required", $"{notice.Year}年已经有放假安排,再次导入是年中调整,请写明依据。", LastDay, "Reason");
        var row = new CalendarNotice
        {
            District = db.District, Id = clock.NewId(), Year = notice.Year, Json = input.Json, ImportedAt = clock.Now, ImportedBy = actor.Person, Reason = reason, VersionAfter = after.Version,
        };
        db.CalendarNotices.Add(row);
        var subject = new Subject("calendar", row.Id, "", $"{notice.Year}年放假安排");
        await ledger.RecordAsync(new Act(row.Id, notice.Year, before.Version, after.Version, reason), subject, LastDay, ct);
        var outcome = await recount.RunAsync(after, reason.Length > 0 ? $"{notice.Year}年放假安排调整:{reason}" : $"{notice.Year}年放假安排公布", ct);
        await together.CommitAsync(ct);
        cache.Forget(db.District);
        return new Result(notice.Year, after.Version, outcome.Open, outcome.Moved);
    }

    /// <summary>A year whose arrangement has not been announced has a file without days in the public collection: imported over a known year it would take its holidays away.</summary>
    private static YearNotice Read(string json) => YearNotice.Parse(json) is { IsAnnounced: true } notice ? notice : throw new Refusal("calendar.invalid-notice", "文件里没有一天放假或者调休,可能这一年的放假安排还没有公布。", LastDay, "Notice");

    internal static string Word(DayFact fact) => fact.Kind switch
    {
        DayKind.Holiday => $"{fact.Name}放假",
        DayKind.MakeUpWorkday => $"{fact.Name}调休上班",
        DayKind.LocalRest => $"本区休息({fact.Name})",
        DayKind.LocalWorkday => $"本区上班({fact.Name})",
        _ => fact.Name,
    };
}
