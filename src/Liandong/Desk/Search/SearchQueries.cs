using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Parties;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

public sealed record SearchHit(SearchKind Kind, Guid Id, string Number, string Title, string Sub, DateOnly? Day, string Href);

/// <param name="More">Whether there are more than are shown.</param>
/// <param name="After">Place of the next ones.</param>
public sealed record SearchGroup(SearchKind Kind, string Name, IReadOnlyList<SearchHit> Hits, bool More, string? After);

/// <summary>Search over everything that the actor's organ is party to. The kinds are asked for at once, each newest first.</summary>
public static class SearchQueries
{
    private const int Shown = 8, Suggestions = 3;

    public static async Task<IReadOnlyList<SearchGroup>> FindAsync(AppDb db, Actor actor, string? text, SearchKind? only, long? before, int size, CancellationToken ct)
    {
        actor.Demand(Rights.SearchUse);
        var organ = actor.RequireOrgan();
        var query = Bigrams.Query(text);
        if (query.IsEmpty) return [];
        var kinds = KindsOf(actor).Where(k => only is null || k == only).ToList();
        var take = only is null ? Shown : size;
        await using var connection = await db.HoldConnectionAsync(ct);
        var found = (await db.FindSearchRowsAsync(Sought(db, actor, organ, kinds), query, before ?? long.MaxValue, take + 1, ct))
            .GroupBy(f => f.Kind).ToDictionary(g => g.Key, g => g.Select(f => f.Row).Distinct().OrderDescending().Take(take + 1).ToList());
        if (found.Count == 0) return [];
        var rows = found.Values.SelectMany(of => of).ToList();
        var docs = (await db.SearchDocs.AsNoTracking().Where(d => rows.Contains(d.Row)).OrderByDescending(d => d.Row).ToListAsync(ct)).ToLookup(d => d.Kind);
        var groups = new List<SearchGroup>();
        foreach (var kind in kinds.Where(found.ContainsKey))
        {
            var (shown, more) = (docs[kind].Take(take).ToList(), found[kind].Count > take);
            groups.Add(new SearchGroup(kind, NameOf(kind), [.. shown.Select(d => new SearchHit(d.Kind, d.Id, d.Number, d.Title, d.Sub, d.Day, d.Href))], more, more ? shown[^1].Row.ToString() : null));
        }
        return groups;
    }

    /// <summary>Shorter searches that find something, for one that found nothing: each word alone, the beginning and the end of a Chinese term, the beginning of a code.</summary>
    public static async Task<IReadOnlyList<string>> SuggestAsync(AppDb db, Actor actor, string? text, CancellationToken ct)
    {
        actor.Demand(Rights.SearchUse);
        var organ = actor.RequireOrgan();
        var sought = Sought(db, actor, organ, KindsOf(actor));
        await using var connection = await db.HoldConnectionAsync(ct);
        var found = new List<string>();
        foreach (var shorter in Shorter(text))
        {
            var query = Bigrams.Query(shorter);
            if (query.IsEmpty) continue;
            if ((await db.FindSearchRowsAsync(sought, query, long.MaxValue, 1, ct)).Count > 0) found.Add(shorter);
            if (found.Count == Suggestions) break;
        }
        return found;
    }

    /// <summary>The kinds that the actor may find, in the order shown.</summary>
    public static IReadOnlyList<SearchKind> KindsOf(Actor actor) => [.. Enum.GetValues<SearchKind>().Where(k => MayFind(actor, k))];

    public static string NameOf(SearchKind kind) => kind switch
    {
        SearchKind.Case => "办件",
        SearchKind.Push => "推送",
        SearchKind.Party => "相对人",
        SearchKind.Permit => "许可",
        SearchKind.Consultation => "会商",
        SearchKind.Policy => "政策调整",
        SearchKind.Meeting => "会议",
        SearchKind.WorkingGroup => "专项对接组",
        SearchKind.Letter => "月度函告",
        SearchKind.Document => "公文",
        SearchKind.Paper => "收文",
        SearchKind.Item => "事项",
        SearchKind.Organ => "单位",
        _ => "人员",
    };

