using System.Net;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Data;

public sealed class DirectoryBookTests
{
    [Theory, EveryDatabase]
    public async Task What_was_read_of_the_directory_holds_until_an_act_changes_it_and_no_longer_on_any_node(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var housing = await office.Given.OrganAsync("区住建局");
        var officer = await office.Given.MemberAsync(housing, Roles.LiaisonOfficer);
        var other = new DirectoryCache();
        Task<(Standing? Standing, string Name, KnownDirectory Known)> OnOtherNodeAsync() => office.ActAsync(async s =>
        {
            var (db, clock) = (s.GetRequiredService<AppDb>(), s.GetRequiredService<Clock>());
            var book = new DirectoryBook(db, other, clock);
            var head = await db.ChainHeads.AsNoTracking().SingleAsync(Office.Stop);
            return (await book.StandingAsync(officer.Person, housing.Id, Office.Stop), (await book.OrganNamesAsync(Office.Stop))[housing.Id], other.At(db.District, head.Directory, clock.Today));
        });
        var client = office.Client(officer);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/", Office.Stop)).StatusCode);
        var first = await OnOtherNodeAsync();
        Assert.Equal([Roles.LiaisonOfficer], first.Standing!.Roles);

        // An act that is none of the directory's: nothing is read again.
        await office.Given.DutiesAsync(1, housing.Id);
        Assert.Same(first.Standing, (await OnOtherNodeAsync()).Standing);

        // Another post, another name: known with the next question.
        await office.ActAsync(s => s.GetRequiredService<GivePost>().RunAsync(new GivePost.Input(officer.Person, housing.Id, null, Roles.LiaisonLead, "", new DateOnly(2026, 3, 2)), Office.Stop));
        await office.ActAsync(s => s.GetRequiredService<ChangeOrgan>().DescribeAsync(housing.Id, new ChangeOrgan.Input("区住房和城乡建设局", "区住房城乡建设局", "", false), Office.Stop));
        var second = await OnOtherNodeAsync();
        Assert.Contains(Roles.LiaisonLead, second.Standing!.Roles);
        Assert.Equal("区住房城乡建设局", second.Name);
        Assert.Contains("区住房和城乡建设局", await client.PageAsync("/"), StringComparison.Ordinal);

        // Posts that end today carry nothing tomorrow, though no act is recorded then.
        foreach (var post in await office.LookAsync(db => db.Posts.AsNoTracking().Where(p => p.Person == officer.Person).Select(p => p.Id).ToListAsync(Office.Stop)))
            await office.ActAsync(s => s.GetRequiredService<EndPost>().RunAsync(new EndPost.Input(post, new DateOnly(2026, 3, 2)), Office.Stop));
        Assert.NotNull((await OnOtherNodeAsync()).Standing);
        office.GoTo("2026-03-03");
        Assert.Null((await OnOtherNodeAsync()).Standing);
        Assert.NotEqual(HttpStatusCode.OK, (await client.GetAsync("/", Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task Counts_in_the_frame_follow_each_act_and_the_clock(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var housing = await office.Given.OrganAsync("区住建局");
        var officer = await office.Given.MemberAsync(housing, Roles.LiaisonOfficer);
        var client = office.Client(officer);
        async Task<string> FrameAsync()
        {
            var page = await client.PageAsync("/notices-to-me");
            var from = page.IndexOf("待办<span", StringComparison.Ordinal);
            return page[from..page.IndexOf("</a>", from, StringComparison.Ordinal)];
        }
        Assert.Contains(">0</span>", await FrameAsync(), StringComparison.Ordinal);
        await office.Given.DutiesAsync(2, housing.Id);
        Assert.Contains("count-due\">2</span>", await FrameAsync(), StringComparison.Ordinal);
        // Due at the midnight after 5 March: nobody records anything, the clock alone goes on.
        office.GoTo("2026-03-06");
        Assert.Contains("count-late\">2</span>", await FrameAsync(), StringComparison.Ordinal);
        Assert.Contains("其中 2 件逾期", await FrameAsync(), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Counts_are_taken_again_when_the_ledger_has_moved_or_the_next_limit_has_passed(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var housing = await office.Given.OrganAsync("区住建局");
        await office.Given.DutiesAsync(2, housing.Id);
        var counts = new DutyCounts();
        Task<(int, int)> CountAsync() => office.ActAsync(async s =>
        {
            var counted = await counts.OfAsync(s.GetRequiredService<AppDb>(), housing.Id, await s.GetRequiredService<DirectoryBook>().DeskMarkAsync(housing.Id, Office.Stop), s.GetRequiredService<Clock>().Now, Office.Stop);
            return (counted.Open, counted.Overdue);
        });
        Assert.Equal((2, 0), await CountAsync());
        await office.Given.DutiesAsync(1, housing.Id);
        Assert.Equal((3, 0), await CountAsync());
        office.GoTo("2026-03-06");
        Assert.Equal((3, 3), await CountAsync());
    }
}
