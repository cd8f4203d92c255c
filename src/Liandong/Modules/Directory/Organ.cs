using Liandong.Kernel;

namespace Liandong.Modules.Directory;

public enum OrganKind { Bureau, Department, ConferenceOffice, Discipline, Archive, Finance, Government, Public }

/// <summary>单位: any public body of the district's directory.</summary>
public sealed class Organ
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public string Name { get; private set; } = "";
    public string ShortName { get; private set; } = "";
    public required OrganKind Kind { get; init; }

    /// <summary>统一社会信用代码; empty until it is known.</summary>
    public string CreditCode { get; private set; } = "";

    /// <summary>Whether the organ is a member unit of the joint conference (附件1 一).</summary>
    public bool IsMember { get; private set; }

    /// <summary>The order of the notice's roster.</summary>
    public int Rank { get; private set; }
    public required DateOnly From { get; init; }

    /// <summary>Last day before the organ was renamed or merged; null while it exists.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>The organ that this one took over from in a later reform.</summary>
    public Guid? Predecessor { get; init; }

    public bool ExistsOn(DateOnly day) => From <= day && (To is null || day <= To);

    public void Describe(string name, string shortName, string creditCode, bool isMember, int rank)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("organ.name-required", "请填写单位名称。", field: "Name");
        (Name, ShortName, CreditCode, IsMember, Rank) = (name.Trim(), string.IsNullOrWhiteSpace(shortName) ? name.Trim() : shortName.Trim(), creditCode, isMember, rank);
    }

    public void End(DateOnly lastDay)
    {
        if (To is not null) throw new Refusal("organ.ended", "该单位已经终止。");
        if (lastDay < From) throw new Refusal("organ.ends-before-start", "终止日不能早于成立日。", field: "To");
        To = lastDay;
    }
}

/// <summary>科室.</summary>
public sealed class Section
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Organ { get; init; }
    public string Name { get; private set; } = "";
    public DateOnly? To { get; private set; }

    public void Rename(string name) => Name = string.IsNullOrWhiteSpace(name) ? throw new Refusal("section.name-required", "请填写科室名称。", field: "Name") : name.Trim();

    public void End(DateOnly lastDay) => To = lastDay;
}
