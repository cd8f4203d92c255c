using System.Net;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Items;

/// <summary>责任备忘录: made from the register, signed by both sides, renewed when the register changes.</summary>
public sealed class MemorandumTests
{
    [Theory, EveryDatabase]
    public async Task A_memorandum_is_made_signed_by_both_and_replaced_when_the_register_has_changed(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (bureau, housing, city) = (await office.Given.OrganAsync("区审批局", OrganKind.Bureau), await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区城管局"));
        await office.Given.SupervisedItemAsync(housing, "建筑垃圾处置核准", claimDays: 2);
        var manager = office.Client(await office.Given.MemberAsync(bureau, Roles.ItemManager));
        var lead = office.Client(await office.Given.MemberAsync(housing, Roles.LiaisonLead));
        var other = office.Client(await office.Given.MemberAsync(city, Roles.LiaisonLead));

        var address = (await manager.SubmitAsync("/memoranda", "make-memorandum", ("Organ", housing.Id.ToString()))).Headers.Location!.ToString();
        address = address[address.IndexOf("/memoranda", StringComparison.Ordinal)..];
        Assert.Contains("建筑垃圾处置核准", await manager.PageAsync(address), StringComparison.Ordinal);
        Assert.Contains("没有变化", await (await manager.SubmitAsync("/memoranda", "make-memorandum", ("Organ", housing.Id.ToString()))).Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);

        // Another department sees nothing of it, and nobody signs for the other side or twice.
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync("/api/v1" + address + "/sign", null, Office.Stop)).StatusCode);
        Assert.DoesNotContain("区住建局", await other.PageAsync("/memoranda"), StringComparison.Ordinal);
        var form = await lead.FormAsync(address, "sign-memorandum");
        await Task.WhenAll(form.SendAsync(), form.SendAsync());
        Assert.Equal(HttpStatusCode.Conflict, (await lead.PostAsync("/api/v1" + address + "/sign", null, Office.Stop)).StatusCode);
        Assert.Contains("待对方签署", await lead.PageAsync(address), StringComparison.Ordinal);
        await manager.SubmitAsync(address, "sign-memorandum");
        var signed = await manager.PageAsync(address);
        Assert.Contains("已生效", signed, StringComparison.Ordinal);
        Assert.Equal(["memorandum.made", "memorandum.signed", "memorandum.signed"], await office.LookAsync(db => db.LedgerEntries.Where(e => e.SubjectKind == "memorandum").OrderBy(e => e.Number).Select(e => e.Act).ToListAsync()));

        // The register changes: the version in force is out of date, a new one is made and, once signed by both, replaces it.
        await office.Given.ResponsibilityAsync(await office.Given.ItemAsync("燃气经营许可"), housing);
        Assert.Contains("责任清单或人员已有变化", await manager.PageAsync(address), StringComparison.Ordinal);
        var second = (await manager.SubmitAsync(address, "renew-memorandum")).Headers.Location!.ToString();
        Assert.Contains("燃气经营许可", await lead.PageAsync(second), StringComparison.Ordinal);
        Assert.Equal(MemorandumState.Signed, (await office.LookAsync(db => db.Memoranda.AsNoTracking().SingleAsync(m => m.Number == 1))).State);
        await lead.SubmitAsync(second, "sign-memorandum");
        await manager.SubmitAsync(second, "sign-memorandum");
        Assert.Equal([MemorandumState.Replaced, MemorandumState.Signed], (await office.LookAsync(db => db.Memoranda.AsNoTracking().OrderBy(m => m.Number).ToListAsync())).Select(m => m.State));
    }
}
