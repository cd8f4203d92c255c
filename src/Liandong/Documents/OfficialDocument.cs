using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Documents;

public enum DocumentState
{
    Draft,

    /// <summary>核稿中: its text stands still while it is read.</summary>
    InReview,

    /// <summary>核稿通过.</summary>
    Reviewed,

    /// <summary>会签中: the organs that issue it jointly have the text before them; it stands still.</summary>
    Countersigning,

    /// <summary>已签发: numbered and dated; its text never changes again.</summary>
    Signed,

    /// <summary>已用印.</summary>
    Sealed,

    /// <summary>已送达 to at least one organ.</summary>
    Served,

    /// <summary>作废 before it was signed; it has no number.</summary>
    Cancelled,
}

/// <summary>公文: one document of an organ from its draft to the answers it gets.</summary>
public sealed class OfficialDocument
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>发文机关: the organ that drafts, signs, numbers and keeps it.</summary>
    public required Guid Organ { get; init; }
    public required DocumentKind Kind { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }

    /// <summary>Null when the platform drafted it.</summary>
    public Guid? DraftedBy { get; init; }

    /// <summary>What the document is about, in another module's words (<c>consultation</c>, <c>case</c>, <c>letter</c>); empty when it stands for itself.</summary>
    public string AboutKind { get; init; } = "";
    public Guid? AboutId { get; init; }
    public string AboutNumber { get; init; } = "";
    public string AboutTitle { get; init; } = "";

    /// <summary>The served document that this one answers.</summary>
    public Guid? InReplyTo { get; init; }

    public DocumentState State { get; private set; } = DocumentState.Draft;

    /// <summary>1, 2, …: grows with every change of the text; every revision is kept.</summary>
    public int Revision { get; private set; } = 1;
    public required DocumentContent Content { get; set; }

    /// <summary>标题, for lists.</summary>
    public string Title { get; private set; } = "";

    /// <summary>主送 and 抄送 as organs of the directory, in order; whom it is served to.</summary>
    public IReadOnlyList<Guid> To { get; private set; } = [];
    public IReadOnlyList<Guid> CopyTo { get; private set; } = [];

    /// <summary>发文字号: 历审函〔2026〕12号; empty until it is signed.</summary>
    public string Number { get; private set; } = "";
    public DateTimeOffset ChangedAt { get; private set; }
    public Guid? ReviewedBy { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }
    public Guid? SignedBy { get; private set; }
    public DateTimeOffset? SignedAt { get; private set; }
    public DateTimeOffset? SealedAt { get; private set; }
    public Guid? SealedBy { get; private set; }
    public DateTimeOffset? ServedAt { get; private set; }

    /// <summary>Why it was cancelled.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>SM3 of the signed text, kept on the ledger as well.</summary>
    public string Digest { get; private set; } = "";

    public bool IsSigned => State is DocumentState.Signed or DocumentState.Sealed or DocumentState.Served;
    public Subject Ref => new("document", Id, Number, Title);

    /// <summary>As acts refer to it: a title is content, which the audit administrator who reads the ledger does not see.</summary>
    public Subject OnLedger => new("document", Id, Number, DocumentWords.Of(Kind));
    public Subject? About => AboutId is { } id ? new Subject(AboutKind, id, AboutNumber, AboutTitle) : null;

    public void Write(DocumentContent content, IReadOnlyList<Guid> to, IReadOnlyList<Guid> copyTo, DateTimeOffset at)
    {
        if (Title.Length > 0)
        {
            MustNotBeSigned();
            if (State == DocumentState.InReview) throw new Refusal("document.in-review", "正在核稿,请先处理核稿意见或者撤回核稿。", DocumentsRules.Of(Kind));
            MustNotBeCountersigning();
            Revision++;
            State = DocumentState.Draft;
            (ReviewedBy, ReviewedAt) = (null, null);
        }
        (Content, Title, To, CopyTo, ChangedAt) = (content, content.Title, to, copyTo, at);
    }

    /// <summary>A proposed wording is taken over while the document is read.</summary>
    public void Amend(DocumentContent content, DateTimeOffset at)
    {
        MustBeInReview();
        (Content, Title, ChangedAt) = (content, content.Title, at);
        Revision++;
    }

    public void SendForReview()
    {
        MustNotBeSigned();
        if (State == DocumentState.InReview) throw new Refusal("document.in-review", "已经送核。", DocumentsRules.Of(Kind));
        MustNotBeCountersigning();
        State = DocumentState.InReview;
    }

    public void MustBeInReview()
    {
        if (State != DocumentState.InReview) throw new Refusal("document.not-in-review", "该文不在核稿中。", DocumentsRules.Of(Kind));
    }

    public void EndReview(bool passed, Guid? by, DateTimeOffset at)
    {
        MustBeInReview();
        State = passed ? DocumentState.Reviewed : DocumentState.Draft;
        if (passed) (ReviewedBy, ReviewedAt) = (by, at);
    }

    public void SendForCountersign(IReadOnlyList<DocumentIssuer> others)
    {
        MustNotBeSigned();
        if (others.Count == 0) throw new Refusal("document.not-joint", "该文没有联合发文机关,不需要会签。", DocumentsRules.Of(Kind));
        if (State == DocumentState.InReview) throw new Refusal("document.in-review", "正在核稿,核稿通过或者撤回后再送会签。", DocumentsRules.Of(Kind));
        MustNotBeCountersigning();
        State = DocumentState.Countersigning;
    }

    public void MustBeCountersigning()
    {
        if (State != DocumentState.Countersigning) throw new Refusal("document.not-countersigning", "该文不在会签中。", DocumentsRules.Of(Kind));
    }

    /// <summary>Back to the host before everybody signed. A review of the same text still stands.</summary>
    public void EndCountersign()
    {
        MustBeCountersigning();
        State = ReviewedAt is null ? DocumentState.Draft : DocumentState.Reviewed;
    }

    /// <param name="others">The organs that issue it jointly: none is numbered before each of them has signed.</param>
    public void MustBeSignable(IReadOnlyList<DocumentIssuer> others)
    {
        MustNotBeSigned();
        if (State == DocumentState.InReview) throw new Refusal("document.in-review", "正在核稿,核稿通过或者撤回后再签发。", DocumentsRules.Of(Kind));
        var missing = others.Count(o => o.State != IssuerState.Signed);
        if (missing > 0) throw new Refusal("document.issuers-missing", $"联合发文机关还有{missing}个没有签署,全部签署以后才能签发编号。", DocumentsRules.Cooperating);
    }

    /// <summary>The number, date and signer become part of the text, which is then closed.</summary>
    public void Sign(DocumentContent content, string number, string digest, IReadOnlyList<DocumentIssuer> others, Guid? by, DateTimeOffset at)
    {
        MustBeSignable(others);
        (Content, Number, Digest, SignedBy, SignedAt, ChangedAt, State) = (content, number, digest, by, at, at, DocumentState.Signed);
    }

    /// <param name="seal">The organ that issues it jointly and seals now; null for the host.</param>
    /// <param name="others">All of those.</param>
    public void Seal(DocumentIssuer? seal, IReadOnlyList<DocumentIssuer> others, Guid? by, DateTimeOffset at)
    {
        if (!IsSigned) throw new Refusal("document.not-signed", "签发后才能用印。", DocumentsRules.Of(Kind));
        if (!Content.Sealed) throw new Refusal("document.no-seal", "该文不加盖印章。", DocumentsRules.Of(Kind));
        if ((seal is null ? SealedAt : seal.SealedAt) is not null) throw new Refusal("document.sealed", "该文已经用印。", DocumentsRules.Of(Kind));
        if (seal is null) (SealedBy, SealedAt) = (by, at);
        else seal.Seal(by, at);
        if (HasSeals(others) && State != DocumentState.Served) State = DocumentState.Sealed;
    }

    /// <summary>Whether every organ that issues it has put its seal on it.</summary>
    public bool HasSeals(IReadOnlyList<DocumentIssuer> others) => SealedAt is not null && others.All(o => o.SealedAt is not null);

    public void Serve(IReadOnlyList<DocumentIssuer> others, DateTimeOffset at)
    {
        if (!IsSigned) throw new Refusal("document.not-signed", "签发后才能送达。", DocumentsRules.Of(Kind));
        if (Content.Sealed && !HasSeals(others)) throw new Refusal("document.not-sealed", others.Count == 0 ? "该文应当加盖印章,用印后才能送达。" : "该文应当加盖印章,各发文机关都用印后才能送达。", DocumentsRules.Of(Kind));
        (ServedAt, State) = (ServedAt ?? at, DocumentState.Served);
    }

    public void Cancel(string reason, DateTimeOffset at)
    {
        MustNotBeSigned();
        (State, Reason, ChangedAt) = (DocumentState.Cancelled, reason, at);
    }

    private void MustNotBeCountersigning()
    {
        if (State == DocumentState.Countersigning) throw new Refusal("document.countersigning", "正在会签,撤回会签以后再改动。", DocumentsRules.Of(Kind));
    }

    private void MustNotBeSigned()
    {
        if (IsSigned) throw new Refusal("document.signed", $"该文已经签发({Number}),不能再改动。", DocumentsRules.Of(Kind));
        if (State == DocumentState.Cancelled) throw new Refusal("document.cancelled", "该文已经作废。", DocumentsRules.Of(Kind));
    }
}

