using System.Net;
using Liandong.Accounts;
using Liandong.Documents;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

/// <summary>A bureau with a clerk and a head, two departments with an officer and a leader each, and one that has nothing to do with any of it.</summary>
public sealed record Talkers(Organ Bureau, Member Clerk, Member Head, Organ First, Member FirstOfficer, Member FirstLead, Organ Second, Member SecondOfficer, Member SecondLead, Organ Other, Member Stranger, Member Conference);

public sealed partial class Given
{
    public async Task<Talkers> TalkersAsync()
    {
        var bureau = await BureauAsync();
        var (first, second, other) = (await OrganAsync("区住建局"), await OrganAsync("区城管局"), await OrganAsync("区文化局"));
        var conference = await OrganAsync("联席会议办公室", OrganKind.ConferenceOffice);
        return new Talkers(bureau, await MemberAsync(bureau, Roles.Approver), await MemberAsync(bureau, Roles.BureauHead), first, await MemberAsync(first, Roles.LiaisonOfficer), await MemberAsync(first, Roles.LiaisonLead),
            second, await MemberAsync(second, Roles.LiaisonOfficer), await MemberAsync(second, Roles.LiaisonLead), other, await MemberAsync(other, Roles.LiaisonLead), await MemberAsync(conference, Roles.ConferenceOffice));
    }

    /// <summary>A consultation started by a person through the page's use case; by letter when one organ is asked.</summary>
    public Task<Consultation> ConsultationAsync(Member by, IReadOnlyList<Guid> organs, Func<StartConsultation.Input, StartConsultation.Input>? with = null)
    {
        var input = new StartConsultation.Input("餐饮油烟的监管界线", "餐饮单位的油烟由哪个单位监管?", ConsultationSubject.Legality, "《大气污染防治法》第八十一条", organs);
        return office.ActAsync(s => s.GetRequiredService<StartConsultation>().RunAsync(with?.Invoke(input) ?? input, Office.Stop), by);
    }

    /// <summary>Signs, seals and serves a draft as the head of its organ.</summary>
    public Task<OfficialDocument> ServedAsync(Guid document, Member head) => office.ActAsync(async s =>
    {
        await s.GetRequiredService<SignDocument>().RunAsync(document, Office.Stop);
        await s.GetRequiredService<SealDocument>().RunAsync(document, Office.Stop);
        return await s.GetRequiredService<ServeDocument>().RunAsync(document, new ServeDocument.Input(), Office.Stop);
    }, head);

    /// <summary>One organ is asked by a letter that has been served.</summary>
    public async Task<Consultation> ConsultationServedAsync(Talkers t, Func<StartConsultation.Input, StartConsultation.Input>? with = null)
    {
        var talk = await ConsultationAsync(t.Clerk, [t.First.Id], with);
        await ServedAsync(talk.Letter!.Value, t.Head);
        return await office.LookAsync(db => db.Consultations.AsNoTracking().SingleAsync(c => c.Id == talk.Id));
    }

    public Task<ConsultationView> ViewAsync(Guid consultation, Member by, Stance stance, string grounds = "符合职责分工。", string conditions = "", bool byLetter = false) =>
        office.ActAsync(s => s.GetRequiredService<GiveView>().RunAsync(consultation, new GiveView.Input(stance, grounds, conditions, byLetter), Office.Stop), by);
}

internal static class Redirects
{
    /// <summary>The address that an act of a page led to; fails with the page's own words when it was refused.</summary>
    public static async Task<string> LedToAsync(this Task<HttpResponseMessage> sending)
    {
        var response = await sending;
        if (response.StatusCode == HttpStatusCode.Found && response.Headers.Location is { } to) return (to.IsAbsoluteUri ? to.PathAndQuery : to.ToString()).Split('#')[0];
        var page = await response.Content.ReadAsStringAsync(Office.Stop);
        var summary = page.IndexOf("error-summary", StringComparison.Ordinal);
        throw new InvalidOperationException($"{(int)response.StatusCode}: {(summary < 0 ? page[..Math.Min(800, page.Length)] : page[summary..Math.Min(page.Length, summary + 800)])}");
    }
}
