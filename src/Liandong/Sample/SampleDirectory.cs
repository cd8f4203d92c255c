using Liandong.Accounts;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Parties;
using Liandong.Modules.Directory;

namespace Liandong.Sample;

/// <summary>Organs, sections, people, posts and liaison appointments of the sample.</summary>
internal sealed class SampleDirectory(SampleWork work)
{
    /// <param name="Liaisons">Liaison officer A and B of each department.</param>
    internal sealed record Roster(Organ Bureau, Organ Office, IReadOnlyDictionary<string, Organ> Organs, IReadOnlyList<SamplePerson> People, IReadOnlyDictionary<Guid, SamplePerson[]> Liaisons)
    {
        public SamplePerson Who(Organ organ, string role) => People.First(p => p.Organ.Id == organ.Id && p.Role == role);

        public SamplePerson? Maybe(Organ organ, string role) => People.FirstOrDefault(p => p.Organ.Id == organ.Id && p.Role == role);
    }

    private static readonly DateOnly Founded = new(2018, 12, 14);
    private readonly Dictionary<string, Organ> organs = [];
    private readonly List<SamplePerson> people = [];
    private readonly Dictionary<Guid, SamplePerson[]> liaisons = [];
    private int named;

    public async Task<Roster> FillAsync(CancellationToken ct)
    {
        work.Time.At = Beijing.At(2018, 12, 14, 9);
        await work.TogetherAsync(async s =>
        {
            var add = s.GetRequiredService<AddOrgan>();
            foreach (var (name, i) in SampleRoster.Members.Select((m, i) => (m, i)))
                organs[name] = await add.RunAsync(new AddOrgan.Input("历下" + name, name, SampleRoster.KindOf(name), SampleCodes.SocialCreditCodeOf(100 + i, kind: "11"), true, Founded, Rank: i + 1), ct);
            organs["联席会议办公室"] = await add.RunAsync(new AddOrgan.Input("历下区行政审批服务改革领导联席会议办公室", "联席会议办公室", OrganKind.ConferenceOffice, "", false, Founded, Rank: 30), ct);
        }, ct);
        work.Time.At = Beijing.At(2018, 12, 14, 14);
        await work.TogetherAsync(s => StaffBureauAsync(s, ct), ct);
        // The appointments come by letter within the five working days.
        work.Time.At = Beijing.At(2018, 12, 18, 10);
        foreach (var (name, i) in SampleRoster.Members.Select((m, i) => (m, i)))
            if (organs[name].Kind == OrganKind.Department)
                // One at a time: a context that has kept hundreds of rows compares them all at every act.
                await work.TogetherAsync(s => StaffDepartmentAsync(s, name, i + 1, ct), ct);
        await work.TogetherAsync(async s =>
        {
            foreach (var (organ, role, title) in SampleRoster.LaterPosts) await PostAsync(s, organs[organ], role, title, null, ct);
        }, ct);
        await work.TogetherAsync(s => SeatConferenceAsync(s, ct), ct);
        await work.TogetherAsync(async s =>
        {
            foreach (var (name, i) in SampleRoster.Members.Select((m, i) => (m, i)))
                if (LiaisonVacancy.Needs(organs[name]) && organs[name].Kind != OrganKind.Department)
                    await AppointAsync(s, organs[name], $"历{name[1..^1]}函〔2018〕{i + 1}号", [LiaisonSlot.A], null, ct);
        }, ct);
        return new Roster(organs[SampleRoster.Bureau], organs["联席会议办公室"], organs, people, liaisons);
    }

    private async Task StaffBureauAsync(IServiceProvider s, CancellationToken ct)
    {
        var bureau = organs[SampleRoster.Bureau];
        var sections = new Dictionary<string, Guid>();
        foreach (var name in SampleRoster.BureauSections) sections[name] = (await s.GetRequiredService<AddSection>().RunAsync(new AddSection.Input(bureau.Id, name), ct)).Id;
        foreach (var (role, title, section) in SampleRoster.BureauPosts) await PostAsync(s, bureau, role, title, section.Length > 0 ? sections[section] : null, ct);
        foreach (var (role, title) in SampleRoster.Administrators) await PostAsync(s, bureau, role, title, null, ct);
        await PostAsync(s, organs["联席会议办公室"], Roles.ConferenceOffice, "办公室工作人员", null, ct);
        await PostAsync(s, organs["区政府办"], Roles.Convenor, "召集人", null, ct);
        await PostAsync(s, organs["区纪委监委"], Roles.Discipline, "监督检查室干部", null, ct);
    }

