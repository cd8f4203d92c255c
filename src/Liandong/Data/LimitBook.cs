using Liandong.Kernel.Duties;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

/// <summary>The district's own number for a limit (本地约定), in place of the rule's default.</summary>
public sealed class DistrictLimit
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required string Rule { get; init; }
    public Term Limit { get; private set; } = new Term.FixedDay();

    /// <summary>Where the number comes from: a profile (襄阳), a resolution, a document.</summary>
    public string Source { get; private set; } = "";
    public DateTimeOffset ChangedAt { get; private set; }

    public void Set(Term limit, string source, DateTimeOffset at) => (Limit, Source, ChangedAt) = (limit, source, at);
}

/// <summary>Settings of one district that are not limits: switches and office hours.</summary>
public sealed class DistrictSettings
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public string Name { get; private set; } = "";

    /// <summary>End of office hours; null counts to 24:00 (民法典 第二百零三条).</summary>
    public TimeOnly? CloseOfBusiness { get; private set; }

    /// <summary>推送完成视为签收 (晋城): a delivered push counts as signed without an act of the department.</summary>
    public bool DeemedReceipt { get; private set; }

    /// <summary>Where the switch of signing comes from: a profile, a resolution, a document; empty while the default holds.</summary>
    public string SigningSource { get; private set; } = "";

    /// <summary>Where the close of business comes from; empty while the default holds.</summary>
    public string ClosingSource { get; private set; } = "";

    /// <summary>Set when the district holds invented people and cases: screens then carry the banner 示例环境.</summary>
    public bool IsSample { get; init; }

    /// <summary>The bureau's founding day: approvals from then on are kept by the bureau (附件2 二(五)).</summary>
    public DateOnly? BureauFoundedOn { get; private set; }

    public void Rename(string name) => Name = name;
    public void SetCloseOfBusiness(TimeOnly? close, string source) => (CloseOfBusiness, ClosingSource) = (close, source);
    public void SetDeemedReceipt(bool deemed, string source) => (DeemedReceipt, SigningSource) = (deemed, source);
    public void SetFounding(DateOnly? day) => BureauFoundedOn = day;
}

/// <summary>Finds the limit in force for a rule: the district's own number or the rule's default.</summary>
public sealed class LimitBook(AppDb db)
{
    private Dictionary<string, Term>? own;

    public async ValueTask<Term> OfAsync(DutyRule rule, CancellationToken ct)
    {
        own ??= await db.DistrictLimits.AsNoTracking().ToDictionaryAsync(l => l.Rule, l => l.Limit, ct);
        return own.GetValueOrDefault(rule.Code, rule.Limit);
    }
}
