using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Modules.Cases;
using Liandong.Modules.Consultations;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Consultations;

/// <summary>A decision that another system made while a view was not weighed or a freeze was in force: taken in, pushed, and marked for everybody who should see it.</summary>
public sealed class ReportedDecisionTests
{
    private static CaseInput Undecided(CaseInput c) => c with { DecidedAt = null, DeliveredAt = null, Decision = null, Permit = null };

    private static Task<Case> FindAsync(Office office, string number) => office.LookAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.Number == number, Office.Stop));

    [Theory, EveryDatabase] // 附件2 一(一)
    public async Task A_view_that_was_not_weighed_is_kept_with_a_decision_that_another_system_reports(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var item = await office.Given.SupervisedItemAsync(t.First, "餐饮服务许可");
        var (weighed, unweighed, awaited, plain) = (office.Given.CaseMessage(item), office.Given.CaseMessage(item), office.Given.CaseMessage(item), office.Given.CaseMessage(item));
        foreach (var message in new[] { weighed, unweighed, awaited, plain }) await office.Given.SendAsync(Undecided(message));
        var reviews = new Dictionary<string, Consultation>();
        foreach (var message in new[] { weighed, unweighed, awaited })
        {
            var about = (await FindAsync(office, message.Number!)).Id;
            reviews[message.Number!] = await office.Given.ConsultationAsync(t.Clerk, [t.First.Id], i => i with { Form = ConsultationForm.LiaisonReview, Case = about });
        }
        var (adopted, open) = (await office.Given.ViewAsync(reviews[weighed.Number!].Id, t.FirstOfficer, Stance.Agree), await office.Given.ViewAsync(reviews[unweighed.Number!].Id, t.FirstOfficer, Stance.Disagree, "烟道过低。"));
        await office.ActAsync(s => s.GetRequiredService<WeighView>().RunAsync(adopted.Id, new WeighView.Input(Weighing.Adopted, "已经采纳。"), Office.Stop), t.Clerk);

        // Each is decided elsewhere a day later, and reported: one alone, the others together.
        office.GoTo("2026-03-03");
        var machine = await office.Given.MachineAsync(t.Bureau, [.. Scopes.All]);
        CaseInput Decided(CaseInput c) => c with { DecidedAt = new(2026, 3, 3, 0, 30, 0, TimeSpan.Zero), DeliveredAt = null };
        var alone = await machine.PostAsJsonAsync("/api/v1/cases", Decided(unweighed), Ledger.BodyFormat, Office.Stop);
        Assert.True(alone.IsSuccessStatusCode, await alone.Content.ReadAsStringAsync(Office.Stop));
        Assert.Contains(reviews[unweighed.Number!].Number, (await alone.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("despite")[0].GetString(), StringComparison.Ordinal);
        var many = await office.ActAsync(s => s.GetRequiredService<SendCase>().RunManyAsync([Decided(weighed), Decided(awaited), Decided(plain)], Office.Stop));
        Assert.All(many, r => Assert.Equal(IntakeStatus.Advanced, r.Status));
        Assert.Equal([0, 1, 0], many.Select(r => r.Despite?.Count ?? 0));

        // The result is pushed like any other, and nothing is lost; what was not settled stands with the case.
        foreach (var message in new[] { weighed, unweighed, awaited, plain })
        {
            var kept = await FindAsync(office, message.Number!);
            Assert.Equal((DecisionKind.Granted, message == unweighed || message == awaited ? 1 : 0), (kept.Decision, kept.DecidedDespite.Count));
            Assert.Equal(1, await office.LookAsync(db => db.Pushes.CountAsync(p => p.Case == kept.Id && p.Organ == t.First.Id, Office.Stop)));
        }
        Assert.Equal(["附件2 一(一)", "附件2 一(一)"], await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act == "case.decided-despite").Select(e => e.Clause).ToListAsync(Office.Stop)));
        var (clerk, officer) = (office.Client(t.Clerk), office.Client(t.FirstOfficer));
        var id = (await FindAsync(office, unweighed.Number!)).Id;
        foreach (var said in new[] { "作出决定时尚有未了事项", "没有说明是否采纳" }) Assert.Contains(said, await clerk.PageAsync($"/cases/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("未了事项", await clerk.PageAsync($"/cases/{(await FindAsync(office, weighed.Number!)).Id}"), StringComparison.Ordinal);
        Assert.Contains("办件已经作出决定", await officer.PageAsync($"/consultations/{reviews[unweighed.Number!].Id}"), StringComparison.Ordinal);
        Assert.NotEmpty((await clerk.GetFromJsonAsync<JsonElement>($"/api/v1/cases/{id}", Office.Stop)).GetProperty("decidedDespite").EnumerateArray());
        // Said again it changes nothing; the view is weighed afterwards all the same.
        Assert.Equal("unchanged", (await (await machine.PostAsJsonAsync("/api/v1/cases", Decided(unweighed), Ledger.BodyFormat, Office.Stop)).Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("status").GetString());
        await clerk.SubmitAsync($"/consultations/views/{open.Id}/weigh", "weigh-view", ("Weighing", "NotAdopted"), ("Reason", "烟道高度符合标准。")).LedToAsync();
        Assert.Single((await FindAsync(office, unweighed.Number!)).DecidedDespite);
    }

    [Theory, EveryDatabase] // 附件2 二(三)
    public async Task A_freeze_is_kept_with_a_decision_that_it_covers_made_here_or_elsewhere(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var item = await office.Given.SupervisedItemAsync(t.First, "餐饮服务许可");
        var push = await office.Given.PushDeliveredAsync(t.First, item);
        var party = await office.LookAsync(db => db.Parties.AsNoTracking().SingleAsync(p => p.Id == push.Party, Office.Stop));
        CaseInput OfParty(CaseInput c) => c with { Party = new PartyInput { Kind = party.Kind, Name = party.Name, Code = party.Code, LegalPerson = party.LegalPerson, Address = party.Address } };
        var freeze = await office.ActAsync(s => s.GetRequiredService<RequestFreeze>().RunAsync(new RequestFreeze.Input(FreezeScope.Decision, "正在立案调查。", "《行政处罚法》第五十六条", new DateOnly(2026, 6, 1), push.Party), Office.Stop), t.FirstOfficer);
        await office.Given.ServedAsync(freeze.Letter, t.FirstLead);

        office.GoTo("2026-03-04");
        // A case of the party that is new and decided at once is covered; a withdrawn application, another's case and one that was decided before the freeze are not.
        var covered = await office.Given.SendAsync(OfParty(office.Given.CaseMessage(item)));
        Assert.Contains(freeze.Number, Assert.Single(covered.Despite!), StringComparison.Ordinal);
        var withdrawn = await office.Given.SendAsync(OfParty(office.Given.CaseMessage(item)) with { Permit = null, DeliveredAt = null, Decision = new DecisionInput { Kind = DecisionKind.Withdrawn, Content = "申请人撤回" } });
        var another = await office.Given.SendAsync(office.Given.CaseMessage(item));
        var earlier = await office.Given.SendAsync(OfParty(office.Given.CaseMessage(item)) with { ReceivedAt = new(2026, 3, 1, 1, 0, 0, TimeSpan.Zero), AcceptedAt = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero), DecidedAt = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero), DeliveredAt = null });
        foreach (var free in new[] { withdrawn, another, earlier }) Assert.Null(free.Despite);
        Assert.Contains(freeze.Number, await office.Client(t.Clerk).PageAsync($"/cases/{covered.Id}"), StringComparison.Ordinal);
        Assert.Equal("附件2 二(三)", await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act == "case.decided-despite" && e.SubjectId == covered.Id).Select(e => e.Clause).SingleAsync(Office.Stop)));
    }
}
