using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;

namespace Liandong.Modules.Directory;

/// <summary>登记人员。</summary>
public sealed class AddPerson(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(string Name, string Phone = "", string Email = "", string CertificateNumber = "");

    public sealed record Act(Guid Person) : IAct { static string IAct.Name => "person.added"; }

    public async Task<Person> RunAsync(Input input, CancellationToken ct)
    {
        actor.DemandOneOf(Rights.DirectoryEdit, Rights.RoleGrant);
        new InputCheck().Filled(input.Name, nameof(input.Name), "姓名", 40).Throw();
        var person = new Person { District = db.District, Id = clock.NewId() };
        person.Describe(input.Name, input.Phone, input.Email, input.CertificateNumber);
        db.People.Add(person);
        await ledger.RecordAsync(new Act(person.Id), new Subject("person", person.Id, "", "人员"), null, ct);
        return person;
    }
}
