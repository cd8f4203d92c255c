using Liandong.Accounts;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Modules.Policies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

/// <summary>A bureau with a clerk, a department that notifies with an officer, one that supervises one of the items, one that has nothing to do with it, and three items.</summary>
public sealed record PolicyCast(Organ Bureau, Member Clerk, Organ Department, Member Officer, Organ Supervising, Member Supervisor, Organ Other, Member Stranger, IReadOnlyList<Item> Items);

public sealed partial class Given
{
    public async Task<PolicyCast> PolicyCastAsync()
    {
        var bureau = await BureauAsync();
        var (department, supervising, other) = (await OrganAsync("区市场监管局"), await OrganAsync("区城管局"), await OrganAsync("区文化局"));
        var items = new[] { await SupervisedItemAsync(department, "食品经营许可"), await SupervisedItemAsync(department, "食品小作坊登记"), await SupervisedItemAsync(supervising, "户外广告设置许可") };
        return new PolicyCast(bureau, await MemberAsync(bureau, Roles.Approver), department, await MemberAsync(department, Roles.LiaisonOfficer), supervising, await MemberAsync(supervising, Roles.LiaisonOfficer), other, await MemberAsync(other, Roles.LiaisonLead), items);
    }

    /// <summary>A rule that takes effect on 2026-04-01 and that the department has known since today, 2026-03-02 unless the clock was moved.</summary>
    public PolicyText PolicyText(Func<PolicyText, PolicyText>? with = null)
    {
        var today = office.Services.GetRequiredService<Liandong.Data.Clock>().Today;
        var text = new PolicyText(PolicyKind.Rule, "食品经营许可和备案管理办法", "总局令第78号", "市场监管总局", today, new(2026, 4, 1), "申请食品经营许可不再提交健康证明复印件,由部门内部核查。", "", "", "取消健康证明复印件。", "", false);
        return with?.Invoke(text) ?? text;
    }

    public Task<PolicyChange> PolicyAsync(PolicyCast c, Func<PolicyText, PolicyText>? with = null, IReadOnlyList<Guid>? items = null, Guid? supersedes = null) => office.ActAsync(s => s.GetRequiredService<RecordPolicy>()
        .RunAsync(new RecordPolicy.Input(PolicyText(with), Items: items ?? [.. c.Items.Select(i => i.Id)], Supersedes: supersedes), Office.Stop), c.Officer);

    /// <summary>Recorded and served on the bureau at once; of a meeting or a report without items.</summary>
    public async Task<PolicyChange> PolicyServedAsync(PolicyCast c, Func<PolicyText, PolicyText>? with = null, IReadOnlyList<Guid>? items = null, Guid? supersedes = null)
    {
        var policy = await PolicyAsync(c, with, items, supersedes);
        return await office.ActAsync(s => s.GetRequiredService<ServePolicy>().RunAsync(policy.Id, Office.Stop), c.Officer);
    }
}
