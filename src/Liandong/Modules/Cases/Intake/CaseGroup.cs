using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Notice;
using Liandong.Kernel.Parties;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>Who sends: the actor of the request, kept for the writer, which works in a scope of its own.</summary>
public sealed record Sender(Guid? Person, Guid? Organ, Guid? OnBehalfOf, string Name, string Channel)
{
    public static Sender Of(Actor actor) => new(actor.Person, actor.Organ, actor.OnBehalfOf, actor.Name, actor.Channel);
}

/// <summary>What a group of messages finds in the database, read in a few statements under the chain head.</summary>
internal sealed class CaseShelf
{
    public Dictionary<string, Case> Cases { get; } = [];

    /// <summary>By <see cref="Party.Key"/>.</summary>
    public Dictionary<string, Party> Parties { get; } = [];
    public Dictionary<Guid, Permit> Permits { get; } = [];

    /// <summary>Latest last.</summary>
    public Dictionary<string, List<Permit>> PermitsByNumber { get; } = [];

    /// <summary>Pushes of known cases that may have to take over a permit.</summary>
    public Dictionary<Guid, List<Push>> Pushes { get; } = [];

    /// <summary>What other modules hold against deciding the cases and parties of the group.</summary>
    public IReadOnlyList<CaseObstacle> Obstacles { get; set; } = [];

    /// <summary>Open duties of known cases.</summary>
    public Dictionary<Guid, List<Duty>> Duties { get; } = [];
}

/// <summary>
/// Applies messages in memory, one after the other, and gathers the rows that follow: the same message again changes nothing, a later step
/// moves the case on, a contradiction fails alone. Nothing here touches the database.
/// </summary>
internal sealed class CaseGroup(CaseShelf shelf, PushGround ground, PersonalNumberVault vault, Func<string> nextCaseNumber, string previousHash, long lastNumber)
{
    private readonly Rows<Party> parties = new();
    private readonly Rows<Case> cases = new();
    private readonly Rows<Permit> permits = new();
    private readonly Rows<Push> pushes = new();
    private readonly Rows<Duty> duties = new();
    private readonly List<PushEvent> events = [];
    private readonly List<RoutingFailure> failures = [];
    private readonly List<LedgerEntry> entries = [];
    private string hash = previousHash;
    private long number = lastNumber;

    public long LastNumber => number;
    public string LastHash => hash;
    public bool IsEmpty => entries.Count == 0;

    public void WriteTo(SetWriter writer)
    {
        parties.WriteTo(writer);
        cases.WriteTo(writer);
        permits.WriteTo(writer);
        pushes.WriteTo(writer);
        writer.Insert(events);
        duties.WriteTo(writer);
        writer.Insert(failures);
        writer.Insert(entries);
    }

    /// <summary>The same rows for the change tracker: how the tests compare the two ways of writing.</summary>
    public IEnumerable<object> New => [.. parties.New, .. cases.New, .. permits.New, .. pushes.New, .. events, .. duties.New, .. failures, .. entries];

    public IntakeResult Apply(CheckedCase said, Sender sender)
    {
        if (said.Number.Length > 0 && shelf.Cases.TryGetValue(said.Number, out var known)) return Advance(known, said, sender);
        return Create(said, sender);
    }

    private IntakeResult Create(CheckedCase said, Sender sender)
    {
        var party = PartyOf(said);
        var made = new Case
        {
            District = ground.District, Id = ground.NewId(), Number = said.Number.Length > 0 ? said.Number : nextCaseNumber(), Item = said.Item.Id, ItemCode = said.Item.Code, ItemName = said.Item.Name,
            Party = party.Id, PartyName = said.Party.Name, Kind = said.Kind, Division = said.Division, Address = said.Address, Source = said.Source, Backfilled = said.Backfilled, ReceivedAt = said.ReceivedAt,
        };
        var learned = made.Know(said);
        shelf.Cases[made.Number] = made;
        cases.Add(made);
        Record(new CaseActs.Received(made.Id, made.Number, made.Item, made.Source, made.Kind, made.ReceivedAt, made.AcceptedAt, made.Backfilled), made.Ref, CasesRules.Accepting, sender);
        if (made is { IsHandledHere: true, Backfilled: false, Decision: null }) OpenHandling(made, said.Item);
        if (!learned.HasFlag(Learned.Decision)) return IntakeResult.Done(IntakeStatus.Created, made.Id, made.Number);
        var plan = Decide(made, said, sender);
        return IntakeResult.Done(IntakeStatus.Created, made.Id, made.Number, plan.Pushes, plan.Unrouted, made.DecidedDespite);
    }

