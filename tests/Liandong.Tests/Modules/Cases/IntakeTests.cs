using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Cases;

public sealed class IntakeTests
{
    [Theory, EveryDatabase]
    public async Task A_decided_case_is_pushed_at_once_and_the_organ_owes_the_claim(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区市场监管局");
        var push = await office.Given.PushDeliveredAsync(organ, await office.Given.SupervisedItemAsync(organ, claimDays: 2));

        Assert.Equal(PushState.Delivered, push.State);
        Assert.Equal("历审推〔2026〕1号", push.Number);
        var duties = await office.LookAsync(db => db.Duties.OrderBy(d => d.Rule).ToListAsync());
        Assert.Equal(["result.claim", "result.push"], duties.Select(d => d.Rule));
        Assert.Equal((organ.Id, new DateOnly(2026, 3, 4), true), (duties[0].OwedBy, duties[0].DueOn, duties[0].IsOpen));
        Assert.Equal(push.DueAt, duties[0].DueAt);
        Assert.Equal((Closing.Discharged, organ.Id), (duties[1].ClosedHow, duties[1].OwedTo));
        var acts = await office.LookAsync(db => db.LedgerEntries.OrderBy(e => e.Number).ToListAsync());
        Assert.Equal(["case.received", "case.decided", "push.delivered"], acts.Select(a => a.Act).TakeLast(3));
        Assert.Equal(acts[^1].Number, duties[1].ClosedByEntry);
        var delivered = await office.LookAsync(db => db.PushEvents.SingleAsync());
        Assert.Equal(("delivered", acts[^1].Number), (delivered.What, delivered.Entry));
        Assert.Equal(1, await office.LookAsync(db => db.Permits.CountAsync(p => p.Id == push.Permit && p.Number == push.PermitNumber)));
        Assert.DoesNotContain(acts, a => a.Body.Contains("济南示例", StringComparison.Ordinal) || a.SubjectTitle.Contains("济南示例", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Whatever_the_intake_writes_reads_back_as_the_model_says_and_the_chain_holds(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区市场监管局");
        var item = await office.Given.SupervisedItemAsync(organ);
        await office.Given.BureauAsync();
        var inputs = Enumerable.Range(0, 30).Select(_ => office.Given.CaseMessage(item)).ToList();
        await office.ActAsync(s => s.GetRequiredService<SendCase>().RunManyAsync(inputs, Office.Stop));

        // Writing the same rows again with the change tracker, under new keys, must give the same columns: every value went through the model's own conversions.
        await office.ActAsync(async s =>
        {
            var db = s.GetRequiredService<AppDb>();
            Assert.Equal(30, (await db.Cases.ToListAsync(Office.Stop)).Count);
            Assert.Equal(30, (await db.Parties.ToListAsync(Office.Stop)).Count);
            Assert.Equal(60, (await db.Duties.ToListAsync(Office.Stop)).Count);
            foreach (var entry in db.ChangeTracker.Entries().ToList()) Assert.Equal(0, (int)entry.Property(Conventions.Version).CurrentValue!);
            var pushes = await db.Pushes.OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).ToListAsync(Office.Stop);
            Assert.Equal(Enumerable.Range(1, 30).Select(n => $"历审推〔2026〕{n}号").Order(), pushes.Select(p => p.Number).Order());
        });
        await office.ChainHoldsAsync();
    }

    [Theory, EveryDatabase]
    public async Task The_same_message_again_changes_nothing_and_another_content_is_refused_with_the_fields(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        var message = office.Given.CaseMessage(item);
        var first = await office.Given.SendAsync(message);
        var before = await office.CountsAsync();

        var again = await office.Given.SendAsync(message);
        Assert.Equal((IntakeStatus.Unchanged, first.Id), (again.Status, again.Id));
        var other = message with { Decision = message.Decision! with { Kind = DecisionKind.Refused, Content = "不符合条件" }, Permit = null };
        var refused = await office.ActAsync(s => s.GetRequiredService<SendCase>().TryAsync(other, Office.Stop));
        Assert.Equal((IntakeStatus.Failed, "case.contradicts"), (refused.Status, refused.Code));
        Assert.Contains("decision.kind", refused.Errors.Keys);
        Assert.Contains("先前为“准予”", refused.Errors["decision.kind"], StringComparison.Ordinal);
        Assert.Equal(before, await office.CountsAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_case_comes_step_by_step_and_is_pushed_once_when_decided(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区市场监管局");
        var whole = office.Given.CaseMessage(await office.Given.SupervisedItemAsync(organ));
        var received = whole with { AcceptedAt = null, DecidedAt = null, DeliveredAt = null, Decision = null, Permit = null };
        Assert.Equal(IntakeStatus.Created, (await office.Given.SendAsync(received)).Status);
        Assert.Equal(IntakeStatus.Advanced, (await office.Given.SendAsync(received with { AcceptedAt = whole.AcceptedAt })).Status);
        Assert.Empty(await office.LookAsync(db => db.Pushes.ToListAsync()));
        var decided = await office.Given.SendAsync(whole with { DeliveredAt = null, Permit = null });
        Assert.Equal((IntakeStatus.Advanced, 1), (decided.Status, decided.Pushes.Count));
        // The licence is printed a little later and reaches the push that is already there.
        Assert.Equal(IntakeStatus.Advanced, (await office.Given.SendAsync(whole)).Status);
        Assert.Equal(IntakeStatus.Unchanged, (await office.Given.SendAsync(received)).Status);
        var push = await office.LookAsync(db => db.Pushes.SingleAsync());
        Assert.Equal(whole.Permit!.Number, push.PermitNumber);
        var stored = await office.LookAsync(db => db.Cases.SingleAsync());
        Assert.Equal((CaseStage.Delivered, whole.Permit.Number), (stored.Stage, stored.PermitNumber));
        await office.ChainHoldsAsync();
    }

    [Theory, EveryDatabase]
    public async Task One_number_sent_by_many_at_once_is_one_case(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        var message = office.Given.CaseMessage(item);
        await office.Given.BureauAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => office.Given.SendAsync(message))));
        Assert.Equal((1, 39), (answers.Count(a => a.Status == IntakeStatus.Created), answers.Count(a => a.Status == IntakeStatus.Unchanged)));
        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.Equal(1, await office.LookAsync(db => db.Pushes.CountAsync()));
        await office.ChainHoldsAsync();
    }

    [Theory, EveryDatabase]
    public async Task Every_kind_of_decision_is_pushed(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        foreach (var kind in new[] { DecisionKind.Granted, DecisionKind.Refused, DecisionKind.Withdrawn, DecisionKind.Terminated })
            await office.Given.CaseDecidedAsync(item, m => m with { Decision = m.Decision! with { Kind = kind }, Permit = kind == DecisionKind.Granted ? m.Permit : null });
        foreach (var kind in new[] { ApplicationKind.Change, ApplicationKind.Renewal, ApplicationKind.Cancellation, ApplicationKind.Replacement })
            await office.Given.CaseDecidedAsync(item, m => m with { Kind = kind });
        Assert.Equal(8, await office.LookAsync(db => db.Pushes.Select(p => p.Case).Distinct().CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_case_that_nobody_supervises_waits_in_the_queue_and_the_duty_to_push_stays_open(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var item = await office.Given.ItemAsync();
        var sent = await office.Given.SendAsync(office.Given.CaseMessage(item));
        Assert.Equal(IntakeStatus.Created, sent.Status);
        Assert.NotEqual("", sent.Unrouted);
        var failure = await office.LookAsync(db => db.RoutingFailures.SingleAsync());
        Assert.Equal((sent.Id, sent.Unrouted), (failure.Case, failure.Reason));
        var duty = await office.LookAsync(db => db.Duties.SingleAsync());
        Assert.Equal(("result.push", true, new DateOnly(2026, 3, 4)), (duty.Rule, duty.IsOpen, duty.DueOn!.Value));
    }

    [Theory, EveryDatabase]
    public async Task A_personal_number_is_sealed_at_rest_found_again_and_never_stored_in_clear(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        var number = Liandong.Kernel.Parties.SampleCodes.ResidentIdOf(7);
        var person = new PartyInput { Kind = PartyKind.NaturalPerson, Name = "欧阳某某", IdNumber = number };
        await office.Given.CaseDecidedAsync(item, m => m with { Party = person });
        await office.Given.CaseDecidedAsync(item, m => m with { Party = person });
        var party = await office.LookAsync(db => db.Parties.SingleAsync());
        Assert.DoesNotContain(number, party.SealedNumber + party.Key + party.MaskedNumber, StringComparison.Ordinal);
        Assert.Equal(number[..6] + "********" + number[^4..], party.MaskedNumber);
        Assert.Equal(number, office.Services.GetRequiredService<PersonalNumberVault>().Open(party.SealedNumber));
    }

    [Theory, EveryDatabase]
    public async Task Codes_are_checked_at_the_field_and_a_code_that_is_not_standard_is_kept_and_flagged(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        var message = office.Given.CaseMessage(item);
        var typo = message with { Party = message.Party! with { Code = message.Party.Code![..17] + (message.Party.Code[17] == '0' ? '1' : '0') }, Division = "370199", ReceivedAt = null, Item = "没有" };
        var refused = await office.ActAsync(s => s.GetRequiredService<SendCase>().TryAsync(typo, Office.Stop));
        Assert.Equal("input.invalid", refused.Code);
        Assert.Equal(["division", "item", "party.code", "receivedAt"], refused.Errors.Keys.Order());
        Assert.Equal(0, await office.LookAsync(db => db.Cases.CountAsync()));

        await office.Given.SendAsync(message with { Party = message.Party! with { Code = "TE5116020105116050" } });
        Assert.True(await office.LookAsync(db => db.Parties.AnyAsync(p => p.Code == "TE5116020105116050" && p.CodeNonStandard)));
    }

    [Theory, EveryDatabase]
    public async Task A_department_cannot_send_cases_in_the_bureaus_name(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区市场监管局");
        var item = await office.Given.SupervisedItemAsync(organ);
        var officer = await office.Given.MemberAsync(organ, Liandong.Accounts.Roles.Approver);
        await office.Given.BureauAsync();
        await Assert.ThrowsAsync<Liandong.Kernel.Forbidden>(() => office.ActAsync(s => s.GetRequiredService<SendCase>().RunAsync(office.Given.CaseMessage(item), Office.Stop), officer));
    }
}

/// <summary>Looks at what a test left behind.</summary>
internal static class IntakeLooks
{
    public static async Task ChainHoldsAsync(this Office office)
    {
        var lines = await office.LookAsync(db => db.LedgerEntries.AsNoTracking().OrderBy(e => e.Number).ToListAsync());
        Assert.NotEmpty(lines);
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(n => (long)n), lines.Select(l => l.Number));
        var previous = LedgerChain.Genesis;
        foreach (var line in lines)
        {
            Assert.Equal(previous, line.PreviousHash);
            Assert.Equal(line.Hash, LedgerChain.HashOf(line.ToLine(), Sm3.Digest));
            previous = line.Hash;
        }
        Assert.Equal((lines[^1].Number, previous), await office.LookAsync(async db => await db.ChainHeads.Select(h => new ValueTuple<long, string>(h.Number, h.Hash)).SingleAsync()));
    }

    public static Task<string> CountsAsync(this Office office) => office.LookAsync(async db =>
        $"{await db.Cases.CountAsync()} {await db.Parties.CountAsync()} {await db.Permits.CountAsync()} {await db.Pushes.CountAsync()} {await db.PushEvents.CountAsync()} {await db.Duties.CountAsync()} {await db.RoutingFailures.CountAsync()} {await db.LedgerEntries.CountAsync()}");
}
