using Liandong.Accounts;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage;
using Liandong.Modules.Supervision;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

public sealed partial class Given
{
    /// <summary>A person of an organ with a certificate of its own (none when it is empty).</summary>
    public async Task<Member> OfficerAsync(Organ organ, string name, string certificate, params string[] roles)
    {
        var person = await office.ActAsync(s => s.GetRequiredService<AddPerson>().RunAsync(new AddPerson.Input(name, "13800000001", "", certificate), Office.Stop));
        foreach (var role in roles)
            await office.ActAsync(s => s.GetRequiredService<GivePost>().RunAsync(new GivePost.Input(person.Id, organ.Id, null, role, "", LongAgo), Office.Stop));
        return new Member(person.Id, person.Name, organ.Id, organ.Name, organ.Kind == OrganKind.Bureau, roles);
    }

    /// <summary>A claimed push with the people who work on it: two supervisors with certificates, one enforcement officer pair, an approver.</summary>
    public async Task<SupervisedMatter> SupervisedMatterAsync(Func<CaseInput, CaseInput>? with = null)
    {
        var bureau = await BureauAsync();
        var market = await OrganAsync("区市场监管局");
        var city = await OrganAsync("区城管局");
        var supervisor = await OfficerAsync(market, "张志远", "鲁A01001", Roles.Supervisor, Roles.LiaisonOfficer);
        var second = await OfficerAsync(market, "李敏", "鲁A01002", Roles.Supervisor);
        var enforcer = await OfficerAsync(city, "王强", "鲁A02001", Roles.Enforcement);
        await OfficerAsync(city, "赵磊", "鲁A02002", Roles.Enforcement);
        var approver = await OfficerAsync(bureau, "陈静", "", Roles.Approver);
        var item = await SupervisedItemAsync(market, "食品经营许可");
        var push = await ClaimedAsync(market, item, with);
        return new SupervisedMatter(bureau, market, city, supervisor, second, enforcer, approver, item, push);
    }

    /// <summary>A push of the item, delivered to the organ and claimed by it.</summary>
    public async Task<Push> ClaimedAsync(Organ organ, Item? item = null, Func<CaseInput, CaseInput>? with = null)
    {
        // A clock that stands still makes keys of one instant, and their order is then left to chance.
        office.Time.Advance(TimeSpan.FromSeconds(1));
        var push = await PushDeliveredAsync(organ, item, with);
        await office.ActAsync(s => s.GetRequiredService<ClaimPush>().RunAsync(push.Id, null, Office.Stop), new Member(Guid.Empty, "接口", organ.Id, organ.Name, false, [Roles.LiaisonOfficer]));
        return await office.LookAsync(db => db.Pushes.AsNoTracking().SingleAsync(p => p.Id == push.Id));
    }

    private int visits;

    /// <summary>A recorded check of a matter by its two supervisors; passed unless changed.</summary>
    public Task<Check> CheckAsync(SupervisedMatter m, Func<RecordCheck.Input, RecordCheck.Input>? with = null)
    {
        office.Time.Advance(TimeSpan.FromSeconds(1));
        var input = new RecordCheck.Input(m.Push.Id, Beijing.DayOf(office.Time.GetUtcNow()), m.TwoOfficers, CheckResult.Conforming, Treatment.Passed, Note: $"第{++visits}次走访");
        return office.ActAsync(s => s.GetRequiredService<RecordCheck>().RunAsync(with?.Invoke(input) ?? input, Office.Stop), m.Supervisor);
    }
}

public sealed record SupervisedMatter(Organ Bureau, Organ Market, Organ City, Member Supervisor, Member Second, Member Enforcer, Member Approver, Item Item, Push Push)
{
    public IReadOnlyList<OfficerInput> TwoOfficers => [new OfficerInput(Supervisor.Person), new OfficerInput(Second.Person)];

    public string Page => $"/supervision/{Push.Id}";
}