    /// <summary>The joint conference of 附件1 一, its places and its groups; who sits there is invented.</summary>
    private async Task SeatConferenceAsync(IServiceProvider s, CancellationToken ct)
    {
        var (take, add) = (s.GetRequiredService<TakeSeat>(), s.GetRequiredService<AddWorkingGroup>());
        await take.RunAsync(new TakeSeat.Input(SeatKind.Convenor, people.First(p => p.Role == Roles.Convenor).Id, "区委副书记、区长", Founded), ct);
        foreach (var (title, i) in SampleRoster.Deputies.Select((title, i) => (title, i)))
            await take.RunAsync(new TakeSeat.Input(SeatKind.Deputy, title == "副区长" ? people.First(p => p.Role == Roles.DeputyConvenor).Id : (await PersonAsync(s, ct)).Id, title, Founded, Rank: i + 1), ct);
        foreach (var (i, (name, remit)) in SampleRoster.Groups.Index()) await add.RunAsync(new AddWorkingGroup.Input(name, remit, Founded, i + 1), ct);
    }

    private async Task StaffDepartmentAsync(IServiceProvider s, string name, int number, CancellationToken ct)
    {
        var organ = organs[name];
        var supervising = SampleRoster.Supervising.TryGetValue(name, out var team);
        var section = supervising ? (await s.GetRequiredService<AddSection>().RunAsync(new AddSection.Input(organ.Id, "审批监管协调科"), ct)).Id : (Guid?)null;
        await AppointAsync(s, organ, $"历{name[1..^1]}函〔2018〕{number}号", supervising ? [LiaisonSlot.A, LiaisonSlot.B] : [LiaisonSlot.A], section, ct);
        if (!supervising) return;
        var enforcement = (await s.GetRequiredService<AddSection>().RunAsync(new AddSection.Input(organ.Id, team!), ct)).Id;
        await PostAsync(s, organ, Roles.Supervisor, "监管人员", section, ct);
        await PostAsync(s, organ, Roles.Supervisor, "监管人员", section, ct);
        await PostAsync(s, organ, Roles.Enforcement, team + "队员", enforcement, ct);
    }

    private async Task AppointAsync(IServiceProvider s, Organ organ, string letter, IReadOnlyList<LiaisonSlot> slots, Guid? section, CancellationToken ct)
    {
        var appoint = s.GetRequiredService<AppointLiaison>();
        var lead = await PersonAsync(s, ct);
        await appoint.RunAsync(new AppointLiaison.Input(organ.Id, lead.Id, LiaisonSlot.Lead, new DateOnly(2018, 12, 18), letter), ct);
        people.Add(new SamplePerson(lead.Id, lead.Name, organ, Roles.LiaisonLead));
        var officers = new List<SamplePerson>();
        foreach (var slot in slots)
        {
            var officer = await PersonAsync(s, ct);
            await appoint.RunAsync(new AppointLiaison.Input(organ.Id, officer.Id, slot, new DateOnly(2018, 12, 18), letter), ct);
            officers.Add(new SamplePerson(officer.Id, officer.Name, organ, Roles.LiaisonOfficer, section));
        }
        people.AddRange(officers);
        liaisons[organ.Id] = [.. officers];
    }

    private async Task PostAsync(IServiceProvider s, Organ organ, string role, string title, Guid? section, CancellationToken ct)
    {
        var person = await PersonAsync(s, ct);
        await s.GetRequiredService<GivePost>().RunAsync(new GivePost.Input(person.Id, organ.Id, section, role, title, Beijing.DayOf(work.Time.At)), ct);
        people.Add(new SamplePerson(person.Id, person.Name, organ, role, section));
    }

    private Task<Person> PersonAsync(IServiceProvider s, CancellationToken ct)
    {
        var n = named++;
        return s.GetRequiredService<AddPerson>().RunAsync(new AddPerson.Input(SampleRoster.NameOf(n), $"0531-8810{n:0000}", $"sample{n}@lixia.example", $"鲁A0102{n:0000}"), ct);
    }
}