/// <summary>One revision of a document's text, as it was.</summary>
public sealed class DocumentVersion
{
    public required string District { get; init; }
    public required Guid Document { get; init; }
    public required int Revision { get; init; }
    public required DocumentContent Content { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? By { get; init; }
    public required string Who { get; init; }

    /// <summary>起草, 修改, 采纳核稿意见, 签发.</summary>
    public required string Why { get; init; }
}

public enum RemarkState { Open, Accepted, Declined }

/// <summary>核稿意见 on one piece of a document.</summary>
public sealed class DocumentRemark
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Document { get; init; }

    /// <summary>The revision that was read.</summary>
    public required int Revision { get; init; }

    /// <summary>Index of the block in the body; -1 for the title, -2 for the document as a whole.</summary>
    public required int Block { get; init; }

    /// <summary>The words that the remark is about, as they stood.</summary>
    public required string Quote { get; init; }
    public required string Text { get; init; }

    /// <summary>The wording that the reviewer proposes in place of <see cref="Quote"/>; empty when there is only the remark.</summary>
    public string Proposed { get; init; } = "";
    public required Guid? By { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset At { get; init; }
    public RemarkState State { get; private set; } = RemarkState.Open;
    public string Answer { get; private set; } = "";
    public string SettledBy { get; private set; } = "";
    public DateTimeOffset? SettledAt { get; private set; }

    public const int TheTitle = -1, TheWhole = -2;

    public void Settle(bool accepted, string answer, string who, DateTimeOffset at)
    {
        if (State != RemarkState.Open) throw new Refusal("remark.settled", "该意见已经处理。");
        (State, Answer, SettledBy, SettledAt) = (accepted ? RemarkState.Accepted : RemarkState.Declined, answer, who, at);
    }
}

/// <summary>送达 to one organ, its receipt and whether it must answer.</summary>
public sealed class DocumentService
{
    public required string District { get; init; }
    public required Guid Document { get; init; }