    private IntakeResult Advance(Case known, CheckedCase said, Sender sender)
    {
        var contradictions = known.Contradictions(said, FindParty(said)?.Id);
        if (known.IsHandledHere) contradictions.TryAdd("number", "这个编号的办件在本平台办理,请到办件页面办理,不能另行报送。");
        AgreeOnPermit(known, said, contradictions);
        if (contradictions.Count > 0) return IntakeResult.Failed(said.Number, "case.contradicts", contradictions);

        var wasDecided = known.Decision is not null;
        var learned = known.Know(said);
        if (learned.HasFlag(Learned.Acceptance)) Record(new CaseActs.Accepted(known.Id, known.AcceptedAt!.Value), known.Ref, CasesRules.Accepting, sender);
        var plan = (Pushes: (IReadOnlyList<IntakePush>)[], Unrouted: "");
        if (learned.HasFlag(Learned.Decision)) plan = Decide(known, said, sender);
        else if (learned.HasFlag(Learned.Delivery)) Record(new CaseActs.Delivered(known.Id, known.DeliveredAt!.Value), known.Ref, CasesRules.Delivering, sender);
        if (wasDecided && said.Permit is not null && known.PermitNumber.Length == 0)
        {
            MakePermit(known, said);
            learned |= Learned.Details;
            foreach (var push in shelf.Pushes.GetValueOrDefault(known.Id) ?? [])
            {
                push.Carry(known.Permit, known.PermitNumber);
                pushes.Change(push);
            }
        }
        if (learned == Learned.Nothing) return IntakeResult.Done(IntakeStatus.Unchanged, known.Id, known.Number);
        if (learned == Learned.Details) Record(new CaseActs.Supplied(known.Id, known.Permit), known.Ref, CasesRules.Deciding, sender);
        cases.Change(known);
        return IntakeResult.Done(IntakeStatus.Advanced, known.Id, known.Number, plan.Pushes, plan.Unrouted, learned.HasFlag(Learned.Decision) ? known.DecidedDespite : []);
    }

    /// <summary>What a decision brings along: the permit, the bureau's duty to push, the pushes and the organs' duties to claim.</summary>
    private (IReadOnlyList<IntakePush> Pushes, string Unrouted) Decide(Case decided, CheckedCase said, Sender sender)
    {
        if (said.LapseOf is { } lapsed)
        {
            var permit = shelf.Permits[lapsed];
            permit.LapseIsPushed(ground.Now);
            permits.Change(permit);
            decided.Attach(permit.Id, permit.Number);
        }
        else if (said.Permit is not null) MakePermit(decided, said);
        Record(new CaseActs.Decided(decided.Id, decided.Decision!.Value, decided.DecidedAt!.Value, decided.DecisionNumber, decided.Permit, decided.DeliveredAt), decided.Ref,
            decided.Decision == DecisionKind.Lapsed ? CasesRules.Ending : CasesRules.Deciding, sender);
        // The other system has decided, and its record must not be lost: what was not settled is kept beside it, for everybody who reads the case.
        var against = shelf.Obstacles.Where(o => o.StandsAgainst(decided, decided.Decision!.Value, decided.DecidedAt!.Value)).ToList();
        if (against.Count > 0) decided.DecideDespite([.. against.Select(o => o.Kept)]);
        foreach (var unsettled in against) Record(new CaseActs.DecidedDespite(decided.Id, unsettled.What, unsettled.About), decided.Ref, unsettled.Article, sender);
        var plan = PlanPushes.For(decided, ground with { By = sender });
        duties.Add(plan.Owed);
        if (plan.Failure is { } failure)
        {
            failures.Add(failure);
            Record(new PlanPushes.Unrouted(decided.Id, decided.Item, decided.Division), decided.Ref, LinkageRules.Pushing, sender);
            return ([], failure.Reason);
        }
        decided.PushOn(ground.Today);
        var sent = new IntakePush[plan.Pushes.Count];
        for (var i = 0; i < sent.Length; i++)
        {
            var (push, claim, steps) = plan.Pushes[i];
            pushes.Add(push);
            duties.Add(claim);
            events.AddRange(steps);
            if (!shelf.Pushes.TryGetValue(decided.Id, out var made)) shelf.Pushes[decided.Id] = made = [];
            made.Add(push);
            Record(new PlanPushes.Delivered(push.Id, push.Case, push.Organ, push.Role, push.SignedAt is not null), push.Ref, LinkageRules.Pushing, sender);
            foreach (var step in steps) step.Prove(number);
            sent[i] = new IntakePush(push.Id, push.Number, push.Organ);
        }
        // A result that comes late is pushed all the same, and the breach stays on record.
        var delivery = number;
        if (plan.Owed.IsOverdueAt(ground.Now) && plan.Owed.RecordBreach(ground.Now)) Record(DutyBreached.Of(plan.Owed), plan.Owed.Subject, DutyBreached.ArticleOf(plan.Owed), sender);
        plan.Owed.Discharge(ground.Now, delivery);
        return (sent, "");
    }

