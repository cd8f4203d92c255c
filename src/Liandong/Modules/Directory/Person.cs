using Liandong.Kernel;

namespace Liandong.Modules.Directory;

/// <summary>A civil servant of the directory. Signing in is a matter of <see cref="Liandong.Accounts"/>; a person may have no account.</summary>
public sealed class Person
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public string Name { get; private set; } = "";
    public string Phone { get; private set; } = "";
    public string Email { get; private set; } = "";

    /// <summary>行政执法证号; needed before the person may sign a check or an inspection.</summary>
    public string CertificateNumber { get; private set; } = "";

    public void Describe(string name, string phone, string email, string certificateNumber)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("person.name-required", "请填写姓名。", field: "Name");
        (Name, Phone, Email, CertificateNumber) = (name.Trim(), phone.Trim(), email.Trim(), certificateNumber.Trim());
    }
}

/// <summary>岗位: a person holds a role in an organ from a day, to a day. Never deleted; "who was it on 2019-03-15" is a query.</summary>
public sealed class Post
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Person { get; init; }
    public required Guid Organ { get; init; }
    public Guid? Section { get; init; }

    /// <summary>One of <see cref="Accounts.Roles"/>.</summary>
    public required string Role { get; init; }
    public string Title { get; init; } = "";
    public required DateOnly From { get; init; }
    public DateOnly? To { get; private set; }

    public bool HeldOn(DateOnly day) => From <= day && (To is null || day <= To);

    public void End(DateOnly lastDay)
    {
        if (To is not null) throw new Refusal("post.ended", "该岗位任职已经结束。");
        if (lastDay < From) throw new Refusal("post.ends-before-start", "离任日不能早于任职日。", field: "To");
        To = lastDay;
    }
}

public enum LiaisonSlot { Lead, A, B }

/// <summary>会商联络负责人 and 联络员 A/B (主文 三, 附件2 一(一)): appointed and replaced in writing, with dates.</summary>
public sealed class LiaisonAppointment
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Organ { get; init; }
    public required Guid Person { get; init; }
    public required LiaisonSlot Slot { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? To { get; private set; }

    /// <summary>Number of the letter that names the person (函 or 通知).</summary>
    public string Letter { get; init; } = "";
    public DateTimeOffset RecordedAt { get; init; }
    public string EndReason { get; private set; } = "";

    public bool HeldOn(DateOnly day) => From <= day && (To is null || day <= To);

    public void End(DateOnly lastDay, string reason)
    {
        if (To is not null) throw new Refusal("liaison.ended", "该联络任职已经结束。");
        if (lastDay < From) throw new Refusal("liaison.ends-before-start", "离任日不能早于任职日。", field: "LastDay");
        (To, EndReason) = (lastDay, reason);
    }

    /// <summary>A successor comes before the end that was announced.</summary>
    public void Shorten(DateOnly lastDay, string reason)
    {
        if (To is null || lastDay > To || lastDay < From) throw new InvalidOperationException("Only an announced end is brought forward.");
        (To, EndReason) = (lastDay, reason);
    }

    public static string NameOf(LiaisonSlot slot) => slot switch { LiaisonSlot.Lead => "会商联络负责人", LiaisonSlot.A => "联络员A", _ => "联络员B" };
}

/// <summary>Absence of a liaison officer: meanwhile the other one's acts are on behalf of the absent one.</summary>
public sealed class Absence
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Person { get; init; }
    public required Guid Cover { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public string Reason { get; init; } = "";
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public void Withdraw(DateTimeOffset at) => WithdrawnAt = at;
}
