using System.Net;
using Liandong.Accounts;
using Liandong.Desk.Own;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Desk.Own;

public sealed class DraftTests
{
    private const string Form = "/items/new";

    private static readonly (string, string)[] Whole =
    [
        ("Code", "GG-7"), ("CodeScheme", "本地"), ("Name", "户外广告设置审批"), ("Type", "Permit"), ("Level", "County"), ("Handling", "Promised"), ("StatutoryDays", "20"), ("PromisedDays", "5"),
        ("Inspection", "None"), ("From", "2026-03-02"),
    ];

    [Theory, EveryDatabase]
    public async Task What_was_typed_is_there_again_for_the_same_person_alone_until_it_is_sent(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var (writer, colleague) = (office.Client(await office.Given.MemberAsync(bureau, Roles.ItemManager)), office.Client(await office.Given.MemberAsync(bureau, Roles.ItemManager)));

        // A draft may be as unfinished as it likes, and nothing is registered by it.
        var kept = await writer.SubmitAsync(Form, "add-item", ("Name", "户外广告设置审批"), ("Conditions", "有固定场所"), ("_draft", "keep"));
        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        Assert.Equal(Form, new Uri(writer.BaseAddress!, kept.Headers.Location!).PathAndQuery);
        Assert.Equal(0, await office.LookAsync(db => db.Items.CountAsync()));

        var page = await writer.PageAsync(Form);
        Assert.Contains("已带出", page, StringComparison.Ordinal);
        Assert.Contains("value=\"户外广告设置审批\"", page, StringComparison.Ordinal);
        Assert.Contains("有固定场所</textarea>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("户外广告设置审批", await colleague.PageAsync(Form), StringComparison.Ordinal);
        Assert.DoesNotContain("户外", await office.LookAsync(db => db.Drafts.Select(d => d.Content).SingleAsync()), StringComparison.Ordinal);

        // The second keeping replaces the first; the act takes the draft away.
        await writer.SubmitAsync(Form, "add-item", ("Name", "户外广告设置许可"), ("_draft", "keep"));
        Assert.Contains("value=\"户外广告设置许可\"", await writer.PageAsync(Form), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await writer.SubmitAsync(Form, "add-item", Whole)).StatusCode);
        Assert.Equal(1, await office.LookAsync(db => db.Items.CountAsync()));
        Assert.Equal(0, await office.LookAsync(db => db.Drafts.CountAsync()));
        Assert.DoesNotContain("已带出", await writer.PageAsync(Form), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_draft_outlives_a_refusal_and_goes_when_it_is_dropped_or_thirty_days_old(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var writer = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager));

        await writer.SubmitAsync(Form, "add-item", ("Name", "户外广告设置审批"), ("_draft", "keep"));
        Assert.Equal(HttpStatusCode.BadRequest, (await writer.SubmitAsync(Form, "add-item", ("Name", "户外广告设置审批"))).StatusCode);
        Assert.Contains("已带出", await writer.PageAsync(Form), StringComparison.Ordinal);

        await writer.SubmitAsync(Form, "add-item", ("_draft", "drop"));
        Assert.DoesNotContain("已带出", await writer.PageAsync(Form), StringComparison.Ordinal);

        await writer.SubmitAsync(Form, "add-item", ("Name", "户外广告设置审批"), ("_draft", "keep"));
        office.Time.Advance(DraftBook.Kept);
        Assert.DoesNotContain("已带出", await writer.PageAsync(Form), StringComparison.Ordinal);

        // Anybody's next draft clears out what is too old.
        await writer.SubmitAsync(Form + "?again", "add-item", ("Name", "另一事项"), ("_draft", "keep"));
        Assert.Equal($"{Form}?again#add-item", await office.LookAsync(db => db.Drafts.Select(d => d.Form).SingleAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_draft_beyond_all_measure_is_refused_and_the_form_stands(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var writer = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager));

        var answer = await writer.SubmitAsync(Form, "add-item", ("Name", "户外广告设置审批"), ("Conditions", new string('长', DraftBook.Longest)), ("_draft", "keep"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("草稿过长", await answer.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        Assert.Equal(0, await office.LookAsync(db => db.Drafts.CountAsync()));
    }
}
