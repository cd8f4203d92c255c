using System.Net;
using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage.Disputes;
using Liandong.Modules.Supervision;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Attachments;

/// <summary>Each module says who sees and who adds the files of its matters.</summary>
public sealed class MatterFilesTests
{
    [Theory, EveryDatabase]
    public async Task Supervision_gives_its_evidence_to_its_parties_alone(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var outsider = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区园林局"), Roles.LiaisonOfficer));
        var (supervisor, enforcer, bureau) = (office.Client(m.Supervisor), office.Client(m.Enforcer), office.Client(m.Approver));

        // A check by the form, as a phone without script sends it: the photograph and the check are one act.
        var form = await supervisor.SubmitFilesAsync($"{m.Page}/check", "record-check", "Files", [("后厨 1.jpg", SampleFiles.Jpg())], ("On", "2026-03-02"), ("Kind", "Daily"), ("Officers", m.Supervisor.Person.ToString()), ("Officers", m.Second.Person.ToString()),
            ("Result", "NotConforming"), ("Treatment", "HandOver"), ("Note", "后厨脏乱"), ("HandTo", m.City.Id.ToString()), ("Publicity", "Internal"));
        Assert.True(form.StatusCode == HttpStatusCode.Redirect, WebUtility.HtmlDecode(await form.Content.ReadAsStringAsync(Office.Stop)));
        var check = await office.LookAsync(db => db.Checks.SingleAsync());
        Assert.Equal("后厨 1.jpg", Assert.Single(await supervisor.FilesOfAsync(CheckAttachments.KindName, check.Id)).Name);
        Assert.Equal("后厨 1.jpg", Assert.Single(await enforcer.FilesOfAsync(CheckAttachments.KindName, check.Id)).Name);
        Assert.Equal("attachment.closed", await (await enforcer.PostFilesAsync(CheckAttachments.KindName, check.Id, ("x.pdf", SampleFiles.Pdf()))).CodeAsync());
        Assert.Equal("attachment.closed", await (await bureau.PostFilesAsync(CheckAttachments.KindName, check.Id, ("x.pdf", SampleFiles.Pdf()))).CodeAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.GetAsync(GivenFiles.ListOf(CheckAttachments.KindName, check.Id), Office.Stop)).StatusCode);
        // Evidence stays.
        Assert.False((await supervisor.FilesOfAsync(CheckAttachments.KindName, check.Id))[0].MayRemove);

