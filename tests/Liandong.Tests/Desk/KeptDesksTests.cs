using System.Net;
using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Desk;

/// <summary>A desk that was kept is told from one rendered anew by the one-time key of its form: each rendering makes a new one.</summary>
public sealed partial class KeptDesksTests
{
    [Theory, EveryDatabase]
    public async Task A_kept_desk_is_given_up_for_each_change_that_it_shows_and_for_no_other(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var (housing, culture) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区文化局"));
        var (a, b) = (await office.Given.OfficerAsync(housing, LiaisonSlot.A), await office.Given.OfficerAsync(housing, LiaisonSlot.B));
        var desk = await DeskOfAsync(office, b);
        Assert.Equal(KeyOf(await desk.PageAsync("/")), KeyOf(await desk.PageAsync("/")));

        async Task<string> ShowsAsync(string word, Func<Task> change, bool gone = false)
        {
            var before = await desk.PageAsync("/");
            Assert.Equal(gone, before.Contains(word, StringComparison.Ordinal));
            Assert.Equal(before, await desk.PageAsync("/"));
            await change();
            var after = await desk.PageAsync("/");
            Assert.Equal(!gone, after.Contains(word, StringComparison.Ordinal));
            return after;
        }

        // Of an organ that shares this one's place among the marks a change would be taken for its own: then nothing can be said.
        if (DeskMarks.Of(await MarksAsync(office), await NumberAsync(office), housing.Id) < await NumberAsync(office))
        {
            var untouched = await desk.PageAsync("/");
            await office.Given.DutiesAsync(1, culture.Id);
            if (DeskMarks.Of(await MarksAsync(office), await NumberAsync(office), housing.Id) < await NumberAsync(office)) Assert.Equal(untouched, await desk.PageAsync("/"));
        }

        Duty duty = null!;
        await ShowsAsync("历审推〔2026〕1号", async () => duty = (await office.Given.DutiesAsync(1, housing.Id))[0]);
        await PassesAsync(duty.HalfAt, "due-yellow");
        await PassesAsync(duty.EightyAt, "due-amber");
        await ShowsAsync($"代 {a.Name}", () => office.ActAsync(s => s.GetRequiredService<AddAbsence>().RunAsync(new AddAbsence.Input(a.Person, new(2026, 3, 5), new(2026, 3, 9), "培训"), Office.Stop)));
        await ShowsAsync("#bell\"></use></svg><span class=\"count count-due\">1<", () => office.SweepAsync());
        await ShowsAsync("#bell\"></use></svg><span class=\"count count-due\">1<", () => office.ActAsync(s => ReminderQueries.MarkReadAsync(s.GetRequiredService<AppDb>(), s.GetRequiredService<Actor>(), null, s.GetRequiredService<Clock>().Now, Office.Stop), b), gone: true);
        await ShowsAsync("区住房城乡建设局", () => office.ActAsync(s => s.GetRequiredService<ChangeOrgan>().DescribeAsync(housing.Id, new ChangeOrgan.Input("区住房城乡建设局", "区住房城乡建设局", "", true), Office.Stop)));
        await PassesAsync(duty.DueAt, "due-red");
        await ShowsAsync("最近七天没有办结的职责时限", () => EndAsync(office, duty), gone: true);

        // Nobody does anything: the clock alone.
        async Task PassesAsync(DateTimeOffset? at, string light)
        {
            office.Time.SetUtcNow(at!.Value.AddSeconds(-20));
            desk = await DeskOfAsync(office, b);
            await ShowsAsync(light, () => Task.Run(() => office.Time.SetUtcNow(at.Value)));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_colleague_who_claims_takes_the_row_away_and_each_row_is_claimed_by_its_own_press(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var linked = await office.Given.LinkedAsync();
        var colleague = await office.Given.MemberAsync(linked.First, Roles.LiaisonOfficer);
        var desk = await DeskOfAsync(office, linked.FirstOfficer);
        var (first, second, third) = (await office.Given.PushDeliveredAsync(linked.First), await office.Given.PushDeliveredAsync(linked.First), await office.Given.PushDeliveredAsync(linked.First));
        Assert.Contains($"value=\"{third.Id}\"", await desk.PageAsync("/"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await (await DeskOfAsync(office, colleague)).SubmitAsync("/", "claim", ("Push", third.Id.ToString()))).StatusCode);
        Assert.DoesNotContain($"value=\"{third.Id}\"", await desk.PageAsync("/"), StringComparison.Ordinal);

        // Two windows that show one kept page, and a double click.
        var (left, right) = (await desk.FormAsync("/", "claim", ("Push", first.Id.ToString())), await desk.FormAsync("/", "claim", ("Push", second.Id.ToString())));
        Assert.Equal(left.Fields.First(f => f.Key == "_key"), right.Fields.First(f => f.Key == "_key"));
        foreach (var (form, push) in new[] { (left, first), (right, second), (left, first) })
            Assert.Equal($"/?claimed={push.Id}", new Uri(new Uri("http://localhost"), (await form.SendAsync()).Headers.Location!).PathAndQuery);
        Assert.Equal(3, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "push.claimed")));
    }

