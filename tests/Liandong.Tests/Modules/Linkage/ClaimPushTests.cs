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
}