        var enforcement = await office.LookAsync(db => db.Enforcements.SingleAsync());
        await office.ActAsync(s => s.GetRequiredService<ClaimEnforcement>().RunAsync(enforcement.Id, Office.Stop), m.Enforcer);
        var officers = await office.LookAsync(db => db.People.Where(p => p.CertificateNumber.StartsWith("鲁A02")).Select(p => new OfficerInput(p.Id, null, null)).ToListAsync());
        var penalty = await office.ActAsync(s => s.GetRequiredService<RecordPenalty>().RunAsync(new RecordPenalty.Input(enforcement.Id, "历罚决〔2026〕1号", new DateOnly(2026, 3, 2), [PenaltyKind.Warning], "后厨脏乱", "食品安全法第126条", officers), Office.Stop), m.Enforcer);
        await enforcer.AttachAsync(PenaltyAttachments.KindName, penalty.Id, "处罚决定书.pdf", SampleFiles.Pdf());
        Assert.Single(await supervisor.FilesOfAsync(PenaltyAttachments.KindName, penalty.Id));
        Assert.Single(await bureau.FilesOfAsync(PenaltyAttachments.KindName, penalty.Id));
        Assert.Equal("attachment.closed", await (await supervisor.PostFilesAsync(PenaltyAttachments.KindName, penalty.Id, ("x.pdf", SampleFiles.Pdf()))).CodeAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.GetAsync(GivenFiles.ListOf(PenaltyAttachments.KindName, penalty.Id), Office.Stop)).StatusCode);
        // The kind must be the matter's own.
        Assert.Equal(HttpStatusCode.NotFound, (await enforcer.GetAsync(GivenFiles.ListOf(CheckAttachments.KindName, penalty.Id), Office.Stop)).StatusCode);
        var page = WebUtility.HtmlDecode(await bureau.PageAsync(m.Page));
        Assert.Contains("处罚 历罚决〔2026〕1号", page, StringComparison.Ordinal);
        Assert.Contains("后厨 1.jpg", page, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task What_a_party_encloses_in_a_dispute_is_read_by_the_parties_and_the_ruling_office(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var dispute = await office.ActAsync(s => s.GetRequiredService<OpenDispute>().RunAsync(new OpenDispute.Input(push.Id, null, null, "油烟由谁监管?", [linked.First.Id, linked.Second.Id]), Office.Stop), linked.FirstOfficer);
        var third = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区住建局"), Roles.LiaisonOfficer));
        var (first, second, ruling) = (office.Client(linked.FirstOfficer), office.Client(linked.SecondOfficer), office.Client(linked.Office));

        var stated = await second.SubmitFilesAsync($"/disputes/{dispute.Id}", "state-view", "Files", [("三定规定.pdf", SampleFiles.Pdf())], ("Text", "归市场监管"), ("Basis", "三定规定第3条"));
        Assert.True(stated.StatusCode == HttpStatusCode.Redirect, await stated.Content.ReadAsStringAsync(Office.Stop));
        foreach (var reader in new[] { first, second, ruling, office.Client(linked.Approver) }) Assert.Equal("三定规定.pdf", Assert.Single(await reader.FilesOfAsync(DisputeAttachments.KindName, dispute.Id)).Name);
        Assert.Equal(HttpStatusCode.NotFound, (await third.GetAsync(GivenFiles.ListOf(DisputeAttachments.KindName, dispute.Id), Office.Stop)).StatusCode);
        Assert.Contains("三定规定.pdf", await ruling.PageAsync($"/disputes/{dispute.Id}"), StringComparison.Ordinal);

        await office.ActAsync(s => s.GetRequiredService<RuleDispute>().RunAsync(dispute.Id, new RuleDispute.Input(linked.Second.Id, "依三定规定", null, false, null), Office.Stop), linked.Office);
        Assert.Equal("attachment.closed", await (await second.PostFilesAsync(DisputeAttachments.KindName, dispute.Id, ("x.pdf", SampleFiles.Pdf()))).CodeAsync());
        Assert.Single(await first.FilesOfAsync(DisputeAttachments.KindName, dispute.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_memorandum_and_a_letter_of_appointment_carry_their_papers(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.BureauAsync();
        var (market, city) = (await office.Given.OrganAsync("区市场监管局"), await office.Given.OrganAsync("区城管局"));
        var manager = await office.Given.MemberAsync(bureau, Roles.ItemManager);
        var (lead, other) = (await office.Given.MemberAsync(market, Roles.LiaisonLead), await office.Given.MemberAsync(city, Roles.LiaisonLead));
        await office.Given.SupervisedItemAsync(market);
        var memorandum = await office.ActAsync(s => s.GetRequiredService<MakeMemorandum>().RunAsync(market.Id, Office.Stop), manager);
        var (bureauClient, marketClient, cityClient) = (office.Client(manager), office.Client(lead), office.Client(other));
        var paper = await marketClient.AttachAsync(MemorandumAttachments.KindName, memorandum.Id, "签署件.pdf", SampleFiles.Pdf());
        Assert.Equal(paper.Id, Assert.Single(await bureauClient.FilesOfAsync(MemorandumAttachments.KindName, memorandum.Id)).Id);
        Assert.Equal("attachment.not-own", await (await bureauClient.DeleteAsync($"/api/v1/attachments/{paper.Id}", Office.Stop)).CodeAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await cityClient.GetAsync($"/api/v1/attachments/{paper.Id}", Office.Stop)).StatusCode);
        Assert.Contains("签署件.pdf", await bureauClient.PageAsync($"/memoranda/{memorandum.Id}"), StringComparison.Ordinal);

        var appointed = await marketClient.SubmitFilesAsync($"/directory/organs/{market.Id}", "appoint", "LetterFiles", [("任职函.pdf", SampleFiles.Pdf("letter"))], ("Slot", "A"), ("Person", lead.Person.ToString()), ("From", "2026-03-02"), ("Letter", "历市监函〔2026〕3号"));
        Assert.True(appointed.StatusCode == HttpStatusCode.Redirect, WebUtility.HtmlDecode(await appointed.Content.ReadAsStringAsync(Office.Stop)));
        var appointment = await office.LookAsync(db => db.LiaisonAppointments.SingleAsync(a => a.Organ == market.Id));
        // The directory is everybody's to read; only who may appoint adds to it.
        Assert.Equal(("任职函.pdf", "original"), Assert.Single(await cityClient.FilesOfAsync(LiaisonAttachments.KindName, appointment.Id)) is var letter ? (letter.Name, letter.Origin) : default);
        Assert.Equal("attachment.closed", await (await cityClient.PostFilesAsync(LiaisonAttachments.KindName, appointment.Id, ("x.pdf", SampleFiles.Pdf()))).CodeAsync());
        Assert.Contains("任职函.pdf", WebUtility.HtmlDecode(await cityClient.PageAsync($"/directory/organs/{market.Id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_nobody_registered_belongs_to_nobody()
    {
        await using var office = await Office.OpenAsync(Database.Sqlite);
        var kinds = await office.ActAsync(s => Task.FromResult(s.GetRequiredService<MatterDoors>().Kinds));
        Assert.Superset(new HashSet<string> { "case", "check", "rectification", "penalty", "dispute", "memorandum", "liaison" }, kinds.ToHashSet());
        Assert.Null(await office.ActAsync(s => s.GetRequiredService<MatterDoors>().AskAsync("nothing", Guid.Empty, Office.Stop)));
        foreach (var kind in kinds) Assert.Null(await office.ActAsync(s => s.GetRequiredService<MatterDoors>().AskAsync(kind, Guid.Empty, Office.Stop)));
    }
}
