using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>更正人员信息。</summary>
public sealed class ChangePerson(AppDb db, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Person) : IAct { static string IAct.Name => "person.changed"; }

    public async Task<Person> RunAsync(Guid id, AddPerson.Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryEdit);
        new InputCheck().Filled(input.Name, nameof(input.Name), "姓名", 40).NotLonger(input.Phone, nameof(input.Phone), "手机号", 30).NotLonger(input.Email, nameof(input.Email), "电子邮箱", 100)
            .NotLonger(input.CertificateNumber, nameof(input.CertificateNumber), "执法证号", 40).Throw();
        var person = await db.People.SingleOrDefaultAsync(p => p.Id == id, ct) ?? throw NotFound.Of("该人员");
        person.Describe(input.Name, input.Phone, input.Email, input.CertificateNumber);
        await ledger.RecordAsync(new Act(person.Id), new Subject("person", person.Id, "", "人员"), null, ct);
        return person;
    }
}
