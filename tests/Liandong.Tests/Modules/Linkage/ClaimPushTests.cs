using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Kernel.Duties;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Modules.Linkage;

public sealed class ClaimPushTests
{
    /// <summary>附件2 二(三): one case is claimed once by one organ, however many people press the button.</summary>
    [Theory, EveryDatabase]
    public async Task Of_fifty_simultaneous_claims_one_wins_and_the_others_are_told_who_was_first_and_when(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var officers = new List<Member>();
        for (var i = 0; i < 5; i++) officers.Add(await office.Given.MemberAsync(organ, Roles.LiaisonOfficer));
        var push = await office.Given.PushDeliveredAsync(organ);
        var clients = Enumerable.Range(0, 50).Select(i => office.Client(officers[i % 5])).ToList();
        await Task.WhenAll(clients.Take(10).Select(c => c.GetAsync($"/api/v1/pushes/{push.Id}", Office.Stop)));

        var answers = await Task.WhenAll(clients.Select(c => c.PostAsJsonAsync($"/api/v1/pushes/{push.Id}/claim", new { }, Office.Stop)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        var refused = answers.Where(a => a.StatusCode == HttpStatusCode.Conflict).ToList();
        Assert.Equal(49, refused.Count);
        foreach (var answer in refused)
        {
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Office.Stop);
            Assert.Equal("push.already-claimed", problem.GetProperty("code").GetString());
            var why = problem.GetProperty("detail").GetString()!;
            Assert.Contains("已由区住建局 区住建局张三于2026年3月2日 09:00(接口)认领", why, StringComparison.Ordinal);
        }
        var stored = await office.LookAsync(db => db.Pushes.AsNoTracking().SingleAsync(p => p.Id == push.Id));
        Assert.Equal(PushState.Claimed, stored.State);
        var entry = Assert.Single(await office.LookAsync(db => db.LedgerEntries.Where(e => e.SubjectId == push.Id && e.Act == "push.claimed").ToListAsync()));
        Assert.Equal(stored.ClaimedBy, entry.Person);
        var duty = Assert.Single(await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == push.Id && d.Rule == LinkageRules.ClaimResult.Code).ToListAsync()));
        Assert.Equal((Closing.Discharged, entry.Number), (duty.ClosedHow!.Value, duty.ClosedByEntry!.Value));
        Assert.Equal(1, await office.LookAsync(db => db.PushEvents.CountAsync(e => e.Push == push.Id && e.What == "claimed")));
    }

    /// <summary>Claims that meet are written together, and are each the act of whoever made it: nobody stands in another's place, and a refused one takes nobody with it.</summary>
    [Theory, EveryDatabase]
    public async Task Claims_that_meet_are_each_the_act_of_their_own_officer(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organs = new[] { await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区城管局") };
        var officers = new List<(Member Member, Guid Push)>();
        for (var i = 0; i < 12; i++)
        {
            var organ = organs[i % 2];
            officers.Add((await office.Given.MemberAsync(organ, Roles.LiaisonOfficer), (await office.Given.PushDeliveredAsync(organ)).Id));
        }
        var foreign = officers[1].Push;
        var clients = officers.Select(o => office.Client(o.Member)).ToList();
        await Task.WhenAll(clients.Select(c => c.GetAsync("/api/v1/me", Office.Stop)));

        var claims = officers.Select((o, i) => ClaimAsync(clients[i], o.Push, new { }, "own-" + i)).ToList();
        var theirs = ClaimAsync(clients[0], foreign, new { }, "theirs");
        var wrong = ClaimAsync(clients[2], officers[4].Push, new { section = foreign }, "wrong");
        var answers = await Task.WhenAll(claims);

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(HttpStatusCode.NotFound, (await theirs).StatusCode);
        Assert.True((await wrong).StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound);
        var acts = await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act == "push.claimed").ToListAsync());
        Assert.Equal(officers.Count, acts.Count);
        foreach (var (member, push) in officers)
        {
            var act = Assert.Single(acts, a => a.SubjectId == push);
            Assert.Equal((member.Person, member.Organ), (act.Person!.Value, act.Organ!.Value));
            var step = await office.LookAsync(db => db.PushEvents.SingleAsync(e => e.Push == push && e.What == "claimed"));
            Assert.Equal((act.Number, member.Person), (step.Entry!.Value, step.Person!.Value));
            Assert.Equal(act.Number, await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == push && d.Rule == LinkageRules.ClaimResult.Code).Select(d => d.ClosedByEntry).SingleAsync()));
        }

        // The same requests sent again under their keys are answered as before and record nothing.
        var again = await Task.WhenAll(officers.Select((o, i) => ClaimAsync(clients[i], o.Push, new { }, "own-" + i)));
        for (var i = 0; i < again.Length; i++) Assert.Equal(await answers[i].Content.ReadAsStringAsync(Office.Stop), await again[i].Content.ReadAsStringAsync(Office.Stop));
        Assert.Equal(officers.Count, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "push.claimed")));

        static Task<HttpResponseMessage> ClaimAsync(HttpClient client, Guid push, object body, string key)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/pushes/{push}/claim") { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", key);
            return client.SendAsync(request, Office.Stop);
        }
    }
}
