using CsCheck;
using Liandong.Kernel.Parties;
using Liandong.Modules.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Cases;

public sealed class StepsPropertyTests
{
    /// <summary>
    /// A case may be told in any number of messages, each saying part of what is known. Whatever their order, however often each is repeated and
    /// however they are grouped, the rows at the end are those of the one message that says everything.
    /// </summary>
    [Theory, EveryDatabase]
    public async Task Any_order_and_repetition_of_a_cases_steps_ends_in_the_same_rows(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        await office.Given.BureauAsync();
        var party = new PartyInput { Kind = PartyKind.Enterprise, Name = "济南示例有限公司", Code = SampleCodes.SocialCreditCodeOf(1) };
        var whole = office.Given.CaseMessage(item, m => m with { Number = "全部", Party = party, Materials = [new("申请书"), new("营业执照"), new("场所证明")], Conditions = ["不得转让"], Promises = ["按期整改"] });
        await office.Given.SendAsync(whole);
        var expected = await RowsAsync(office, "全部");

        // Each message: which facts it says (bits), and how many materials. The whole message is always among them.
        var stories = Gen.Select(Gen.Select(Gen.Int[0, 63], Gen.Int[0, 3]).Array[0, 6], Gen.Int[0, 5], Gen.Int[1, 3]).Array[40];
        var n = 0;
        var sampled = new List<((int, int)[] Steps, int WholeAt, int Lot)>();
        stories.Sample(all => sampled.AddRange(all.Select(s => (s.Item1, s.Item2, s.Item3))), iter: 1, threads: 1);
        foreach (var (steps, wholeAt, lot) in sampled)
        {
            var number = $"分步{++n}";
            var messages = steps.Select(s => Part(whole with { Number = number }, s.Item1, s.Item2)).ToList();
            messages.Insert(Math.Min(wholeAt, messages.Count), whole with { Number = number });
            foreach (var some in messages.Chunk(lot))
            {
                var results = await office.ActAsync(s => s.GetRequiredService<SendCase>().RunManyAsync(some, Office.Stop));
                Assert.All(results, r => Assert.True(r.Status != IntakeStatus.Failed, $"{r.Code} {string.Join(' ', r.Errors)}"));
            }
            Assert.Equal(expected, await RowsAsync(office, number));
        }
        Assert.Equal(sampled.Count + 1, await office.LookAsync(db => db.Pushes.CountAsync()));
        await office.ChainHoldsAsync();
    }

    private static CaseInput Part(CaseInput whole, int facts, int materials)
    {
        bool Says(int bit) => (facts & bit) != 0;
        var decided = Says(2) || Says(4) || Says(8);
        return whole with
        {
            AcceptedAt = Says(1) ? whole.AcceptedAt : null,
            DecidedAt = decided ? whole.DecidedAt : null,
            Decision = !decided ? null : Says(16) ? whole.Decision : new DecisionInput { Kind = whole.Decision!.Kind },
            Permit = Says(4) ? whole.Permit : null,
            DeliveredAt = Says(8) ? whole.DeliveredAt : null,
            Conditions = Says(32) ? whole.Conditions : null,
            Promises = Says(32) ? null : whole.Promises,
            Materials = [.. whole.Materials!.Take(materials)],
        };
    }

    private static Task<string> RowsAsync(Office office, string number) => office.LookAsync(async db =>
    {
        var c = await db.Cases.SingleAsync(x => x.Number == number);
        var permits = await db.Permits.Where(p => p.Case == c.Id).ToListAsync();
        var pushes = await db.Pushes.Where(p => p.Case == c.Id).ToListAsync();
        var subjects = pushes.Select(p => p.Id).Append(c.Id).ToList();
        var duties = await db.Duties.Where(d => subjects.Contains(d.SubjectId)).OrderBy(d => d.Rule).ToListAsync();
        var events = await db.PushEvents.Where(e => subjects.Contains(e.Push)).ToListAsync();
        return string.Join('\n',
            $"{c.Stage} {c.ReceivedAt:O} {c.AcceptedAt:O} {c.DecidedAt:O} {c.Decision} {c.DeliveredAt:O} {c.DecisionNumber} {c.DecisionContent} {c.Opinion} {c.Approver} {c.PermitNumber} {c.Permit == permits.SingleOrDefault()?.Id}",
            string.Join(',', c.Materials), string.Join(',', c.Conditions), string.Join(',', c.Promises),
            string.Join(',', permits.Select(p => $"{p.Number} {p.Name} {p.ValidFrom} {p.ValidTo} {p.Ending}")),
            string.Join(',', pushes.Select(p => $"{p.Organ} {p.State} {p.Decision} {p.PermitNumber} {p.Permit == c.Permit} {p.DueAt:O}")),
            string.Join(',', duties.Select(d => $"{d.Rule} {d.OwedBy} {d.OwedTo} {d.StartedOn} {d.DueOn} {d.ClosedHow}")),
            string.Join(',', events.Select(e => e.What)));
    });
}
