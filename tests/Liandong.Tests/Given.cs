using Liandong.Accounts;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

/// <summary>The data of a test, built through the use cases. Each module adds its own part in <c>Modules/&lt;X&gt;/Given&lt;X&gt;.cs</c>.</summary>
public sealed partial class Given(Office office)
{
    private static readonly DateOnly LongAgo = new(2018, 12, 14);

    /// <summary>An organ as if its liaison people had long been named: the duty to name them is taken away, it has tests of its own.</summary>
    public async Task<Organ> OrganAsync(string name, OrganKind kind = OrganKind.Department)
    {
        var organ = await office.ActAsync(s => s.GetRequiredService<AddOrgan>().RunAsync(new AddOrgan.Input(name, name, kind, "", kind == OrganKind.Department, LongAgo), Office.Stop));
        await office.LookAsync(db => db.Duties.Where(d => d.Rule == DirectoryRules.AppointLiaison.Code && d.SubjectId == organ.Id).ExecuteDeleteAsync(Office.Stop));
        return organ;
    }

    public async Task<Member> MemberAsync(Organ organ, params string[] roles)
    {
        var person = await office.ActAsync(s => s.GetRequiredService<AddPerson>().RunAsync(new AddPerson.Input($"{organ.ShortName}张三", "13800000000", "", "鲁A01234"), Office.Stop));
        foreach (var role in roles)
            await office.ActAsync(s => s.GetRequiredService<GivePost>().RunAsync(new GivePost.Input(person.Id, organ.Id, null, role, "", LongAgo), Office.Stop));
        return new Member(person.Id, person.Name, organ.Id, organ.Name, organ.Kind == OrganKind.Bureau, roles);
    }
}
