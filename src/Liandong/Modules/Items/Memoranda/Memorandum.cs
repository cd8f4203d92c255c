using Liandong.Kernel;

namespace Liandong.Modules.Items;

/// <summary>One item of a memorandum: who approves, who supervises, with whom to speak.</summary>
public sealed record MemorandumLine(string ItemCode, string ItemName, string Place, ResponsibilityKind Kind, string BureauSection, string Section, string Officer, string Phone, int? ClaimDays, DateOnly From,
    InspectionClass Inspection, bool AnnualReport);

public sealed record MemorandumContact(string Side, string Post, string Name, string Phone);

/// <summary>What one side owes the other, with the clause of the notice that it rests on.</summary>
public sealed record MemorandumClause(string Title, string Text, string Clause, string ClauseId);

/// <summary>Everything that both sides put their names to.</summary>
public sealed record MemorandumContent(IReadOnlyList<MemorandumLine> Lines, IReadOnlyList<MemorandumContact> Contacts, IReadOnlyList<MemorandumClause> Clauses);

public enum MemorandumState { Draft, HalfSigned, Signed, Replaced }

/// <summary>责任备忘录 of the bureau and one department: made from the register, fixed as it was then, signed by both sides. A changed register needs a new version.</summary>
public sealed class Memorandum
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Organ { get; init; }
    public required string OrganName { get; init; }
    public required string BureauName { get; init; }

    /// <summary>1, 2, 3… per department.</summary>
    public required int Number { get; init; }
    public required int RegisterVersion { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required IReadOnlyList<MemorandumLine> Lines { get; init; }
    public required IReadOnlyList<MemorandumContact> Contacts { get; init; }
    public required IReadOnlyList<MemorandumClause> Clauses { get; init; }

    /// <summary>SM3 of the content: what is signed, and how a later register is compared with it.</summary>
    public required string Digest { get; init; }
    public string BureauSigner { get; private set; } = "";
    public DateTimeOffset? BureauSignedAt { get; private set; }
    public string OrganSigner { get; private set; } = "";
    public DateTimeOffset? OrganSignedAt { get; private set; }

    /// <summary>When a later version was signed by both sides.</summary>
    public DateTimeOffset? ReplacedAt { get; private set; }

    public string Title => $"{OrganName}事中事后监管责任备忘录(第{Number}版)";

    public MemorandumState State => ReplacedAt is not null ? MemorandumState.Replaced : (BureauSignedAt, OrganSignedAt) switch
    {
        (null, null) => MemorandumState.Draft,
        (not null, not null) => MemorandumState.Signed,
        _ => MemorandumState.HalfSigned,
    };

    /// <param name="forBureau">The bureau's signature; the department's otherwise.</param>
    public void Sign(bool forBureau, string signer, DateTimeOffset at)
    {
        if (ReplacedAt is not null) throw new Refusal("memorandum.replaced", "已有新版责任备忘录签署,这一版不能再签。");
        if (forBureau ? BureauSignedAt is not null : OrganSignedAt is not null) throw new Refusal("memorandum.signed", "本单位已经签署这一版责任备忘录。");
        if (forBureau) (BureauSigner, BureauSignedAt) = (signer, at);
        else (OrganSigner, OrganSignedAt) = (signer, at);
    }

    public void Replace(DateTimeOffset at) => ReplacedAt ??= at;
}
