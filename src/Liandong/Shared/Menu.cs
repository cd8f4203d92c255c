using System.Security.Claims;

namespace Liandong.Shared;

/// <summary>One line of the left menu.</summary>
/// <param name="Section">Mechanism as the notice orders them: 信息联动. Entries of one section stand together; a section with one entry is a plain link.</param>
/// <param name="Icon">Symbol in the icon sprite. The first entry's icon stands for its section.</param>
/// <param name="Right">The right that the person needs to see it; empty for everybody who is signed in.</param>
public sealed record MenuEntry(string Section, string Title, string Href, string Icon, string Right = "");

/// <summary>What the frame around every page says about the person and the place.</summary>
/// <param name="Post">Post and organ as one reads them: 区住建局 · 联络员A.</param>
/// <param name="OpenDuties">Duties that wait for this person's organ; null for those who have no desk and can owe nothing.</param>
/// <param name="Overdue">How many of them are past their limit.</param>
/// <param name="Unread">Reminders that the person has not read, counted up to a hundred; null for those who have no desk.</param>
/// <param name="Searches">Whether the person may look for matters; an administrator sees none.</param>
/// <param name="Sample">True in the sample district: every page carries the banner 示例环境.</param>
public sealed record FrameFacts(string Person, string Post, string District, int? OpenDuties, int Overdue, bool Sample, string Version, int? Unread = null, bool Searches = false)
{
    /// <summary>Nobody is signed in.</summary>
    public static FrameFacts Nobody(string district, bool sample, string version) => new("", "", district, null, 0, sample, version);

    public bool SignedIn => Person.Length > 0;
}

/// <summary>What the frame needs from the rest of the host.</summary>
public interface IMenu
{
    /// <summary>The entries that this person may open, in the order shown.</summary>
    IReadOnlyList<MenuEntry> For(ClaimsPrincipal user);

    /// <summary>Reads by the request's own context: the layout is loaded before its page begins.</summary>
    Task<FrameFacts> FactsAsync(CancellationToken ct);

    /// <summary>What a page without a menu says, whoever reads it.</summary>
    Task<FrameFacts> PlaceAsync(CancellationToken ct);
}
