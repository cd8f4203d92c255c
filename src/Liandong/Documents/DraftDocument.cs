using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>
/// 起草公文 of the actor's organ. Other modules draft inside a transaction of their own and say what the document is about; the mark, the addressees' names and the signature are
/// filled in from the directory.
/// </summary>
public sealed class DraftDocument(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="To">主送, organs of the directory. Minutes may have none.</param>
    /// <param name="About">The matter that the document belongs to.</param>
    /// <param name="InReplyTo">The served document that it answers.</param>
    /// <param name="Mark">发文机关标志 of minutes (×××会议纪要); the organ's name otherwise.</param>
    /// <param name="ToNames">How the addressees are called in the text (区政府有关部门), in place of their full names.</param>
    public sealed record Input(
        DocumentKind Kind, string Title, IReadOnlyList<Block> Body, IReadOnlyList<Guid> To, IReadOnlyList<Guid>? CopyTo = null, IReadOnlyList<string>? Attachments = null, string Note = "", Urgency Urgency = Urgency.None,
        bool? Sealed = null, string? Mark = null, string? ToNames = null, IReadOnlyList<Annex>? Annexes = null, Attendance? Attendance = null, Subject? About = null, Guid? InReplyTo = null);

    public sealed record Act(Guid Document, Guid Organ, DocumentKind Kind, Guid? About) : IAct { public static string Name => "document.drafted"; }

    public async Task<OfficialDocument> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentDraft);
        var organ = actor.RequireOrgan();
        if (input.InReplyTo is { } letter && !await db.DocumentServices.AnyAsync(s => s.Document == letter && s.Organ == organ, ct)) throw NotFound.Of("来文");
        var (content, to, copies) = await ContentAsync(db, organ, input, clock.Today, ct);
        var document = new OfficialDocument
        {
            District = db.District, Id = clock.NewId(), Organ = organ, Kind = input.Kind, DraftedAt = clock.Now, DraftedBy = actor.Person, Content = content, InReplyTo = input.InReplyTo,
            AboutKind = input.About?.Kind ?? "", AboutId = input.About?.Id, AboutNumber = input.About?.Number ?? "", AboutTitle = input.About?.Title ?? "",
        };
        document.Write(content, to, copies, clock.Now);
        db.OfficialDocuments.Add(document);
        db.DocumentVersions.Add(DocumentVersions.Of(db, document, actor, clock.Now, "起草"));
        await ledger.RecordAsync(new Act(document.Id, organ, input.Kind, input.About?.Id), document.OnLedger, DocumentsRules.Of(input.Kind), ct);
        return document;
    }

    /// <summary>The text as it will be printed, checked field by field.</summary>
    internal static async Task<(DocumentContent Content, IReadOnlyList<Guid> To, IReadOnlyList<Guid> CopyTo)> ContentAsync(AppDb db, Guid organ, Input input, DateOnly today, CancellationToken ct)
    {
        var (to, copies) = (input.To.Distinct().ToList(), (input.CopyTo ?? []).Distinct().Except(input.To).ToList());
        new InputCheck().Filled(input.Title, "Title", "标题", 120)
            .That(input.Body.Count > 0, "Body", "请填写正文。")
            .That(to.Count > 0 || input.Kind == DocumentKind.Minutes, "To", "请选择主送机关。")
            .That(!to.Contains(organ) && !copies.Contains(organ), "To", "不能发给本单位。")
            .NotLonger(input.Note, "Note", "附注", 100)
            .That((input.Attachments ?? []).Count <= 50, "Attachments", "附件不能超过50个。")
            .That(input.Kind != DocumentKind.Request || to.Count == 1, "To", "请示只主送一个机关。")
            .Throw();
        var ids = to.Concat(copies).Append(organ).ToList();
        var organs = await db.Organs.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        if (to.Concat(copies).FirstOrDefault(id => !organs.TryGetValue(id, out var found) || !found.ExistsOn(today)) is var missing && missing != Guid.Empty) throw new InvalidInput("To", "名录中没有所选的单位。");
        var name = organs[organ].Name;
        var minutes = input.Kind == DocumentKind.Minutes;
        var letter = input.Kind == DocumentKind.Letter;
        return (new DocumentContent
        {
            Kind = input.Kind,
            Format = letter ? DocumentForm.Letter : minutes ? DocumentForm.Minutes : DocumentForm.General,
            Mark = [string.IsNullOrWhiteSpace(input.Mark) ? (minutes ? name + "会议纪要" : name) : input.Mark.Trim()],
            MarkSaysDocument = !letter && !minutes,
            Urgency = input.Urgency,
            Title = input.Title.Trim(),
            To = minutes ? [] : string.IsNullOrWhiteSpace(input.ToNames) ? [.. to.Select(id => organs[id].Name)] : [input.ToNames.Trim()],
            Body = input.Body,
            Attachments = [.. (input.Attachments ?? []).Select(a => a.Trim()).Where(a => a.Length > 0)],
            SignedBy = [name],
            Sealed = !minutes && (input.Sealed ?? true),
            Note = input.Note.Trim(),
            Annexes = input.Annexes ?? [],
            CopyTo = minutes && copies.Count == 0 ? [.. to.Select(id => organs[id].Name)] : [.. copies.Select(id => organs[id].Name)],
            PrintedBy = letter ? "" : name,
            Attendance = minutes ? input.Attendance : null,
        }, to, copies);
    }
}

/// <summary>Keeps a revision.</summary>
internal static class DocumentVersions
{
    public static DocumentVersion Of(AppDb db, OfficialDocument document, Actor actor, DateTimeOffset at, string why) =>
        new() { District = db.District, Document = document.Id, Revision = document.Revision, Content = document.Content, At = at, By = actor.Person, Who = actor.Name, Why = why };
}
