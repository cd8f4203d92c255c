using System.Text;
using CsCheck;
using Liandong.Accounts;
using Liandong.Checks;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage;
using Liandong.Modules.Linkage.Disputes;
using Liandong.Modules.Linkage.Reconciling;
using Liandong.Shared;
using Liandong.Tests.Modules.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Linkage;

/// <summary>
/// Whatever a bureau, a conference office and three departments try with one case, in any order and however often, the pushes, the duties,
/// the ledger and the reconciliation go on telling the same story.
/// </summary>
public sealed class PushWalksPropertyTests
{
    private enum Act { Sign, Claim, ClaimMany, Unclaim, Return, Reroute, Resend, Close, DisputeReturn, OpenDispute, State, Rule, Withdraw, Assign, RouteByHand, Suspend, Resume, Extend, Wait }

    /// <summary>How the case begins: with one organ, with a main and an assisting one, or with nobody to push it to.</summary>
    private enum Start { One, Two, Nobody }

    /// <param name="Who">Bureau, conference office, or one of the three departments; from 5 on whoever usually does such a thing.</param>
    /// <param name="On">Which of the case's pushes or disputes.</param>
    /// <param name="Organ">The organ named in the act.</param>
    /// <param name="More">Reason of a return; whether the register is changed by a ruling.</param>
    private sealed record Step(Act Act, int Who, int On, int Organ, int More);

    private sealed record Walk(Start Start, Step[] Steps);

    // A return and what follows from it are drawn more often than the rest, or most walks would stand still.
    private static readonly Gen<Act> AnyAct = Gen.OneOf<Act>([.. Enum.GetValues<Act>(), Act.Return, Act.Return, Act.Reroute, Act.Resend, Act.Close, Act.Rule]);

