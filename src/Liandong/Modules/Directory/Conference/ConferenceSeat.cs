using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Directory;

public enum SeatKind { Convenor, Deputy, OfficeDirector, GroupLeader }

/// <summary>A place in the joint conference (附件1 一), held by a person from a day, to a day.</summary>
public sealed class ConferenceSeat
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required SeatKind Kind { get; init; }

    /// <summary>The working group that a <see cref="SeatKind.GroupLeader"/> leads.</summary>
    public Guid? Group { get; init; }
    public required Guid Person { get; init; }

    /// <summary>Office as the roster writes it: 区委副书记、区长.</summary>
    public string Title { get; init; } = "";

    /// <summary>Order among the deputies.</summary>
    public int Rank { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? To { get; private set; }

    public void End(DateOnly lastDay)
    {
        if (To is not null) throw new Refusal("seat.ended", "该席位任职已经结束。");
        if (lastDay < From) throw new Refusal("seat.ends-before-start", "离任日不能早于任职日。", field: "LastDay");
        To = lastDay;
    }

    public static string NameOf(SeatKind kind) => kind switch { SeatKind.Convenor => "召集人", SeatKind.Deputy => "副召集人", SeatKind.OfficeDirector => "办公室主任", _ => "负责人" };
}

/// <summary>专项对接组 of the conference office, with its remit.</summary>
public sealed class WorkingGroup
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string Remit { get; private set; } = "";
    public int Rank { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? To { get; private set; }

    public Subject Ref => new("working-group", Id, "", Name);

    public void SetRemit(string remit) => Remit = remit.Trim();

    public void MustStand()
    {
        if (To is not null) throw new Refusal("group.ended", "该组已经撤销。");
    }

    public void End(DateOnly lastDay)
    {
        MustStand();
        To = lastDay < From ? throw new Refusal("group.ends-before-start", "撤销日不能早于设立日。", field: "LastDay") : lastDay;
    }
}

/// <summary>成员 of a working group, of whatever organ, from a day, to a day. The leader is a <see cref="ConferenceSeat"/>.</summary>
public sealed class GroupMember
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Group { get; init; }
    public required Guid Person { get; init; }

    /// <summary>The organ in which the person held a post when joining.</summary>
    public required Guid Organ { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? To { get; private set; }

    public void End(DateOnly lastDay)
    {
        if (To is not null) throw new Refusal("group.member-left", "该成员已经退出。");
        if (lastDay < From) throw new Refusal("group.leaves-before-joining", "退出日不能早于加入日。", field: "LastDay");
        To = lastDay;
    }
}
