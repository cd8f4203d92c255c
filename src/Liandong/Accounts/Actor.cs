using Liandong.Kernel;

namespace Liandong.Accounts;

/// <summary>Who acts in this scope: a person in a post, a machine client of an organ, or the platform's own clock work.</summary>
public sealed class Actor
{
    private IReadOnlySet<string> rights = new HashSet<string>();
    private bool isPlatform;

    public Guid? Person { get; private set; }
    public Guid? Organ { get; private set; }
    public Guid? Section { get; private set; }
    public string Name { get; private set; } = "";
    public string OrganName { get; private set; } = "";

    /// <summary>The absent liaison officer whose turn this person takes (附件2 一(一): A/B 角).</summary>
    public Guid? OnBehalfOf { get; private set; }
    public string OnBehalfOfName { get; private set; } = "";
    public string Channel { get; private set; } = "系统";
    public IReadOnlyList<string> Roles { get; private set; } = [];

    /// <summary>The bureau sees both sides of every matter of the district.</summary>
    public bool IsBureau { get; private set; }
    public bool IsSignedIn => Organ is not null || Person is not null;

    public bool May(string right) => rights.Contains(right);

    /// <exception cref="Forbidden">The post does not carry the right.</exception>
    public void Demand(string right)
    {
        if (!May(right)) throw new Forbidden(right);
    }

    /// <exception cref="Forbidden">The post carries none of the rights.</exception>
    public void DemandOneOf(params ReadOnlySpan<string> any)
    {
        foreach (var right in any)
            if (May(right)) return;
        throw new Forbidden(any[0]);
    }

    /// <summary>The organ that the actor acts for.</summary>
    /// <exception cref="Forbidden">Nobody is signed in.</exception>
    public Guid RequireOrgan() => Organ ?? throw new Forbidden("organ");

    /// <summary>Whether the actor may settle matters of this organ's own people: its own, or any as bureau, conference office or platform.</summary>
    public bool Oversees(Guid organ) => Organ == organ || IsBureau || isPlatform || Roles.Contains(Liandong.Accounts.Roles.ConferenceOffice);

    public void BecomePerson(Guid person, string name, Guid organ, string organName, bool isBureau, Guid? section, IReadOnlyList<string> roles, string channel,
        Guid? onBehalfOf = null, string onBehalfOfName = "")
    {
        (Person, Name, Organ, OrganName, IsBureau, Section, Roles, Channel) = (person, name, organ, organName, isBureau, section, roles, channel);
        (OnBehalfOf, OnBehalfOfName, isPlatform) = (onBehalfOf, onBehalfOfName, false);
        rights = Liandong.Accounts.Roles.RightsOf(roles);
    }

    /// <param name="granted">Rights that the client's scopes carry; see <see cref="Scopes"/>.</param>
    public void BecomeMachine(Guid client, string name, Guid organ, string organName, bool isBureau, IEnumerable<string> granted)
    {
        (Person, Name, Organ, OrganName, IsBureau, Channel) = (client, name, organ, organName, isBureau, "接口");
        rights = granted.ToHashSet();
    }

    /// <summary>Takes over who acts into a scope of its own, where one request is worked off in several transactions (bulk).</summary>
    public void BecomeSameAs(Actor other)
    {
        (Person, Name, Organ, OrganName, IsBureau, Section, Roles, Channel, OnBehalfOf) =
            (other.Person, other.Name, other.Organ, other.OrganName, other.IsBureau, other.Section, other.Roles, other.Channel, other.OnBehalfOf);
        (OnBehalfOfName, isPlatform, rights) = (other.OnBehalfOfName, other.isPlatform, other.rights);
    }

    /// <summary>Back to nobody: what the platform had to do in an anonymous request is done.</summary>
    public void BecomeNobody()
    {
        (Person, Name, Organ, OrganName, IsBureau, Section, Roles, Channel) = (null, "", null, "", false, null, [], "系统");
        (OnBehalfOf, OnBehalfOfName, rights, isPlatform) = (null, "", new HashSet<string>(), false);
    }

    /// <summary>Clock work of the platform (sweeps, deemed receipt, sample): every right, no person.</summary>
    public void BecomePlatform()
    {
        (Name, Channel, isPlatform) = ("平台", "系统", true);
        rights = Rights.All.ToHashSet();
    }
}