    /// <summary>The addressee. It sees the document from now on.</summary>
    public required Guid Organ { get; init; }

    /// <summary>抄送: for information, no answer asked.</summary>
    public required bool IsCopy { get; init; }
    public required DateTimeOffset ServedAt { get; init; }
    public bool AnswerAsked { get; init; }
    public DateTimeOffset? ReadAt { get; private set; }
    public string ReadBy { get; private set; } = "";
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>签收. True the first time.</summary>
    public bool Read(string who, DateTimeOffset at)
    {
        if (ReadAt is not null) return false;
        (ReadAt, ReadBy) = (at, who);
        return true;
    }

    public void Answer(DateTimeOffset at) => AnsweredAt ??= at;
}

/// <summary>答复 of an addressee: in words on the platform, or by a served document of its own.</summary>
public sealed class DocumentAnswer
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Document { get; init; }
    public required Guid Organ { get; init; }
    public required string Text { get; init; }

    /// <summary>The answering document.</summary>
    public Guid? Reply { get; init; }
    public string ReplyNumber { get; init; } = "";
    public Guid? By { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>机关代字: what stands before the year in an organ's numbers. Absent: derived from the organ's short name.</summary>
public sealed class OrganCode
{
    public required string District { get; init; }
    public required Guid Organ { get; init; }
    public string Code { get; private set; } = "";

    public void Set(string code) => Code = code;
}
