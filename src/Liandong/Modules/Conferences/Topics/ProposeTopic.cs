using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>提出议题 to the conference office or to the bureau, with its materials. What the organ that convenes proposes itself is passed at once.</summary>
public sealed class ProposeTopic(AppDb db, NumberBook numbers, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="ToBureau">For a 工作对接会 or 协调会; otherwise the conference office.</param>
    /// <param name="Files">Uploads that have come in whole.</param>
    /// <param name="Group">专项对接组 in whose name it is proposed, by one of its people.</param>
    public sealed record Input(string Title, string Text, TopicUrgency Urgency = TopicUrgency.Usual, bool ToBureau = false, IReadOnlyList<Guid>? Files = null, Guid? Group = null);

    public sealed record Act(Guid Topic, Guid Organ, Guid To, TopicUrgency Urgency, Guid? Group = null) : IAct { public static string Name => "topic.proposed"; }

    public async Task<MeetingTopic> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingAttend);
        var organ = actor.RequireOrgan();
        new InputCheck().Filled(input.Title, nameof(input.Title), "议题", 100).Filled(input.Text, nameof(input.Text), "说明", 4000).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var (kind, today) = (input.ToBureau ? OrganKind.Bureau : OrganKind.ConferenceOffice, clock.Today);
        var to = await db.Organs.Where(o => o.Kind == kind && o.From <= today && (o.To == null || o.To >= today)).OrderBy(o => o.Rank).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(ct)
            ?? throw new Refusal("topic.nobody-to-ask", input.ToBureau ? "名录中没有审批局。" : "名录中没有联席会议办公室。", ConferencesRules.Office);
        var group = input.Group is { } of ? await db.WorkingGroups.Where(g => g.To == null).OfPerson(db, actor.Person).SingleOrDefaultAsync(g => g.Id == of, ct) ?? throw new InvalidInput(nameof(input.Group), "以专项对接组的名义提出议题的,应当是该组的负责人或者成员。") : null;
        var topic = new MeetingTopic
        {
            District = db.District, Id = clock.NewId(), Number = await numbers.NextAsync(await DocumentNumbers.CodeAsync(db, to, ct) + "题", clock.Today.Year, ct), Title = input.Title.Trim(), Text = input.Text.Trim(), Urgency = input.Urgency, ProposedBy = organ,
            Who = actor.Name, At = clock.Now, To = to, Group = group?.Id, GroupName = group?.Name ?? "",
        };
        if (to == organ) topic.Pass(true, "", clock.Now);
        db.MeetingTopics.Add(topic);
        await attach.AddAsync(TopicAttachments.KindName, topic.Id, topic.OnLedger, input.Files ?? [], ct);
        await ledger.RecordAsync(new Act(topic.Id, organ, to, input.Urgency, group?.Id), topic.OnLedger, ConferencesRules.Special, ct);
        await together.CommitAsync(ct);
        return topic;
    }
}

/// <summary>审定议题: passed, or declined with a reason, by the organ that convenes.</summary>
public sealed class WeighTopic(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Topic, Guid Organ, Guid Proposer, bool Passed) : IAct { public static string Name => "topic.weighed"; }

    public async Task<MeetingTopic> RunAsync(Guid id, bool passed, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingConvene);
        var organ = actor.RequireOrgan();
        new InputCheck().NotLonger(reason, "Reason", "理由", 1000).That(passed || reason.Trim().Length > 0, "Reason", "不列入的,请写明理由。").Throw();
        var topic = await db.MeetingTopics.SingleOrDefaultAsync(t => t.Id == id && t.To == organ, ct) ?? throw NotFound.Of("该议题");
        topic.Pass(passed, reason.Trim(), clock.Now);
        await ledger.RecordAsync(new Act(id, organ, topic.ProposedBy, passed), topic.OnLedger, ConferencesRules.Special, ct);
        return topic;
    }
}

/// <summary>撤回议题 by its proposer, until it is on an agenda.</summary>
public sealed class WithdrawTopic(AppDb db, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Topic, Guid Organ, Guid To) : IAct { public static string Name => "topic.withdrawn"; }

    public async Task<MeetingTopic> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingAttend);
        var organ = actor.RequireOrgan();
        var topic = await db.MeetingTopics.SingleOrDefaultAsync(t => t.Id == id && t.ProposedBy == organ, ct) ?? throw NotFound.Of("该议题");
        topic.Withdraw();
        await ledger.RecordAsync(new Act(id, organ, topic.To), topic.OnLedger, ConferencesRules.Special, ct);
        return topic;
    }
}
