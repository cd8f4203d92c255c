using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Policies;

/// <summary>What several use cases of a policy change do inside their own act. Nothing is saved here.</summary>
public sealed class PolicySteps(AppDb db, DutyBook duties, Ledger ledger, LimitBook limits, CalendarBook calendars, Actor actor, Clock clock)
{
    /// <summary>Characters of a text that is kept to be searched; a longer one is attached as a file.</summary>
    public const int LongestText = 14_000;

    // Within what the working calendar counts, with a year to spare on both sides.
    private const int EarliestYear = 1993, LatestYear = 2188;

    /// <summary>The change, when the actor's organ is the department that notifies it.</summary>
    /// <exception cref="NotFound">Absent, or not the actor's.</exception>
    public async Task<PolicyChange> TakeOwnAsync(Guid id, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        return await db.PolicyChanges.SingleOrDefaultAsync(p => p.Id == id && p.Organ == organ, ct) ?? throw NotFound.Of("该政策调整");
    }

    /// <summary>The change, when the actor's organ is the bureau to which it is notified.</summary>
    /// <exception cref="NotFound">Absent, or not the actor's.</exception>
    public async Task<PolicyChange> TakeNotifiedAsync(Guid id, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        return await db.PolicyChanges.SingleOrDefaultAsync(p => p.Id == id && p.Bureau == organ, ct) ?? throw NotFound.Of("该政策调整");
    }

    /// <exception cref="InvalidInput">A field is missing, too long, or no such day.</exception>
    public void Check(PolicyText text) => new InputCheck()
        .That(Enum.IsDefined(text.Kind), nameof(text.Kind), "请选择种类。").Filled(text.Title, nameof(text.Title), "名称", 200).NotLonger(text.DocumentNumber, nameof(text.DocumentNumber), "文号", 100).NotLonger(text.IssuedBy, nameof(text.IssuedBy), "发布机关", 100)
        .That(text.KnownOn != default, nameof(text.KnownOn), "请填写知悉日期。").That(text.KnownOn <= clock.Today, nameof(text.KnownOn), "知悉日期不能晚于今天。").That(text.KnownOn == default || text.KnownOn.Year >= EarliestYear, nameof(text.KnownOn), "知悉日期不对,请检查年份。").That(text.EffectiveOn != default, nameof(text.EffectiveOn), $"请填写{PoliciesWords.DayOf(text.Kind)}。")
        .That(text.EffectiveOn == default || text.EffectiveOn.Year is >= EarliestYear and <= LatestYear, nameof(text.EffectiveOn), $"{PoliciesWords.DayOf(text.Kind)}不对,请检查年份。")
        .That(!string.IsNullOrWhiteSpace(text.Text) || !string.IsNullOrWhiteSpace(text.Link), nameof(text.Text), "请填写正文或者网址。").NotLonger(text.Text, nameof(text.Text), "正文", LongestText)
        .That(string.IsNullOrWhiteSpace(text.Link) || Uri.TryCreate(text.Link.Trim(), UriKind.Absolute, out var link) && link.Scheme is "http" or "https", nameof(text.Link), "网址应当以 http:// 或者 https:// 开头。").NotLonger(text.Link, nameof(text.Link), "网址", 500)
        .NotLonger(text.Conditions, nameof(text.Conditions), "条件的变化", 2000).NotLonger(text.Materials, nameof(text.Materials), "材料的变化", 2000).NotLonger(text.Limits, nameof(text.Limits), "时限的变化", 2000).Throw();

    /// <summary>Opens what the department owes while the change is known and not served.</summary>
    public async Task OpenNotifyAsync(PolicyChange policy, CancellationToken ct)
    {
        var named = NamedDay(await calendars.CurrentAsync(ct), await limits.OfAsync(PoliciesRules.Notify, ct), policy.KnownOn, policy.EffectiveOn);
        await duties.OpenAsync(PoliciesRules.Notify, policy.Organ, policy.Bureau, policy.Ref, ct, from: policy.KnownOn, givenDay: named);
    }

