using Liandong.Accounts;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;

namespace Liandong.Tests;

/// <summary>A bureau, a conference office and two departments, each with an officer: what linkage needs to happen at all.</summary>
public sealed record Linked(Member Approver, Member Office, Organ First, Member FirstOfficer, Organ Second, Member SecondOfficer);

public sealed partial class Given
{
    public async Task<Linked> LinkedAsync()
    {
        var bureau = await BureauAsync();
        var (first, second) = (await OrganAsync("区市场监管局"), await OrganAsync("区城管局"));
        return new Linked(await MemberAsync(bureau, Roles.Approver), await MemberAsync(await OrganAsync("联席会议办公室", OrganKind.ConferenceOffice), Roles.ConferenceOffice),
            first, await MemberAsync(first, Roles.LiaisonOfficer), second, await MemberAsync(second, Roles.LiaisonOfficer));
    }

    public async Task<Push> PushReturnedAsync(Linked linked)
    {
        var push = await PushDeliveredAsync(linked.First);
        var answer = await office.Client(linked.FirstOfficer).SubmitAsync($"/pushes/{push.Id}/return", "return-push", ("Reason", nameof(ReturnReason.NotOurCharge)), ("Note", "油烟归城管"), ("ProposedOrgan", linked.Second.Id.ToString()));
        return answer.StatusCode == System.Net.HttpStatusCode.Redirect ? push : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(Office.Stop));
    }
}