    [Theory, EveryDatabase]
    public async Task A_kept_desk_is_its_sessions_alone_and_ends_with_it(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var (housing, culture) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区文化局"));
        var (one, other) = (await office.Given.MemberAsync(housing, Roles.LiaisonOfficer), await office.Given.MemberAsync(culture, Roles.LiaisonOfficer));
        await office.Given.DutiesAsync(1, housing.Id);
        var (mine, again, theirs) = (await DeskOfAsync(office, one), await DeskOfAsync(office, one), await DeskOfAsync(office, other));

        for (var round = 0; round < 2; round++)
        {
            Assert.Contains("历审推", await mine.PageAsync("/"), StringComparison.Ordinal);
            Assert.DoesNotContain("历审推", await theirs.PageAsync("/"), StringComparison.Ordinal);
            Assert.DoesNotContain(one.Name, await theirs.PageAsync("/"), StringComparison.Ordinal);
        }
        Assert.NotEqual(TokenOf(await mine.PageAsync("/")), TokenOf(await again.PageAsync("/")));
        Assert.Equal(HttpStatusCode.Redirect, (await office.Client().GetAsync("/", Office.Stop)).StatusCode);

        // As every page of a person: stored nowhere, by nobody, and never answered from what a browser may have stored.
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept-Encoding", "gzip" }, { "If-None-Match", "*" } } };
        Assert.Equal(KeyOf(await mine.PageAsync("/")), KeyOf(await mine.PageAsync("/")));
        using var zipped = await mine.SendAsync(ask, Office.Stop);
        using var kept = await mine.GetAsync("/", Office.Stop);
        foreach (var answer in new[] { zipped, kept })
        {
            Assert.Equal((HttpStatusCode.OK, "no-store", "text/html; charset=utf-8"), (answer.StatusCode, answer.Headers.CacheControl!.ToString(), answer.Content.Headers.ContentType!.ToString()));
            Assert.Equal("Accept-Encoding", answer.Headers.Vary.ToString());
            Assert.Null(answer.Headers.ETag);
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
        Assert.Equal("gzip", zipped.Content.Headers.ContentEncoding.Single());
        await using var packed = new System.IO.Compression.GZipStream(await zipped.Content.ReadAsStreamAsync(Office.Stop), System.IO.Compression.CompressionMode.Decompress);
        Assert.Contains("历审推", await new StreamReader(packed).ReadToEndAsync(Office.Stop), StringComparison.Ordinal);

        // The kept page's own token signs out; ended elsewhere, idle, or without a post, a session is shown nothing.
        var page = await mine.PageAsync("/");
        Assert.Equal("/sign-in", (await mine.PostAsync("/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", TokenOf(page))]), Office.Stop)).Headers.Location!.OriginalString);
        await TurnedAwayAsync(mine);
        await again.PageAsync("/");
        var left = await office.LookAsync(db => db.Sessions.Where(s => s.Person == one.Person && s.EndedAt == null).Select(s => s.Id).SingleAsync(Office.Stop));
        await office.ActAsync(s => s.GetRequiredService<EndSession>().RunAsync(left, "在别处退出", Office.Stop), one);
        await TurnedAwayAsync(again);
        await theirs.PageAsync("/");
        office.Time.Advance(TimeSpan.FromMinutes(SecurityPolicy.LongestIdle));
        await TurnedAwayAsync(theirs);

        var last = await DeskOfAsync(office, other);
        await last.PageAsync("/");
        var post = await office.LookAsync(db => db.Posts.Where(p => p.Person == other.Person).Select(p => p.Id).SingleAsync(Office.Stop));
        await office.ActAsync(s => s.GetRequiredService<EndPost>().RunAsync(new EndPost.Input(post, new DateOnly(2026, 3, 1)), Office.Stop));
        Assert.DoesNotContain("本单位要办的", await (await last.GetAsync("/", Office.Stop)).Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);

        static async Task TurnedAwayAsync(HttpClient client)
        {
            using var answer = await client.GetAsync("/", Office.Stop);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal("/sign-in", new Uri(new Uri("http://localhost"), answer.Headers.Location!).AbsolutePath);
        }
    }

    [Theory, EveryDatabase]
    public async Task Whatever_happens_a_kept_desk_shows_what_a_desk_rendered_anew_shows(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        Organ[] organs = [await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区文化局"), bureau];
        Member[] members =
        [
            await office.Given.OfficerAsync(organs[0], LiaisonSlot.A), await office.Given.OfficerAsync(organs[0], LiaisonSlot.B), await office.Given.OfficerAsync(organs[0], LiaisonSlot.Lead), await office.Given.OfficerAsync(organs[1], LiaisonSlot.A),
            await office.Given.MemberAsync(bureau, Roles.BureauHead), await office.Given.MemberAsync(await office.Given.OrganAsync("联席会议办公室", OrganKind.ConferenceOffice), Roles.ConferenceOffice),
        ];
        var readers = new HttpClient[members.Length];
        for (var i = 0; i < members.Length; i++) readers[i] = await DeskOfAsync(office, members[i]);
        var (random, open, kept, anew) = (new Random(20261127), new List<Duty>(), 0, 0);
        for (var step = 0; step < 70; step++)
        {
            var what = await StepAsync(step);
            for (var i = 0; i < members.Length; i++)
            {
                if ((await readers[i].GetAsync("/", Office.Stop)).StatusCode == HttpStatusCode.Redirect) readers[i] = await DeskOfAsync(office, members[i]);
                var (shown, now) = (await readers[i].PageAsync("/"), await readers[i].PageAsync("/?size=20"));
                Assert.True(PlainOf(now) == PlainOf(shown), $"Step {step}, {what}, {members[i].Name}: {Differing(PlainOf(now), PlainOf(shown))}");
                if (KeyOf(shown) == KeyOf(await readers[i].PageAsync("/"))) kept++;
                else anew++;
            }
        }
        // Asked for again at once, every desk was the one kept.
        Assert.Equal((70 * members.Length, 0), (kept, anew));

        async Task<string> StepAsync(int step)
        {
            var (organ, member) = (organs[random.Next(organs.Length)], members[random.Next(members.Length)]);
            switch (random.Next(12))
            {
                case 0 or 1:
                    open.AddRange(await office.Given.DutiesAsync(random.Next(1, 4), organ.Id, organs[random.Next(organs.Length)].Id, person: random.Next(3) == 0 && member.Organ == organ.Id ? member.Person : null));
                    return "duties opened";
                case 2 or 3 when open.Count > 0:
                    var ended = open[random.Next(open.Count)];
                    open.Remove(ended);
                    await EndAsync(office, ended);
                    return "a duty ended";
                case 4:
                    await office.SweepAsync();
                    return "sweep";
                case 5:
                    await office.ActAsync(s => ReminderQueries.MarkReadAsync(s.GetRequiredService<AppDb>(), s.GetRequiredService<Actor>(), null, s.GetRequiredService<Clock>().Now, Office.Stop), member);
                    return "reminders read";
                case 6:
                    office.Time.Advance(TimeSpan.FromSeconds(random.Next(5, 90)));
                    return "seconds passed";
                case 7:
                    office.Time.Advance(TimeSpan.FromHours(random.Next(1, 20)));
                    return "hours passed";
                case 8:
                    await office.ActAsync(s => s.GetRequiredService<ChangeOrgan>().DescribeAsync(organ.Id, new ChangeOrgan.Input($"{organ.Name}{step}", $"{organ.Name}{step}", "", true), Office.Stop));
                    return "organ renamed";
                case 9:
                    await office.ActAsync(s => s.GetRequiredService<ChangePerson>().RunAsync(member.Person, new AddPerson.Input($"{member.Name}{step}", "13800000000", "", ""), Office.Stop));
                    return "person renamed";
                case 10:
                    try
                    {
                        await office.ActAsync(s => s.GetRequiredService<AddAbsence>().RunAsync(new AddAbsence.Input(members[random.Next(2)].Person, s.GetRequiredService<Clock>().Today, s.GetRequiredService<Clock>().Today.AddDays(random.Next(2)), "培训"), Office.Stop));
                    }
                    catch (Refusal)
                    {
                        return "absence refused";
                    }
                    return "absence";
                default:
                    try
                    {
                        await office.ActAsync(s => s.GetRequiredService<GivePost>().RunAsync(new GivePost.Input(members[3].Person, organs[1].Id, null, random.Next(2) == 0 ? Roles.LiaisonLead : Roles.ItemManager, "", s.GetRequiredService<Clock>().Today), Office.Stop));
                    }
                    catch (Refusal)
                    {
                        return "post refused";
                    }
                    return "another post";
            }
        }
    }

    [Fact]
    public void Marks_move_for_the_organs_named_and_for_all_where_somebody_left_none()
    {
        var (here, there) = (new Guid("00000000-0000-0000-0000-000000000001"), new Guid("00000000-0000-0000-0000-000000000002"));
        Assert.Equal(7, DeskMarks.Of([], 7, here));
        var marks = new DeskMarks.Touched().After([], 7, 8);
        Assert.Equal((8, 8), (DeskMarks.Of(marks, 8, here), DeskMarks.Of(marks, 8, there)));
        marks = new DeskMarks.Touched().After(marks, 8, 9);
        Assert.Equal((8, 8), (DeskMarks.Of(marks, 9, here), DeskMarks.Of(marks, 9, there)));

        // Somebody recorded the tenth entry and left no marks: whatever it was, it may have been about any of them.
        Assert.Equal((10, 10), (DeskMarks.Of(marks, 10, here), DeskMarks.Of(marks, 10, there)));
        marks = new DeskMarks.Touched().After(marks, 10, 11);
        Assert.Equal((11, 11), (DeskMarks.Of(marks, 11, here), DeskMarks.Of(marks, 11, there)));
    }

    [Fact]
    public void Kept_desks_take_no_more_memory_than_they_may_and_those_asked_for_stay()
    {
        static Guid Session(int n) => new(n, 0, 0, new byte[8]);
        static KeptDesk Page(byte mark) => new(mark, default, null!, null, [], "", 0, default, default, "", "", new byte[4096]);
        var (kept, asked) = (new KeptDesks(64 * 1024), Session(0));
        kept.Keep(asked, Page(1));
        var others = Enumerable.Range(0, 100).Select(n => Session(n + 1)).ToList();
        foreach (var other in others)
        {
            kept.Keep(other, Page(2));
            Assert.NotNull(kept.Find(asked));
        }
        Assert.InRange(others.Count(other => kept.Find(other) is not null), 1, 8);
    }

    /// <summary>A browser of the person, signed in as from the sign-in page: only a session is kept a desk for.</summary>
    private static async Task<HttpClient> DeskOfAsync(Office office, Member member)
    {
        await office.Given.SampleDistrictAsync();
        var client = office.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await client.SignInAsAsync(member)).StatusCode);
        return client;
    }

    private static Task EndAsync(Office office, Duty duty) => office.ActAsync(async services =>
    {
        await services.GetRequiredService<DutyBook>().DischargeAsync(LinkageRules.ClaimResult, duty.Subject, Office.Stop);
        await services.GetRequiredService<Ledger>().RecordAsync(new ClaimPush.Act(duty.SubjectId, duty.OwedBy, null), duty.Subject, LinkageRules.Claiming, Office.Stop);
    });

    private static Task<byte[]> MarksAsync(Office office) => office.LookAsync(db => db.ChainHeads.Select(h => h.Desks).SingleAsync(Office.Stop));

    private static Task<long> NumberAsync(Office office) => office.LookAsync(db => db.ChainHeads.Select(h => h.Number).SingleAsync(Office.Stop));

    private static string KeyOf(string page) => OnceKey().Match(page).Groups[1].Value;

    private static string TokenOf(string page) => WebUtility.HtmlDecode(FormToken().Match(page).Groups[1].Value);

    /// <summary>Without what is random in each rendering, and as if both had the plain address.</summary>
    private static string PlainOf(string page) => OnceKey().Replace(FormToken().Replace(page, ""), "").Replace("?size=20&amp;", "?", StringComparison.Ordinal).Replace("/?size=20", "/", StringComparison.Ordinal);

    private static string Differing(string a, string b)
    {
        var at = a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"…{a[Math.Max(0, at - 80)..Math.Min(a.Length, at + 160)]} ≠ {b[Math.Max(0, at - 20)..Math.Min(b.Length, at + 160)]}";
    }

    [GeneratedRegex("name=\"_key\" value=\"([^\"]+)\"")] private static partial Regex OnceKey();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")] private static partial Regex FormToken();
}
