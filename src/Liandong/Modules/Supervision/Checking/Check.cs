using Liandong.Kernel;

namespace Liandong.Modules.Supervision;

/// <summary>符合, 基本符合, 不符合.</summary>
public enum CheckResult { Conforming, MostlyConforming, NotConforming }

/// <summary>通过, 限期整改, 移交执法.</summary>
public enum Treatment { Passed, Rectify, HandOver }

/// <summary>Whom the record may be shown to: 内部 or 外部.</summary>
public enum Publicity { Internal, External }

public enum PointResult { Met, NotMet, NotApplicable }

/// <summary>One point that was looked at: a condition or promise of the permit, or one that the officers added.</summary>
public sealed record CheckPoint(string Point, PointResult Result, string Note = "");

/// <summary>Who checked, with the number of the 行政执法证.</summary>
/// <param name="Person">Null where the officer is not in the directory.</param>
public sealed record CheckOfficer(Guid? Person, string Name, string Certificate)
{
    /// <exception cref="Refusal">Fewer than two officers, or one without a certificate (行政处罚法 第四十二条).</exception>
    public static IReadOnlyList<CheckOfficer> Verified(IEnumerable<CheckOfficer> officers)
    {
        var list = officers.Select(o => o with { Name = o.Name.Trim(), Certificate = o.Certificate.Trim().ToUpperInvariant() }).ToList();
        if (list.FirstOrDefault(o => o.Certificate.Length == 0) is { } without)
            throw new Refusal("officers.no-certificate", $"{without.Name}没有行政执法证号,不能作为检查人员;请先登记证号,或者换人。", SupervisionRules.TwoOfficers, "Officers");
        var different = list.DistinctBy(o => o.Certificate).ToList();
        return different.Count >= 2 ? different
            : throw new Refusal("officers.fewer-than-two", "执法人员不得少于两人,请再选一名持证人员。", SupervisionRules.TwoOfficers, "Officers");
    }

    public override string ToString() => $"{Name}({Certificate})";
}

/// <summary>检查记录: one visit. It is never changed; what follows from it are rectifications and hand-overs of their own.</summary>
public sealed class Check
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Push { get; init; }
    public required Guid Organ { get; init; }
    public required Guid Party { get; init; }

    /// <summary>第n次检查 of this push, in the order of recording.</summary>
    public required int Nth { get; init; }
    public required PlanKind Kind { get; init; }
    public Guid? Plan { get; init; }
    public required DateOnly On { get; init; }
    public required string Place { get; init; }
    public required IReadOnlyList<CheckOfficer> Officers { get; init; }
    public required IReadOnlyList<CheckPoint> Points { get; init; }
    public required CheckResult Result { get; init; }
    public required Treatment Treatment { get; init; }

    /// <summary>The day named for rectification; the natural end of the period may lie later.</summary>
    public DateOnly? RectifyBy { get; init; }
    public required Publicity Publicity { get; init; }
    public string LegalPerson { get; init; } = "";
    public string Contact { get; init; } = "";
    public string Note { get; init; } = "";

    /// <summary>Number of the record in the department's own system, unique within the organ; a record sent twice is taken once. Empty for records made here.</summary>
    public string? SourceNumber { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }

    /// <summary>Number of the ledger entry that proves it.</summary>
    public long Entry { get; private set; }

    /// <summary>通过 with every point met: nothing to weigh for anybody.</summary>
    public bool IsClean => Result == CheckResult.Conforming;

    public void Entered(long entry) => Entry = entry;

    /// <summary>The same visit in every word that the officers wrote.</summary>
    public bool SaysTheSameAs(Check other) =>
        (On, Kind, Place, Result, Treatment, RectifyBy, LegalPerson, Contact, Note) == (other.On, other.Kind, other.Place, other.Result, other.Treatment, other.RectifyBy, other.LegalPerson, other.Contact, other.Note)
        && Officers.SequenceEqual(other.Officers) && Points.SequenceEqual(other.Points);

    /// <exception cref="Refusal">Result, treatment and points do not fit together.</exception>
    public static void MustFit(CheckResult result, Treatment treatment, IEnumerable<CheckPoint> points)
    {
        if (result == CheckResult.Conforming && points.Any(p => p.Result == PointResult.NotMet))
            throw new Refusal("check.points-not-met", "有检查要点不符合,检查结果不能是“符合”。", SupervisionRules.RecordingChecks, "Result");
        if (result == CheckResult.Conforming && treatment != Treatment.Passed)
            throw new Refusal("check.treatment-without-fault", "检查结果为“符合”的,处理只能是“通过”。", SupervisionRules.RecordingChecks, "Treatment");
        if (result == CheckResult.NotConforming && treatment == Treatment.Passed)
            throw new Refusal("check.fault-without-treatment", "检查结果为“不符合”的,应当限期整改或者移交执法。", SupervisionRules.RecordingChecks, "Treatment");
    }
}
