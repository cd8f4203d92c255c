using Liandong.Accounts;
using Liandong.Data;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>An officer as sent: a person of the directory, or a name with the number of the 行政执法证.</summary>
public sealed record OfficerInput(Guid? Person = null, string? Name = null, string? Certificate = null);

/// <summary>Finds the officers that an input means.</summary>
public static class Officers
{
    private static readonly string[] FieldRoles = [Roles.Supervisor, Roles.Enforcement, Roles.LiaisonOfficer];

    /// <summary>People whom the organ may send out, those with a certificate first.</summary>
    public static async Task<IReadOnlyList<CheckOfficer>> OfOrganAsync(AppDb db, Guid organ, DateOnly today, CancellationToken ct)
    {
        var people = db.Posts.Where(p => p.Organ == organ && FieldRoles.Contains(p.Role) && p.From <= today && (p.To == null || p.To >= today)).Select(p => p.Person);
        var found = await db.People.AsNoTracking().Where(p => people.Contains(p.Id)).Select(p => new CheckOfficer(p.Id, p.Name, p.CertificateNumber)).ToListAsync(ct);
        return found.OrderBy(o => o.Certificate.Length == 0).ThenBy(o => o.Name, StringComparer.Ordinal).ToList();
    }

    /// <exception cref="InvalidInput">A person is not of the actor's organ, or a typed officer has no name.</exception>
    public static async Task<IReadOnlyList<CheckOfficer>> ResolveAsync(AppDb db, Actor actor, IReadOnlyList<OfficerInput> inputs, CancellationToken ct)
    {
        var ids = inputs.Where(i => i?.Person is not null).Select(i => i.Person!.Value).ToList();
        var known = ids.Count == 0 ? [] : await db.People.AsNoTracking().Where(p => ids.Contains(p.Id) && db.Posts.Any(post => post.Person == p.Id && post.Organ == actor.Organ))
            .Select(p => new CheckOfficer(p.Id, p.Name, p.CertificateNumber)).ToListAsync(ct);
        var officers = new List<CheckOfficer>();
        foreach (var input in inputs)
        {
            // A JSON list may hold nulls, whatever its type says.
            if (input is null) throw new InvalidInput("Officers", "执法人员名单里有空行。");
            if (input.Person is { } person)
                officers.Add(known.FirstOrDefault(k => k.Person == person) ?? throw new InvalidInput("Officers", "选中的人员不在本单位的机构人员里。"));
            else if (string.IsNullOrWhiteSpace(input.Name)) throw new InvalidInput("Officers", "请填写执法人员姓名。");
            else officers.Add(new CheckOfficer(null, Short(input.Name), Short(input.Certificate ?? "")));
        }
        return officers;
    }

    private static string Short(string text) => text.Trim() is { Length: <= 40 } fit ? fit : throw new InvalidInput("Officers", "姓名和证号都不能超过40字。");
}
