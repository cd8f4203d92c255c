using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Ledgers;
using Liandong.Modules.Directory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Ledgers;

public sealed class TimelineTests
{
    [Theory, EveryDatabase]
    public async Task A_subjects_history_names_who_did_what_for_which_organ_under_which_article(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var manager = await office.Given.MemberAsync(bureau, Roles.ItemManager);
        var housing = await office.Given.OrganAsync("区住建局");
        var officer = await office.Given.MemberAsync(housing, Roles.LiaisonOfficer);
        office.GoTo("2026-03-03", 14);
        await office.ActAsync(s => s.GetRequiredService<AppointLiaison>().RunAsync(new AppointLiaison.Input(housing.Id, officer.Person, LiaisonSlot.A, new DateOnly(2026, 3, 3), "历住建函〔2026〕3号"), Office.Stop), manager);

        var history = await office.ActAsync(s => TimelineQueries.OfAsync(s.GetRequiredService<AppDb>(), s.GetRequiredService<Actor>(), housing.Id, Office.Stop), officer);

        Assert.Equal("登记单位", history[0].What);
        Assert.Equal("平台", history[0].Who);
        var last = history[^1];
        Assert.Equal(("确定联络负责人或者联络员", manager.Name, "区审批局", "页面", "附件2 一(一)", "L1.1"), (last.What, last.Who, last.Organ, last.Channel, last.Clause, last.ClauseId));
        Assert.Equal(history.Select(e => e.LedgerNumber).Order(), history.Select(e => e.LedgerNumber));

        await Assert.ThrowsAsync<Forbidden>(() => office.ActAsync(s =>
        {
            s.GetRequiredService<Actor>().BecomeNobody();
            return TimelineQueries.OfAsync(s.GetRequiredService<AppDb>(), s.GetRequiredService<Actor>(), housing.Id, Office.Stop);
        }));
    }
}