    private static IEnumerable<string> Shorter(string? text)
    {
        var words = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(6).ToList();
        var cut = words.SelectMany(word => word.Length < 3 ? [] : word.All(char.IsAscii) ? [word[..Math.Max(2, word.Length / 2)]] : new[] { word[..2], word[^2..] });
        return (words.Count > 1 ? words.Concat(cut) : cut).Distinct().Where(each => each != text?.Trim()).Take(8);
    }

    /// <summary>Of the other kinds there are few, whatever the word.</summary>
    private static bool IsMany(SearchKind kind) => kind is SearchKind.Case or SearchKind.Push or SearchKind.Permit or SearchKind.Party;

    private static List<SoughtRows> Sought(AppDb db, Actor actor, Guid organ, IEnumerable<SearchKind> kinds)
    {
        var sought = kinds.Select(kind => new SoughtRows(kind, MarkOf(db, actor, organ, kind), IsMany(kind))).ToList();
        // What is published to everybody carries the district's mark in place of the organs'.
        if (sought.Exists(s => s.Kind == SearchKind.Policy)) sought.Add(new SoughtRows(SearchKind.Policy, SearchIndex.DistrictMark(db.District), Many: false));
        return sought;
    }

    /// <summary>Whose mark the actor reads by: the same line as the lists draw (see <see cref="PushVisibility"/> and the cases' visibility).</summary>
    private static string MarkOf(AppDb db, Actor actor, Guid organ, SearchKind kind) => kind switch
    {
        SearchKind.Item or SearchKind.Organ or SearchKind.Person => SearchIndex.DistrictMark(db.District),
        // Of documents, consultations, meetings and policy changes the bureau reads no more than any other organ: its own, and what reached it.
        SearchKind.Document or SearchKind.Paper or SearchKind.Consultation or SearchKind.Meeting or SearchKind.WorkingGroup or SearchKind.Policy => SearchIndex.OrganMark(organ),
        SearchKind.Push or SearchKind.Letter when PushVisibility.SeesAll(actor) => SearchIndex.AllMark(db.District),
        _ when actor.IsBureau => SearchIndex.AllMark(db.District),
        _ => SearchIndex.OrganMark(organ),
    };

    private static bool MayFind(Actor actor, SearchKind kind) => kind switch
    {
        SearchKind.Case or SearchKind.Permit => actor.May(Rights.CaseView),
        SearchKind.Push => actor.May(Rights.PushView),
        SearchKind.Party => actor.May(Rights.PartyView),
        SearchKind.Consultation => actor.May(Rights.ConsultView),
        SearchKind.Policy => actor.May(Rights.PolicyView),
        SearchKind.Meeting or SearchKind.WorkingGroup => actor.May(Rights.MeetingView),
        SearchKind.Letter => actor.May(Rights.ReconcileView),
        SearchKind.Document or SearchKind.Paper => actor.May(Rights.DocumentView),
        SearchKind.Item => actor.May(Rights.ItemView),
        _ => actor.May(Rights.DirectoryView),
    };
}

/// <summary>A found text cut where the query's words stand in it, so that a page can mark them.</summary>
public static class Highlight
{
    public static IEnumerable<(string Text, bool Hit)> Cut(string text, string? query)
    {
        var words = (query ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 0).ToList();
        for (var i = 0; i < text.Length;)
        {
            var word = words.Where(w => string.Compare(text, i, w, 0, w.Length, StringComparison.OrdinalIgnoreCase) == 0).MaxBy(w => w.Length);
            if (word is not null)
            {
                yield return (text.Substring(i, Math.Min(word.Length, text.Length - i)), true);
                i += word.Length;
                continue;
            }
            var end = i + 1;
            while (end < text.Length && !words.Any(w => string.Compare(text, end, w, 0, w.Length, StringComparison.OrdinalIgnoreCase) == 0)) end++;
            yield return (text[i..end], false);
            i = end;
        }
    }
}
