using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Attachments;

/// <summary>What the actor may do with the files of one matter.</summary>
/// <param name="About">What ledger entries about these files are about: the matter itself, or the larger one that it is part of.</param>
/// <param name="Page">Address of the page that shows the matter.</param>
/// <param name="MayAdd">The actor may add files now.</param>
/// <param name="MayRemove">What the actor's organ has added may still be taken away: the matter is a draft, and nobody else has relied on it.</param>
public sealed record MatterAccess(Subject About, string Page, bool MayAdd = false, bool MayRemove = false);

/// <summary>
/// Who may see and who may add the files of one kind of matter. Each module registers one for each kind that carries files
/// (<see cref="MatterFilesRegistration.AddMatterFiles{T}"/>); a kind that nobody registered is open to nobody.
/// </summary>
public interface IMatterFiles
{
    /// <summary>Kind of the matter, as attachments keep it: <c>case</c>.</summary>
    string Kind { get; }

    /// <summary>Null when there is no such matter or the actor may not see its files: the two are told apart to nobody.</summary>
    Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct);
}

/// <summary>Asks the module of a matter what the actor may do with its files. Every way to a file passes here.</summary>
public sealed class MatterDoors(IEnumerable<IMatterFiles> registered)
{
    private readonly Dictionary<string, IMatterFiles> doors = registered.ToDictionary(r => r.Kind);
    private readonly Dictionary<(string, Guid), MatterAccess?> asked = [];

    public IReadOnlyCollection<string> Kinds => doors.Keys;

    public async Task<MatterAccess?> AskAsync(string kind, Guid matter, CancellationToken ct)
    {
        if (!doors.TryGetValue(kind, out var door)) return null;
        if (asked.TryGetValue((kind, matter), out var known)) return known;
        return asked[(kind, matter)] = await door.AskAsync(matter, ct);
    }

    /// <exception cref="NotFound">No such matter, an unknown kind, or not the actor's.</exception>
    public async Task<MatterAccess> DemandAsync(string kind, Guid matter, CancellationToken ct) => await AskAsync(kind, matter, ct) ?? throw NotFound.Of("该附件所属的事项");

    /// <summary>Asks anew, where the matter may have moved on since the page was shown.</summary>
    public Task<MatterAccess> DemandNowAsync(string kind, Guid matter, CancellationToken ct)
    {
        asked.Remove((kind, matter));
        return DemandAsync(kind, matter, ct);
    }
}

public static class MatterFilesRegistration
{
    public static IServiceCollection AddMatterFiles<T>(this IServiceCollection services) where T : class, IMatterFiles => services.AddScoped<IMatterFiles, T>();
}
