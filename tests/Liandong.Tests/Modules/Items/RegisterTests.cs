using Liandong.Accounts;
using Liandong.Kernel;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Items;

/// <summary>责任清单: dated lines, numbered versions, one main organ.</summary>
public sealed class RegisterTests
{
    [Theory, EveryDatabase]
    public async Task A_second_main_organ_for_the_same_item_division_and_day_is_refused_with_the_article(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (zhujian, chengguan) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区城管局"));
        var item = await office.Given.SupervisedItemAsync(zhujian, "建筑垃圾处置核准");

        var refusal = await Assert.ThrowsAsync<Refusal>(() => office.Given.ResponsibilityAsync(item, chengguan, from: new(2026, 1, 1)));

        Assert.Equal(("register.second-main", "附件1 二(二)"), (refusal.Code, refusal.Article?.Clause));
        Assert.Contains("区住建局", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await office.LookAsync(db => db.RegisterRevisions.CountAsync()));
        // A street may have another main organ, and another organ may assist.
        await office.Given.ResponsibilityAsync(item, chengguan, division: "370102001");
        await office.Given.ResponsibilityAsync(item, chengguan, ResponsibilityKind.Assisting);
        Assert.Equal([1, 2, 3], await office.LookAsync(db => db.RegisterRevisions.Select(r => r.Number).Order().ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_change_of_the_main_organ_ends_the_line_before_and_every_past_day_keeps_its_answer(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (zhujian, chengguan) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区城管局"));
        var item = await office.Given.SupervisedItemAsync(zhujian, "建筑垃圾处置核准", claimDays: 5);

        var made = await office.ActAsync(s => s.GetRequiredService<ChangeResponsibility>().RunAsync(
            new ChangeResponsibility.Input(item.Id, "370102000000", chengguan.Id, new(2026, 2, 1), "权责争议裁定 历联办〔2026〕1号"), Office.Stop));

        Assert.Equal("370102", made.Division);
        var register = await office.ActAsync(async s => await s.GetRequiredService<RegisterBook>().CurrentAsync(Office.Stop));
        Assert.Equal(2, register.Version);
        Assert.Equal(zhujian.Id, Routing.Route(register, item.Id, "370102001", new(2019, 3, 15)).Main?.Organ);
        Assert.Equal(zhujian.Id, Routing.Route(register, item.Id, "370102001", new(2026, 1, 31)).Main?.Organ);
        Assert.Equal(chengguan.Id, Routing.Route(register, item.Id, "370102001", new(2026, 2, 1)).Main?.Organ);
        Assert.Equal((5, (int?)null), (Routing.Route(register, item.Id, "370102001", new(2026, 1, 31)).Main?.ClaimDays, Routing.Route(register, item.Id, "370102001", new(2026, 2, 1)).Main?.ClaimDays));

        // Back to the first organ from the very same day: the line that never held stays in the history and never routes.
        await office.ActAsync(s => s.GetRequiredService<ChangeResponsibility>().RunAsync(
            new ChangeResponsibility.Input(item.Id, "370102", zhujian.Id, new(2026, 2, 1), "更正"), Office.Stop));
        register = await office.ActAsync(async s => await s.GetRequiredService<RegisterBook>().CurrentAsync(Office.Stop));
        Assert.Equal(zhujian.Id, Routing.Route(register, item.Id, "370102001", new(2026, 2, 1)).Main?.Organ);
        Assert.Equal(3, await office.LookAsync(db => db.Responsibilities.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Of_many_changes_at_once_each_gets_a_version_of_its_own_and_one_division_one_main_organ(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organs = new List<Organ>();
        for (var i = 0; i < 6; i++) organs.Add(await office.Given.OrganAsync($"第{i}局"));
        var item = await office.Given.ItemAsync();

        var outcomes = await Task.WhenAll(organs.Select(async organ =>
        {
            try { await office.Given.ResponsibilityAsync(item, organ); return ""; }
            catch (Refusal refusal) { return refusal.Code; }
        }));

        Assert.Single(outcomes, "");
        Assert.All(outcomes.Where(o => o.Length > 0), o => Assert.Contains(o, new[] { "conflict.lost-race", "register.second-main" }));
        Assert.Equal(1, await office.LookAsync(db => db.Responsibilities.CountAsync()));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "responsibility.added")));
    }

    [Theory, EveryDatabase]
    public async Task A_department_may_read_the_register_and_not_write_it(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var item = await office.Given.SupervisedItemAsync(organ);
        var officer = await office.Given.MemberAsync(organ, Roles.LiaisonOfficer, Roles.LiaisonLead);

        await Assert.ThrowsAsync<Forbidden>(() => office.ActAsync(s => s.GetRequiredService<AddResponsibility>().RunAsync(
            new AddResponsibility.Input(item.Id, "370102", ResponsibilityKind.Assisting, organ.Id, new(2026, 1, 1), "自行登记"), Office.Stop), officer));
        await Assert.ThrowsAsync<Forbidden>(() => office.ActAsync(s => s.GetRequiredService<ChangeResponsibility>().RunAsync(
            new ChangeResponsibility.Input(item.Id, "370102", organ.Id, new(2026, 1, 1), "自行登记"), Office.Stop), officer));
        await Assert.ThrowsAsync<Forbidden>(() => office.ActAsync(s => s.GetRequiredService<AddItem>().RunAsync(new ItemInput { Code = "1", Name = "x" }, Office.Stop), officer));
    }
}