    private void OpenHandling(Case made, ItemFacts item)
    {
        if (made.AcceptedAt is not { } accepted)
        {
            duties.Add(Duty.Open(ground.District, ground.NewId(), CasesRules.Accept, CasesRules.Accept.Limit, ground.Bureau, null, made.Ref, ground.Now, Beijing.DayOf(made.ReceivedAt), ground.Calendar, "申请人"));
            return;
        }
        foreach (var duty in CaseClock.OnAcceptance(made, item, ground.District, ground.Bureau, Beijing.DayOf(accepted), ground.Now, ground.Calendar, ground.NewId)) duties.Add(duty);
    }

    private void MakePermit(Case decided, CheckedCase said)
    {
        var permit = said.Permit!;
        var before = decided.Kind == ApplicationKind.New ? null : FindPermit(permit.Previous.Length > 0 ? permit.Previous : permit.Number, decided.Party);
        var (made, ended) = PermitMaking.Of(decided, permit, before, ground.NewId);
        if (ended is not null) permits.Change(ended);
        if (made is null) return;
        if (made.ValidTo < ground.Today) made.LapseIsPushed(ground.Now);
        permits.Add(made);
        Keep(made);
    }

    private void AgreeOnPermit(Case known, CheckedCase said, Dictionary<string, string> contradictions)
    {
        if (said.Permit is not { } permit || known.PermitNumber.Length == 0) return;
        if (known.PermitNumber != permit.Number)
        {
            // A replacement and a cancellation may name the permit by its old number alone.
            if (known.Kind is not (ApplicationKind.Replacement or ApplicationKind.Cancellation)) contradictions.TryAdd("permit.number", $"许可编号与先前报送的不一致(先前为“{known.PermitNumber}”)。");
            return;
        }
        if (known.Permit is not { } id || !shelf.Permits.TryGetValue(id, out var made) || made.Case != known.Id) return;
        if (permit.ValidFrom is { } from && from != made.ValidFrom) contradictions.TryAdd("permit.validFrom", $"有效期自与先前报送的不一致(先前为{made.ValidFrom:yyyy-MM-dd})。");
        if (permit.ValidTo is { } to && to != made.ValidTo) contradictions.TryAdd("permit.validTo", $"有效期至与先前报送的不一致(先前为{(made.ValidTo is { } end ? end.ToString("yyyy-MM-dd") : "无期限")})。");
    }

    private Permit? FindPermit(string permitNumber, Guid party) =>
        shelf.PermitsByNumber.TryGetValue(permitNumber, out var found) ? found.LastOrDefault(p => p.Party == party && p.Ending is null) ?? found.LastOrDefault(p => p.Party == party) : null;

    private void Keep(Permit permit)
    {
        shelf.Permits[permit.Id] = permit;
        if (!shelf.PermitsByNumber.TryGetValue(permit.Number, out var same)) shelf.PermitsByNumber[permit.Number] = same = [];
        same.Add(permit);
    }

    private Party? FindParty(CheckedCase said) => shelf.Parties.GetValueOrDefault(said.PartyKey);

