using System.Net;
using System.Net.Http.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel.Duties;
using Liandong.Modules.Policies;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Policies;

/// <summary>附件2 二(一): a change that is notified by an official letter.</summary>
public sealed class PolicyLetterTests
{
    [Theory, EveryDatabase]
    public async Task The_service_of_the_letter_is_the_notice_and_ends_the_duty_once(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.PolicyCastAsync();
        var lead = await office.Given.MemberAsync(c.Department, Roles.LiaisonLead);
        var (officer, head, clerk) = (office.Client(c.Officer), office.Client(lead), office.Client(c.Clerk));
        var bare = await office.Given.PolicyAsync(c, items: []);
        Assert.Equal("policy.no-items", await officer.PostAsJsonAsync($"/api/v1/policies/{bare.Id}/letter", new { }, Office.Stop).CodeAsync());
        var policy = await office.Given.PolicyAsync(c);
        var page = $"/policies/{policy.Id}";
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.PostAsJsonAsync($"/api/v1{page}/letter", new { }, Office.Stop)).StatusCode);

        // The letter says what changes, from when and which items; the bureau sees nothing of it yet.
        var letter = await officer.SubmitAsync(page, "policy-letter").LedToAsync();
        var text = await officer.PageAsync(letter);
        foreach (var said in new[] { "食品经营许可和备案管理办法", "取消健康证明复印件", "2026年4月1日", c.Items[0].Name, c.Items[2].Code, page }) Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync(letter, Office.Stop)).StatusCode);
        Assert.DoesNotContain(letter, await clerk.PageAsync(page), StringComparison.Ordinal);
        foreach (var twice in new[] { "letter", "serve" }) Assert.Equal("policy.letter-drafted", await officer.PostAsJsonAsync($"/api/v1{page}/{twice}", new { }, Office.Stop).CodeAsync());

        // Signed, it holds the change to what it says.
        await head.SubmitAsync(letter, "sign").LedToAsync();
        Assert.Equal("policy.letter-signed", await officer.DeleteAsync($"/api/v1{page}/items/{c.Items[0].Id}", Office.Stop).CodeAsync());
        Assert.Equal("policy.letter-signed", await officer.PostAsJsonAsync($"/api/v1{page}/withdraw", new { reason = "登记有误" }, Office.Stop).CodeAsync());
        await officer.SubmitAsync(letter, "seal").LedToAsync();
        office.GoTo("2026-03-09");
        await officer.SubmitAsync(letter + "/serve", "serve").LedToAsync();

        var (served, duties) = await office.LookAsync(async db => (await db.PolicyChanges.SingleAsync(p => p.Id == policy.Id, Office.Stop), await db.Duties.Where(d => d.SubjectId == policy.Id).OrderBy(d => d.Rule).ToListAsync(Office.Stop)));
        Assert.Equal((PolicyState.Served, new DateOnly(2026, 3, 9), false), (served.State, served.ServedOn!.Value, served.Late));
        Assert.Equal(["policy.adapt", "policy.notify"], duties.Select(d => d.Rule));
        Assert.Equal((null, Closing.Discharged), ((Closing?)duties[0].ClosedHow, duties[1].ClosedHow));
        Assert.Equal(new DateOnly(2026, 3, 16), duties[0].DueOn);
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "policy.served" && e.SubjectId == policy.Id, Office.Stop)));
        Assert.Empty(await office.LookAsync(db => db.Duties.Where(d => d.Rule == DocumentsRules.AnswerDocument.Code).ToListAsync(Office.Stop)));
        Assert.Equal("policy.served", await officer.PostAsJsonAsync($"/api/v1{page}/serve", new { }, Office.Stop).CodeAsync());

        // The bureau comes from the letter to the change; its receipt is that of both. A copy that is sent later notifies nobody anew.
        Assert.Contains($"{page}/adapt", await clerk.PageAsync(letter), StringComparison.Ordinal);
        await clerk.SubmitAsync(letter, "read").LedToAsync();
        Assert.NotNull(await office.LookAsync(db => db.PolicyChanges.Where(p => p.Id == policy.Id).Select(p => p.AcknowledgedAt).SingleAsync(Office.Stop)));
        await officer.SubmitAsync(letter + "/serve", "serve", ("Also", c.Supervising.Id.ToString())).LedToAsync();
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "policy.served" && e.SubjectId == policy.Id, Office.Stop)));
        Assert.Contains("历市场监管函〔2026〕1号", await clerk.PageAsync(page), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase] // 附件2 四(四)
    public async Task A_late_letter_is_a_late_notice_and_one_that_misses_the_bureau_is_none(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.PolicyCastAsync();
        var lead = await office.Given.MemberAsync(c.Department, Roles.LiaisonLead);
        var (late, stray) = (await office.Given.PolicyAsync(c), await office.Given.PolicyAsync(c));
        Guid lateLetter = Guid.Empty, strayLetter = Guid.Empty;
        await office.ActAsync(async s =>
        {
            lateLetter = (await s.GetRequiredService<DraftPolicyLetter>().RunAsync(late.Id, Office.Stop)).Id;
            strayLetter = (await s.GetRequiredService<DraftPolicyLetter>().RunAsync(stray.Id, Office.Stop)).Id;
        }, c.Officer);
        var officer = office.Client(c.Officer);
        await officer.SubmitAsync($"/documents/{strayLetter}/edit", "revise", ("Title", "函"), ("To", c.Other.Id.ToString()), ("Text", "正文。")).LedToAsync();
        var lead2 = office.Client(lead);
        await lead2.SubmitAsync($"/documents/{strayLetter}", "sign").LedToAsync();
        Assert.Equal("policy.letter-without-bureau", await lead2.PostAsJsonAsync($"/api/v1/documents/{strayLetter}/serve", new { }, Office.Stop).CodeAsync());
        Assert.Empty(await office.LookAsync(db => db.DocumentServices.Where(s => s.Document == strayLetter).ToListAsync(Office.Stop)));

        office.GoTo("2026-04-02");
        await office.Given.ServedAsync(lateLetter, lead);
        Assert.True(await office.LookAsync(db => db.PolicyChanges.Where(p => p.Id == late.Id).Select(p => p.Late).SingleAsync(Office.Stop)));
        Assert.NotNull(await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == late.Id && d.Rule == "policy.notify").Select(d => d.BreachedAt).SingleAsync(Office.Stop)));

        // A draft that is cancelled leaves the other way open.
        var third = await office.Given.PolicyAsync(c);
        var draft = await office.ActAsync(s => s.GetRequiredService<DraftPolicyLetter>().RunAsync(third.Id, Office.Stop), c.Officer);
        await office.ActAsync(s => s.GetRequiredService<CancelDocument>().RunAsync(draft.Id, "改在平台上函告", Office.Stop), c.Officer);
        Assert.Equal(HttpStatusCode.OK, (await officer.PostAsJsonAsync($"/api/v1/policies/{third.Id}/serve", new { }, Office.Stop)).StatusCode);
        // A record that is withdrawn takes its draft along.
        var fourth = await office.Given.PolicyAsync(c);
        var gone = await office.ActAsync(s => s.GetRequiredService<DraftPolicyLetter>().RunAsync(fourth.Id, Office.Stop), c.Officer);
        Assert.Equal(HttpStatusCode.OK, (await officer.PostAsJsonAsync($"/api/v1/policies/{fourth.Id}/withdraw", new { reason = "登记有误" }, Office.Stop)).StatusCode);
        Assert.Equal(DocumentState.Cancelled, await office.LookAsync(db => db.OfficialDocuments.Where(d => d.Id == gone.Id).Select(d => d.State).SingleAsync(Office.Stop)));
    }
}
