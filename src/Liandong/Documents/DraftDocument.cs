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
    /// <param name="Attachments">附件说明: the names in their order. Those that are bound in have their text in <paramref name="Annexes"/>; the others go with the document as files.</param>
    /// <param name="Annexes">附件 that are bound in, each under its name in 附件说明; one that is not named there is named after the others.</param>
    /// <param name="Attendance">出席、请假、列席, of minutes alone.</param>
    /// <param name="Joint">联合发文机关 besides the actor's organ, which is the host, in the order of their names.</param>
    /// <param name="ToNames">How the addressees are called in the text (区政府有关部门), in place of their full names.</param>
    public sealed record Input(
        DocumentKind Kind, string Title, IReadOnlyList<Block> Body, IReadOnlyList<Guid> To, IReadOnlyList<Guid>? CopyTo = null, IReadOnlyList<string>? Attachments = null, string Note = "", Urgency Urgency = Urgency.None,
        bool? Sealed = null, string? Mark = null, string? ToNames = null, IReadOnlyList<Annex>? Annexes = null, Attendance? Attendance = null, IReadOnlyList<Guid>? Joint = null, Subject? About = null, Guid? InReplyTo = null);

    public sealed record Act(Guid Document, Guid Organ, DocumentKind Kind, Guid? About) : IAct { public static string Name => "document.drafted"; }

    public async Task<OfficialDocument> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentDraft);
        var organ = actor.RequireOrgan();
        if (input.InReplyTo is { } letter && !await db.DocumentServices.AnyAsync(s => s.Document == letter && s.Organ == organ, ct)) throw NotFound.Of("来文");
        var (content, to, copies, joint) = await ContentAsync(db, organ, input, clock.Today, ct);
        var document = new OfficialDocument
        {
            District = db.District, Id = clock.NewId(), Organ = organ, Kind = input.Kind, DraftedAt = clock.Now, DraftedBy = actor.Person, Content = content, InReplyTo = input.InReplyTo,
            AboutKind = input.About?.Kind ?? "", AboutId = input.About?.Id, AboutNumber = input.About?.Number ?? "", AboutTitle = input.About?.Title ?? "",
        };
        document.Write(content, to, copies, clock.Now);
        db.OfficialDocuments.Add(document);
        await JointIssue.SetAsync(db, document, joint, ct);
        db.DocumentVersions.Add(DocumentVersions.Of(db, document, actor, clock.Now, "起草"));
        await ledger.RecordAsync(new Act(document.Id, organ, input.Kind, input.About?.Id), document.OnLedger, DocumentsRules.Of(input.Kind), ct);
        return document;
    }

    /// <summary>The text as it will be printed, checked field by field.</summary>
    internal static async Task<(DocumentContent Content, IReadOnlyList<Guid> To, IReadOnlyList<Guid> CopyTo, IReadOnlyList<Guid> Joint)> ContentAsync(AppDb db, Guid organ, Input input, DateOnly today, CancellationToken ct)
    {
        var joint = (input.Joint ?? []).Distinct().ToList();
        var annexes = (input.Annexes ?? []).Select(a => a with { Title = a.Title.Trim() }).ToList();
        // «附件顺序号和附件标题应当与附件说明的表述一致» (7.3.7).
        var attachments = (input.Attachments ?? []).Concat(annexes.Select(a => a.Title)).Select(a => a.Trim()).Where(a => a.Length > 0).Distinct().ToList();
        var there = input.Attendance is { } given && given.Present.Count + given.OnLeave.Count + given.Observing.Count > 0 ? given : null;
        var (to, copies) = (input.To.Distinct().ToList(), (input.CopyTo ?? []).Distinct().Except(input.To).ToList());
        new InputCheck().Filled(input.Title, "Title", "标题", 120)
            .That(input.Body.Count > 0, "Body", "请填写正文。")
            .That(to.Count > 0 || input.Kind == DocumentKind.Minutes, "To", "请选择主送机关。")
            .That(!to.Contains(organ) && !copies.Contains(organ), "To", "不能发给本单位。")
            .NotLonger(input.Note, "Note", "附注", 100)
            .That(attachments.Count <= 50, "Attachments", "附件不能超过50个。")
            .That(attachments.All(a => a.Length <= 200), "Attachments", "附件名称不能超过200字。")
            .That(annexes.All(a => a.Title.Length > 0), "Attachments", "请填写附件名称。")
            .That(annexes.DistinctBy(a => a.Title).Count() == annexes.Count, "Attachments", "附件名称不能重复。")
            .That(annexes.All(a => a.Body.Count > 0), "Attachments", "没有正文的附件只列入附件说明。")
            .That(there is null || input.Kind == DocumentKind.Minutes, "Present", "出席、请假、列席只写在纪要里。")
            .That(there is null || there.Present.Concat(there.OnLeave).Concat(there.Observing).All(n => n.Length <= 60), "Present", "每行写一个单位和姓名,不超过60字。")
            .That(there is null || there.Present.Count + there.OnLeave.Count + there.Observing.Count <= 300, "Present", "出席、请假、列席合计不能超过300人。")
            .NotLonger(input.Mark, "Mark", "纪要标志", 50)
            .NotLonger(input.ToNames, "ToNames", "主送的称呼", 100)
            .That(joint.Count == 0 || input.Kind != DocumentKind.Minutes, "Joint", "纪要不联合行文。")
            .That(joint.Count <= JointIssue.Most, "Joint", $"联合发文机关不能超过{JointIssue.Most + 1}个。")
            .That(!joint.Contains(organ), "Joint", "本单位是主办机关,不用再选。")
            .That(!joint.Intersect(to.Concat(copies)).Any(), "Joint", "联合发文机关不能同时是收文单位。")
            .That(input.Kind != DocumentKind.Request || to.Count == 1, "To", "请示只主送一个机关。")
            .Throw();
        var ids = to.Concat(copies).Concat(joint).Append(organ).ToList();
        var organs = await db.Organs.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        if (to.Concat(copies).FirstOrDefault(id => !organs.TryGetValue(id, out var found) || !found.ExistsOn(today)) is var missing && missing != Guid.Empty) throw new InvalidInput("To", "名录中没有所选的单位。");
        if (joint.Exists(id => !organs.TryGetValue(id, out var found) || !found.ExistsOn(today))) throw new InvalidInput("Joint", "名录中没有所选的单位。");
        var name = organs[organ].Name;
        IReadOnlyList<string> signing = [.. joint.Select(id => organs[id].Name).Prepend(name)];
        var minutes = input.Kind == DocumentKind.Minutes;
        var letter = input.Kind == DocumentKind.Letter;
        return (new DocumentContent
        {
            Kind = input.Kind,
            Format = letter ? DocumentForm.Letter : minutes ? DocumentForm.Minutes : DocumentForm.General,
            Mark = !string.IsNullOrWhiteSpace(input.Mark) ? [input.Mark.Trim()] : minutes ? [name + "会议纪要"] : JointIssue.MarkOf(input.Kind, signing),
            MarkSaysDocument = !letter && !minutes,
            Urgency = input.Urgency,
            Title = input.Title.Trim(),
            To = minutes ? [] : string.IsNullOrWhiteSpace(input.ToNames) ? [.. to.Select(id => organs[id].Name)] : [input.ToNames.Trim()],
            Body = input.Body,
            Attachments = attachments,
            SignedBy = signing,
            Sealed = !minutes && (input.Sealed ?? true),
            Note = input.Note.Trim(),
            Annexes = [.. annexes.OrderBy(a => attachments.IndexOf(a.Title))],
            CopyTo = minutes && copies.Count == 0 ? [.. to.Select(id => organs[id].Name)] : [.. copies.Select(id => organs[id].Name)],
            PrintedBy = letter ? "" : name,
            Attendance = there,
        }, to, copies, joint);
    }
}

/// <summary>Keeps a revision.</summary>
internal static class DocumentVersions
{
    public static DocumentVersion Of(AppDb db, OfficialDocument document, Actor actor, DateTimeOffset at, string why) =>
        new() { District = db.District, Document = document.Id, Revision = document.Revision, Content = document.Content, At = at, By = actor.Person, Who = actor.Name, Why = why };
}