    private Party PartyOf(CheckedCase said)
    {
        var about = said.Party;
        if (shelf.Parties.TryGetValue(said.PartyKey, out var known))
        {
            if (said.LapseOf is null && known.Refresh(about.Name, Initials(about), about.LegalPerson, about.Address)) parties.Change(known);
            return known;
        }
        var party = new Party { District = ground.District, Id = ground.NewId(), Kind = about.Kind, Key = said.PartyKey };
        party.Describe(about.Name, Initials(about), about.Code, about.NonStandard, about.LegalPerson, about.Address);
        if (about.IdNumber.Length > 0) party.KeepNumber(vault.Seal(about.IdNumber), PersonalNumber.Mask(about.IdNumber));
        parties.Add(party);
        return shelf.Parties[party.Key] = party;
    }

    private static string Initials(CheckedParty party) => party.Kind == PartyKind.NaturalPerson ? Pinyin.InitialsOfPerson(party.Name) : Pinyin.Initials(party.Name);

    private void Record<T>(T act, Subject about, Article article, Sender sender) where T : IAct
    {
        var line = new LedgerLine(ground.District, ++number, ground.Now, T.Name, sender.Person, sender.Organ, sender.OnBehalfOf, sender.Channel, about.Kind, about.Id, about.Title, article.Clause,
            JsonSerializer.Serialize(act, Ledger.BodyFormat), hash, "");
        hash = LedgerChain.HashOf(line, Sm3.Digest);
        entries.Add(new LedgerEntry
        {
            District = line.District, Number = line.Number, At = line.At, Act = line.Act, Person = line.Person, Organ = line.Organ, OnBehalfOf = line.OnBehalfOf, Channel = line.Channel, SubjectKind = line.SubjectKind,
            SubjectId = line.SubjectId, SubjectTitle = line.SubjectTitle, Clause = line.Clause, Body = line.Body, PreviousHash = line.PreviousHash, Hash = hash,
        });
    }

    /// <summary>Rows of one table: those that are new, and those that were there and changed.</summary>
    private sealed class Rows<T> where T : class
    {
        private readonly HashSet<T> made = [];
        private readonly HashSet<T> changed = [];

        public List<T> New { get; } = [];

        public void Add(T row)
        {
            made.Add(row);
            New.Add(row);
        }

        public void Change(T row)
        {
            if (!made.Contains(row)) changed.Add(row);
        }

        public void WriteTo(SetWriter writer)
        {
            writer.Insert(New);
            writer.Update([.. changed]);
        }
    }
}

/// <summary>By what a party is known again, see <see cref="Party.Key"/>.</summary>
public sealed class PartyKeys(PersonalNumberVault vault, Clock clock)
{
    public CheckedCase Identify(CheckedCase said) => said with { PartyKey = Of(said) };

    /// <summary>The party that is known by the number or code typed in, before the case is sent; null when there is none.</summary>
    public async Task<Guid?> FindAsync(AppDb db, PartyInput said, CancellationToken ct)
    {
        var key = said switch
        {
            { Kind: PartyKind.NaturalPerson, IdNumber: { } number } when !string.IsNullOrWhiteSpace(number) => "id:" + vault.DigestOf(ResidentId.Check(number).Value),
            { Kind: not PartyKind.NaturalPerson, Code: { } code } when !string.IsNullOrWhiteSpace(code) => "code:" + SocialCreditCode.Check(code).Value,
            { Kind: not PartyKind.NaturalPerson, Name: { } name } when !string.IsNullOrWhiteSpace(name) => "name:" + name.Trim(),
            _ => "",
        };
        return key.Length == 0 ? null : await db.Parties.AsNoTracking().Where(p => p.Key == key).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct);
    }

    private string Of(CheckedCase said) => said.Party switch
    {
        { IdNumber.Length: > 0 } person => "id:" + vault.DigestOf(person.IdNumber),
        { Code.Length: > 0 } body => "code:" + body.Code,
        // Without a number nobody can say whether two people of one name are the same: each case has its own.
        { Kind: PartyKind.NaturalPerson } => said.Number.Length > 0 ? $"case:{said.Source}:{said.Number}" : $"case:{clock.NewId()}",
        var unnumbered => "name:" + unnumbered.Name,
    };
}
