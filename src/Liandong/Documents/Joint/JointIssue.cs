using Liandong.Data;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>联合行文 (GB/T 9704-2012): which organs issue a document with its host, and how their names stand on the paper.</summary>
internal static class JointIssue
{
    /// <summary>Organs besides the host at most; more mark lines leave no room for the text on the first page.</summary>
    public const int Most = 8;

    public static Task<List<DocumentIssuer>> IssuersAsync(AppDb db, Guid document, CancellationToken ct) => db.DocumentIssuers.Where(i => i.Document == document).OrderBy(i => i.Ordinal).ToListAsync(ct);

    /// <summary>
    /// 发文机关标志. 7.2.4 «联合行文时,如需同时标注联署发文机关名称,一般应当将主办机关名称排列在前»; 10.1, of letters: «联合行文时,使用主办机关标志».
    /// </summary>
    public static IReadOnlyList<string> MarkOf(DocumentKind kind, IReadOnlyList<string> names) => kind == DocumentKind.Letter ? [names[0]] : names;

    /// <summary>The issuers of a draft become those that the draft names now. One that had the draft before it leaves by <see cref="RemoveIssuer"/>, with a reason.</summary>
    public static async Task SetAsync(AppDb db, OfficialDocument document, IReadOnlyList<Guid> organs, CancellationToken ct)
    {
        var rows = await IssuersAsync(db, document.Id, ct);
        foreach (var row in rows.Where(r => !organs.Contains(r.Organ)))
        {
            if (row.WasAsked) throw new Refusal("document.issuer-asked", "送过会签的联合发文机关,请从“移出联合行文”移出并写明理由。", DocumentsRules.Of(document.Kind), "Joint");
            db.DocumentIssuers.Remove(row);
        }
        foreach (var (at, organ) in organs.Index())
            if (rows.Find(r => r.Organ == organ) is { } known) known.Ordinal = at + 1;
            else db.DocumentIssuers.Add(new DocumentIssuer { District = db.District, Document = document.Id, Organ = organ, Ordinal = at + 1 });
    }
}
