using System.Collections.Concurrent;

namespace Liandong.Desk;

/// <summary>
/// What the desk that a request renders shows and no mark of the ledger speaks for: whoever reads it for the page says it here. Compared with what stands at a
/// later request, it says whether the page still does (<see cref="KeepDesks"/>).
/// </summary>
public sealed class DeskGround
{
    private DateTimeOffset? framed;

    /// <summary>What the page shows; null until a desk was read.</summary>
    public DeskView? Desk { get; private set; }
    public string Calendar { get; private set; } = "";
    public int Unread { get; private set; } = -1;
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset Until { get; private set; }

    /// <param name="nextDue">When the count of overdue duties in the frame changes by itself.</param>
    public void Frame(int unread, DateTimeOffset? nextDue) => (Unread, framed) = (unread, nextDue);

    public void Show(DeskView desk, string calendar, DateTimeOffset now)
    {
        var changes = desk.ChangesAt(now);
        (Desk, Calendar, From, Until) = (desk, calendar, now, framed < changes ? framed.Value : changes);
    }
}

/// <summary>A desk as it was sent to one session, and all that it rests on.</summary>
/// <param name="Mark">Of the ledger: of the reader's organ, or of the district for those who read more than their organ.</param>
/// <param name="Directory">State and day of the directory.</param>
/// <param name="Figures">The very figures shown: counted anew they are others.</param>
/// <param name="FormCookie">The browser's half of the antiforgery tokens that the page carries.</param>
/// <param name="Body">As it goes over the wire, in <paramref name="Encoding"/>.</param>
public sealed record KeptDesk(long Mark, (long, DateOnly) Directory, DeskFigures Figures, IReadOnlyList<LateOrgan>? Late, IReadOnlyList<Guid> Escalated, string Calendar, int Unread,
    DateTimeOffset From, DateTimeOffset Until, string FormCookie, string Encoding, byte[] Body)
{
    /// <summary>Bytes of memory, roughly: what hangs on a page besides its body are lists of a few dozen lines.</summary>
    public int Size => Body.Length + 4096;
}

/// <summary>The desks that this process has sent, the last one of each session: at most 64 MB, those that were asked for longest ago go first.</summary>
public sealed class KeptDesks(int most = 64 * 1024 * 1024)
{
    private readonly Lock turning = new();

    // Two generations: what is asked for moves to the young one, and when that is full the old one goes as a whole.
    private ConcurrentDictionary<Guid, KeptDesk> young = new(), old = new();
    private long held;

    public KeptDesk? Find(Guid session)
    {
        if (young.TryGetValue(session, out var page)) return page;
        if (!old.TryRemove(session, out page)) return null;
        Keep(session, page);
        return page;
    }

    public void Keep(Guid session, KeptDesk page)
    {
        lock (turning)
        {
            if (young.TryGetValue(session, out var before)) held -= before.Size;
            young[session] = page;
            held += page.Size;
            if (held <= most / 2) return;
            (old, young, held) = (young, new(), 0);
        }
    }
}
