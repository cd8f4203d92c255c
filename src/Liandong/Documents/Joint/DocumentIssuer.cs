namespace Liandong.Documents;

public enum IssuerState
{
    /// <summary>Named in the draft; it does not see it yet.</summary>
    Waiting,

    /// <summary>会签中: it has the text before it.</summary>
    Asked,

    /// <summary>已签署 the text as it stands.</summary>
    Signed,

    /// <summary>不同意, with its reason; it may be asked again.</summary>
    Declined,
}

/// <summary>联合发文机关 besides the host: it signs before the document is numbered, and puts its own seal on it.</summary>
public sealed class DocumentIssuer
{
    public required string District { get; init; }
    public required Guid Document { get; init; }
    public required Guid Organ { get; init; }

    /// <summary>Its place after the host, 1, 2, …: the order of mark, signatures and signers.</summary>
    public required int Ordinal { get; set; }
    public IssuerState State { get; private set; } = IssuerState.Waiting;

    /// <summary>When it got the text that it is asked to sign; it sees the document from then on. Null when the text was taken back.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>Whether it ever had the draft before it: it does not vanish from it without a word then.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Who signed or declined.</summary>
    public Guid? DecidedBy { get; private set; }
    public string Who { get; private set; } = "";
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why it declined.</summary>
    public string Reason { get; private set; } = "";
    public Guid? SealedBy { get; private set; }
    public DateTimeOffset? SealedAt { get; private set; }

    public void Ask(DateTimeOffset at)
    {
        (State, AskedAt, WasAsked) = (IssuerState.Asked, at, true);
        (DecidedBy, Who, DecidedAt, Reason) = (null, "", null, "");
    }

    public void Sign(Guid? by, string who, DateTimeOffset at) => (State, DecidedBy, Who, DecidedAt) = (IssuerState.Signed, by, who, at);

    public void Decline(string reason, Guid? by, string who, DateTimeOffset at) => (State, Reason, DecidedBy, Who, DecidedAt) = (IssuerState.Declined, reason, by, who, at);

    /// <summary>The text goes back to the host: what was signed is no longer what will be issued. A reason that was given stays to be read.</summary>
    public void Recall()
    {
        AskedAt = null;
        if (State == IssuerState.Declined) return;
        (State, DecidedBy, Who, DecidedAt) = (IssuerState.Waiting, null, "", null);
    }

    public void Seal(Guid? by, DateTimeOffset at) => (SealedBy, SealedAt) = (by, at);
}

/// <summary>What an organ is told that had the draft before it and was removed (<see cref="RemoveIssuer"/>): it does not see the document any more, only that it left and why.</summary>
public sealed class IssuerRemoval
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Document { get; init; }

    /// <summary>主办机关, that removed it.</summary>
    public required Guid Host { get; init; }

    /// <summary>The organ that was removed.</summary>
    public required Guid Organ { get; init; }

    /// <summary>The title at that time; what the host makes of it afterwards is its own.</summary>
    public required string Title { get; init; }
    public required string Reason { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset At { get; init; }
}