    private static readonly Gen<Step> AnyStep = Gen.Select(AnyAct, Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 4], (act, who, on, organ, more) => new Step(act, who, on, organ, more));

    private static readonly Gen<Walk> Walks = Gen.Select(Gen.Enum<Start>(), AnyStep.Array[1, 16], (start, steps) => new Walk(start, steps));

    [Theory, EveryDatabase]
    public async Task No_sequence_of_acts_breaks_the_account_of_a_case(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var third = await office.Given.OrganAsync("区住建局");
        var street = new Street(office, [linked.Approver, linked.Office, linked.FirstOfficer, linked.SecondOfficer, await office.Given.MemberAsync(third, Roles.LiaisonOfficer), await office.Given.MemberAsync(await office.Given.BureauAsync(), Roles.BureauHead)], [linked.First, linked.Second, third]);

        // The states that random walks are about can be reached at all: one walk to each.
        foreach (var steps in new Act[][] { [Act.Sign], [Act.Claim], [Act.Return, Act.Reroute], [Act.Return, Act.DisputeReturn, Act.Rule], [Act.Suspend, Act.Resume, Act.Extend] })
            await street.GoAsync(new Walk(Start.One, [.. steps.Select(act => new Step(act, Who: 9, On: 0, Organ: 1, More: 0))]));
        Assert.Equal(0, street.Refused);
        Assert.Superset(new HashSet<PushState> { PushState.Signed, PushState.Claimed, PushState.Returned, PushState.Rerouted, PushState.Disputed }, street.Seen);

        await Walks.SampleAsync(street.GoAsync, iter: database == Database.Sqlite ? 40 : 6, threads: 1, print: Print);

        await office.ChainHoldsAsync();
        Assert.DoesNotContain((await office.ActAsync(s => new CheckDistrict(s.GetRequiredService<AppDb>()).RunAsync(Office.Stop))).What, f => f.Contains("计数", StringComparison.Ordinal));
    }

    private static string Print(Walk walk) => $"{walk.Start}: {string.Join("; ", walk.Steps.Select(s => $"{s.Act} by {s.Who} on {s.On} organ {s.Organ} ({s.More})"))}";

    /// <summary>The people and organs, and one case after the other.</summary>
    private sealed class Street(Office office, Member[] people, Organ[] organs)
    {
        public int Done { get; private set; }
        public int Refused { get; private set; }
        public HashSet<PushState> Seen { get; } = [];

        public async Task GoAsync(Walk walk)
        {
            var began = office.Services.GetRequiredService<Clock>().Today;
            var item = await office.Given.ItemAsync();
            if (walk.Start != Start.Nobody) await office.Given.ResponsibilityAsync(item, organs[0]);
            if (walk.Start == Start.Two) await office.Given.ResponsibilityAsync(item, organs[1], ResponsibilityKind.Assisting);
            var about = (await office.Given.CaseDecidedAsync(item)).Id;
            var (before, _) = await LookAsync(about, item.Id);
            foreach (var step in walk.Steps)
            {
                var what = await TryAsync(step, about);
                var (after, now) = await LookAsync(about, item.Id);
                if (what is null) Done++;
                else Refused++;
                if (what is not null && after != before) Assert.Fail($"{step} was refused ({what}) and yet changed something:\n{before}\n→\n{after}");
                now.Hold(step);
                Seen.UnionWith(now.Pushes.Select(p => p.State));
                before = after;
            }
            await BalancesAsync(began, item.Id);
        }

        /// <summary>Null when the act was done, the reason when it was refused.</summary>
        private async Task<string?> TryAsync(Step step, Guid about)
        {
            if (step.Act == Act.Wait)
            {
                office.Time.Advance(TimeSpan.FromHours(5 + 9 * step.More));
                return null;
            }
            var (pushes, disputes) = await office.LookAsync(async db =>
            {
                var of = await db.Pushes.Where(p => p.Case == about).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(Office.Stop);
                return (of, await db.CompetenceDisputes.Where(d => d.Push != null && of.Contains(d.Push.Value)).OrderByDescending(d => d.Id).Select(d => d.Id).ToListAsync(Office.Stop));
            });
            var push = pushes.Count > 0 ? pushes[step.On % pushes.Count] : Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            var addressee = await office.LookAsync(db => db.Pushes.Where(p => p.Id == push).Select(p => (Guid?)p.Organ).FirstOrDefaultAsync(Office.Stop));
            var who = step.Who < 5 ? people[step.Who] : step.Act switch
            {
                Act.Reroute or Act.Resend or Act.Close or Act.DisputeReturn or Act.RouteByHand => people[0],
                Act.Suspend or Act.Resume or Act.Extend => people[5],
                Act.Rule => people[1],
                _ => people.FirstOrDefault(p => p.Organ == addressee) ?? people[2],
            };
            var dispute = disputes.Count > 0 ? disputes[step.On % disputes.Count] : Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            var organ = organs[step.Organ].Id;
            try
            {
                await office.ActAsync(s => RunAsync(s, step, who, about, push, dispute, organ, pushes), who);
                return null;
            }
            catch (Exception refused) when (refused is Refusal or NotFound or Forbidden or InvalidInput)
            {
                return refused.Message;
            }
        }

        private Task RunAsync(IServiceProvider s, Step step, Member who, Guid about, Guid push, Guid dispute, Guid organ, List<Guid> pushes) => step.Act switch
        {
            Act.Sign => s.GetRequiredService<SignPush>().RunAsync(push, Office.Stop),
            Act.Claim => s.GetRequiredService<ClaimPush>().RunAsync(push, null, Office.Stop),
            Act.ClaimMany => ClaimManyAsync(s.GetRequiredService<ClaimPushes>(), pushes),
            Act.Unclaim => s.GetRequiredService<UnclaimPush>().RunAsync(push, "误点", Office.Stop),
            Act.Return => s.GetRequiredService<ReturnPush>().RunAsync(push, new ReturnPush.Input((ReturnReason)step.More, step.Organ == 0 ? "" : "说明", step.Organ == 2 ? null : organ), Office.Stop),
            Act.Reroute => Decide(s, push, new DecideReturn.Input(ReturnDecision.Reroute, "经核对", organ)),
            Act.Resend => Decide(s, push, new DecideReturn.Input(ReturnDecision.Resend, "经核对", Address: step.More == 0 ? "历下区经十路2号" : null)),
            Act.Close => Decide(s, push, new DecideReturn.Input(ReturnDecision.Close, "确系重复")),
            Act.DisputeReturn => Decide(s, push, new DecideReturn.Input(ReturnDecision.Dispute, "由谁监管", Parties: [organ])),
            Act.OpenDispute => s.GetRequiredService<OpenDispute>().RunAsync(new OpenDispute.Input(push, null, null, "由谁监管", [organ]), Office.Stop),
            Act.State => s.GetRequiredService<StateView>().RunAsync(dispute, new StateView.Input("不归我们", "三定规定"), Office.Stop),
            Act.Rule => s.GetRequiredService<RuleDispute>().RunAsync(dispute, new RuleDispute.Input(organ, "经研究", Register: step.More % 2 == 0), Office.Stop),
            Act.Withdraw => s.GetRequiredService<WithdrawDispute>().RunAsync(dispute, "已协商一致", Office.Stop),
            Act.Suspend => OnClaimAsync(s, push, duty => s.GetRequiredService<SuspendDuty>().RunAsync(duty, "等待补充", Office.Stop)),
            Act.Resume => OnClaimAsync(s, push, duty => s.GetRequiredService<ResumeDuty>().RunAsync(duty, Office.Stop)),
            Act.Extend => OnClaimAsync(s, push, duty => s.GetRequiredService<ExtendDuty>().RunAsync(new ExtendDuty.Input(duty, 1 + step.More, "情况复杂"), Office.Stop)),
            Act.Assign => s.GetRequiredService<AssignPush>().RunAsync(push, null, step.More % 2 == 0 ? who.Person : null, Office.Stop),
            _ => s.GetRequiredService<RouteUnrouted>().AssignAsync(about, new RouteUnrouted.ByHand(organ, step.More % 2 == 0 ? [] : [organs[(step.Organ + 1) % 3].Id], "人工指定"), Office.Stop),
        };

        private static Task Decide(IServiceProvider s, Guid push, DecideReturn.Input input) => s.GetRequiredService<DecideReturn>().RunAsync(push, input, Office.Stop);

        /// <summary>The limit to claim is moved by the bureau, to which it is owed.</summary>
        private static async Task OnClaimAsync(IServiceProvider s, Guid push, Func<Guid, Task> move) =>
            await move(await s.GetRequiredService<AppDb>().Duties.AsNoTracking().Where(d => d.SubjectId == push && d.Rule == LinkageRules.ClaimResult.Code && d.ClosedAt == null).Select(d => d.Id).FirstOrDefaultAsync(Office.Stop));

        private static async Task ClaimManyAsync(ClaimPushes claim, List<Guid> pushes)
        {
            if ((await claim.RunAsync(pushes, null, Office.Stop)).All(o => !o.Claimed)) throw new Refusal("none", "一件也没有认领。");
        }

        private async Task BalancesAsync(DateOnly began, Guid item)
        {
            var today = office.Services.GetRequiredService<Clock>().Today;
            foreach (var who in new[] { people[0], people[2], people[3] })
            {
                var found = await office.ActAsync(s => ReconcileQueries.OfAsync(s.GetRequiredService<AppDb>(), s.GetRequiredService<Actor>(), began, today, null, null, s.GetRequiredService<Clock>().Now, Office.Stop), who);
                Assert.Equal(0, found.Unexplained);
                Assert.True(found.Total.Balances);
                Assert.Equal(found.Total, found.ByOrgan.Aggregate(Tally.None, (sum, line) => sum.Plus(line.Tally)));
                Assert.Equal(found.Total, found.ByItem.Aggregate(Tally.None, (sum, line) => sum.Plus(line.Tally)));
                foreach (var (from, to) in new[] { (began, today), (today, today), (began, began), (began.AddDays(-40), today.AddDays(-1)) }) await RowFigures.AgreeAsync(office, who, from, to);
                await RowFigures.AgreeAsync(office, who, began, today, item: item);
                await RowFigures.AgreeAsync(office, who, began, today, organ: organs[0].Id);
            }
        }

        /// <summary>Everything that an act on the case could touch, as text and as rows.</summary>
        private Task<(string Text, Account Rows)> LookAsync(Guid about, Guid item) => office.LookAsync(async db =>
        {
            var pushes = await db.Pushes.AsNoTracking().Where(p => p.Case == about).OrderBy(p => p.Id).ToListAsync(Office.Stop);
            var ids = pushes.Select(p => p.Id).ToList();
            var disputes = await db.CompetenceDisputes.AsNoTracking().Where(d => d.Item == item).OrderBy(d => d.Id).ToListAsync(Office.Stop);
            var disputeIds = disputes.Select(d => d.Id).ToList();
            var subjects = ids.Concat(disputeIds).Append(about).ToList();
            var duties = await db.Duties.AsNoTracking().Where(d => subjects.Contains(d.SubjectId)).OrderBy(d => d.Id).ToListAsync(Office.Stop);
            var steps = await db.PushEvents.AsNoTracking().Where(e => ids.Contains(e.Push)).OrderBy(e => e.Entry).ToListAsync(Office.Stop);
            var lines = await db.Responsibilities.AsNoTracking().Where(r => r.Item == item).OrderBy(r => r.Id).ToListAsync(Office.Stop);
            var head = await db.ChainHeads.AsNoTracking().SingleAsync(Office.Stop);
            var series = await db.NumberSeries.AsNoTracking().OrderBy(n => n.Prefix).ToListAsync(Office.Stop);
            var text = new StringBuilder($"chain {head.Number} {head.Hash}\nfailures {await db.RoutingFailures.CountAsync(f => f.Case == about && f.ResolvedAt == null, Office.Stop)} statements {await db.DisputeStatements.CountAsync(s => disputeIds.Contains(s.Dispute), Office.Stop)} parties {await db.DisputeParties.CountAsync(s => disputeIds.Contains(s.Dispute), Office.Stop)} steps {steps.Count} numbers {string.Join(',', series.Select(n => n.Last))}\n");
            foreach (var p in pushes)
                text.AppendLine($"{p.Number} {p.Organ} {p.Role} {p.State} {p.Waiting} {p.DeliveredAt:O} {p.SignedAt:O} {p.ClaimedAt:O} {p.ClaimedBy} {p.ReturnedAt:O} {p.ReturnedFor} {p.ReturnNote} {p.ProposedOrgan} {p.Correction} {p.Ruling} {p.DueAt:O} {p.Section} {p.Person} {p.Address} {p.Routing} {p.RoutedFrom}");
            foreach (var d in duties) text.AppendLine($"{d.Rule} {d.SubjectId} {d.OwedBy} {d.OwedByPerson} {d.DueAt:O} {d.ClosedAt:O} {d.ClosedHow} {d.ClosedByEntry}");
            foreach (var d in disputes) text.AppendLine($"{d.Number} {d.State} {d.RuledFor} {d.From} {d.RegisterDivision}");
            foreach (var r in lines) text.AppendLine($"{r.Organ} {r.Kind} {r.From} {r.To}");
            return (text.ToString(), new Account(pushes, duties, disputes, steps));
        });
    }

    /// <summary>The rows of one case, and what must hold of them after every act.</summary>
    private sealed record Account(List<Push> Pushes, List<Duty> Duties, List<CompetenceDispute> Disputes, List<PushEvent> Steps)
    {
        public void Hold(Step after)
        {
            Assert.Equal(Pushes.Count, Pushes.Select(p => p.Organ).Distinct().Count());
            foreach (var push in Pushes)
            {
                var (organ, state) = (push.Organ, push.State);
                Assert.Equal(state is PushState.Delivered or PushState.Signed, push.Waiting);
                var claim = Open(LinkageRules.ClaimResult, push.Id);
                Assert.True(claim.Count == (push.Waiting ? 1 : 0), $"After {after}: {claim.Count} open duties to claim a push that is {state}.");
                Assert.All(claim, d => Assert.Equal((organ, push.DueAt), (d.OwedBy, d.DueAt)));
                var decide = Open(LinkageRules.DecideReturn, push.Id);
                Assert.True(decide.Count == (state == PushState.Returned ? 1 : 0), $"After {after}: {decide.Count} open duties to decide on a push that is {state}.");
                var disputes = Disputes.Where(d => d.Push == push.Id && d.State == DisputeState.Open).ToList();
                Assert.True(disputes.Count == (state == PushState.Disputed ? 1 : 0), $"After {after}: {disputes.Count} open disputes on a push that is {state}.");
                // Since it was last delivered or given back it has been claimed once where it is claimed, and not at all where it waits.
                var since = Steps.Where(e => e.Push == push.Id).Reverse().TakeWhile(e => e.What is not ("delivered" or "resent" or "unclaimed")).Count(e => e.What == "claimed");
                Assert.True(since == (state == PushState.Claimed ? 1 : 0), $"After {after}: claimed {since} times and {state}.");
                Assert.Equal(state == PushState.Claimed, push.ClaimedAt is not null);
            }
            Assert.All(Disputes, d => Assert.Equal(d.State == DisputeState.Open ? 1 : 0, Open(LinkageRules.RuleDispute, d.Id).Count));
            Assert.All(Steps, e => Assert.NotNull(e.Entry));
            // A case that was ever pushed is somebody's: only a duplicate is closed, and only by the bureau.
            if (Pushes.Count > 0) Assert.Contains(Pushes, p => p.State is not PushState.Rerouted);
        }

        private List<Duty> Open(DutyRule rule, Guid subject) => [.. Duties.Where(d => d.Rule == rule.Code && d.SubjectId == subject && d.ClosedAt is null)];
    }
}
