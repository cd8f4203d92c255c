using System.Net;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Shared;

public sealed class ActFormTests
{
    [Theory, EveryDatabase]
    public async Task A_form_sent_twice_has_one_effect_and_one_answer(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var client = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager));
        var form = await client.FormAsync("/directory/organs/new", "add-organ", ("Name", "区园林局"), ("Kind", "Department"), ("From", "2026-03-02"));

        var answers = await Task.WhenAll(form.SendAsync(), form.SendAsync(), form.SendAsync());

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Single(answers.Select(a => a.Headers.Location!.ToString()).Distinct());
        Assert.Equal(1, await office.LookAsync(db => db.Organs.CountAsync(o => o.Name == "区园林局")));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.SubjectTitle == "区园林局")));
    }

    [Theory, EveryDatabase]
    public async Task A_form_that_fails_says_why_beside_the_field_and_keeps_what_was_typed(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var client = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager));

        var answer = await client.SubmitAsync("/directory/organs/new", "add-organ", ("Name", ""), ("ShortName", "园林"), ("Kind", "Department"), ("From", "昨天"));

        var page = await answer.Content.ReadAsStringAsync(Office.Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("请填写单位名称。", page, StringComparison.Ordinal);
        Assert.Contains("设立日期应写成年-月-日", page, StringComparison.Ordinal);
        Assert.Contains("value=\"园林\"", page, StringComparison.Ordinal);
        Assert.Equal(0, await office.LookAsync(db => db.Organs.CountAsync(o => o.ShortName == "园林")));
    }

    [Theory, EveryDatabase]
    public async Task A_post_without_the_right_gets_403_and_nobody_gets_the_sign_in_page(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var officer = await office.Given.MemberAsync(await office.Given.OrganAsync("区住建局"), Roles.LiaisonOfficer);

        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(officer).GetAsync("/directory/organs/new", Office.Stop)).StatusCode);
        var nobody = await office.Client().GetAsync("/directory/organs/new", Office.Stop);
        Assert.Equal(HttpStatusCode.Redirect, nobody.StatusCode);
        Assert.Contains("/sign-in", nobody.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