    /// <summary>函告, on the platform or by a letter that has reached the bureau: the department's limit ends, the bureau's begins, an earlier edition is replaced.</summary>
    public async Task ServeAsync(PolicyChange policy, CancellationToken ct)
    {
        policy.Serve(await db.TouchedItems.CountAsync(t => t.Policy == policy.Id, ct), actor.Name, clock.Today, clock.Now);
        if (policy.Supersedes is { } earlierId)
        {
            var earlier = await db.PolicyChanges.SingleAsync(p => p.Id == earlierId, ct);
            earlier.Supersede(policy.Id, clock.Now);
            ledger.Note(new ServePolicy.Superseded(earlier.Id, earlier.Organ, policy.Id), earlier.OnLedger, PoliciesRules.Notifying);
        }
        await duties.DischargeAsync(PoliciesRules.Notify, policy.Ref, ct);
        await OpenAnswerAsync(policy, ct);
    }

    /// <summary>The letter that notifies it, unless that was cancelled.</summary>
    public async Task<OfficialDocument?> OpenLetterAsync(PolicyChange policy, CancellationToken ct) =>
        policy.Letter is { } letter ? await db.OfficialDocuments.SingleOrDefaultAsync(d => d.Id == letter && d.State != DocumentState.Cancelled, ct) : null;

    /// <summary>What a signed letter says of the change, the change says until it is served.</summary>
    public async Task MustNotBeInSignedLetterAsync(PolicyChange policy, CancellationToken ct)
    {
        if (policy.State == PolicyState.Known && await OpenLetterAsync(policy, ct) is { IsSigned: true } letter)
            throw new Refusal("policy.letter-signed", $"函告的公函已经签发({letter.Number}),不能再改;确需改动的,送达以后登记新版。", PoliciesRules.ArticleOf(policy.Kind));
    }

    /// <summary>Opens what the bureau owes from the service on.</summary>
    public async Task OpenAnswerAsync(PolicyChange policy, CancellationToken ct)
    {
        var rule = policy.TouchesItems ? PoliciesRules.Adapt : PoliciesRules.Respond;
        var named = policy.TouchesItems ? null : NamedDay(await calendars.CurrentAsync(ct), await limits.OfAsync(rule, ct), clock.Today, policy.EffectiveOn);
        await duties.OpenAsync(rule, policy.Bureau, policy.Organ, policy.Ref, ct, givenDay: named);
    }

    /// <summary>
    /// The day that takes the place of a counted limit which would end after the day of the change: that day itself, or the working day before it where it is a
    /// day of rest. Null where the count ends in time.
    /// </summary>
    public static DateOnly? NamedDay(WorkCalendar calendar, Term limit, DateOnly from, DateOnly effectiveOn)
    {
        var latest = effectiveOn;
        while (!calendar.IsWorkday(latest)) latest = latest.AddDays(-1);
        return calendar.Count(limit, from, [])!.DueOn <= latest ? null : latest;
    }

    /// <summary>The change takes these items in that it does not name yet. Returns those that are new.</summary>
    /// <exception cref="InvalidInput">One of them is not in the list of items.</exception>
    public async Task<IReadOnlyList<Guid>> NameAsync(PolicyChange policy, IReadOnlyList<Guid> items, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        var wanted = items.Distinct().ToList();
        if (wanted.Count == 0) return [];
        if (!policy.TouchesItems) throw new InvalidInput("Items", "会议、培训和对上报送不选事项。");
        var known = await db.TouchedItems.Where(t => t.Policy == policy.Id).Select(t => t.Item).ToListAsync(ct);
        var fresh = wanted.Except(known).ToList();
        if (known.Count + fresh.Count > Most) throw new InvalidInput("Items", $"一项政策调整最多选{Most}个事项。");
        if (await db.Items.CountAsync(i => fresh.Contains(i.Id), ct) < fresh.Count) throw new InvalidInput("Items", "所选的事项不在事项目录清单中。");
        db.TouchedItems.AddRange(fresh.Select(item => new TouchedItem { District = db.District, Policy = policy.Id, Item = item, NamedBy = organ }));
        return fresh;
    }

    /// <summary>Items that one change names at most.</summary>
    public const int Most = 200;
}
