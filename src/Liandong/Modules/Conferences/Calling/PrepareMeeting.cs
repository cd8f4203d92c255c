using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>
/// 筹备会议, and change it until it is asked for: time, place, who comes, agenda. All members are called to a 例会; a consultation whose form is a meeting becomes a topic of it.
/// </summary>
public sealed class PrepareMeeting(AppDb db, MeetingSteps steps, NumberBook numbers, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <summary>Topics of one agenda at most.</summary>
    public const int Most = 30;

    /// <param name="Organs">参会单位, the convening one not counted.</param>
    /// <param name="Observers">列席单位.</param>
    /// <param name="Groups">专项对接组 that are called.</param>
    /// <param name="Topics">The agenda, in order.</param>
    /// <param name="Follows">The meeting that it goes on from; a 例会 goes on from the one before by itself.</param>
    /// <param name="Consultation">The consultation that is to be discussed.</param>
    public sealed record Input(
        MeetingKind Kind, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Place, IReadOnlyList<Guid> Organs, string Purpose = "", IReadOnlyList<Guid>? Observers = null, IReadOnlyList<Guid>? Groups = null, IReadOnlyList<Guid>? Topics = null,
        Recurrence Every = Recurrence.Once, Guid? Follows = null, Guid? Consultation = null, IReadOnlyList<Guid>? Files = null);

    public sealed record Act(Guid Meeting, Guid Organ, MeetingKind Kind, Guid? Follows, IReadOnlyList<Guid> Topics) : IAct { public static string Name => "meeting.prepared"; }

    public sealed record Changed(Guid Meeting, Guid Organ, IReadOnlyList<Guid> Topics) : IAct { public static string Name => "meeting.changed"; }

    public async Task<Meeting> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingConvene);
        var organ = actor.RequireOrgan();
        Check(input);
        await steps.DemandConvenesAsync(input.Kind, ct);
        await using var together = await ledger.TogetherAsync(ct);
        var follows = await EarlierAsync(input, organ, ct);
        var id = clock.NewId();
        var meeting = new Meeting
        {
            District = db.District, Id = id, Number = await numbers.NextAsync(await DocumentNumbers.CodeAsync(db, organ, ct) + "会", clock.Today.Year, ct), Kind = input.Kind, Organ = organ, Who = actor.Name, PreparedAt = clock.Now, Follows = follows?.Id,
            Series = follows?.Series ?? id,
        };
        db.Meetings.Add(meeting);
        var topics = (input.Topics ?? []).ToList();
        if (input.Consultation is { } talk) topics.Add((await FromConsultationAsync(talk, input.Kind, organ, ct)).Id);
        await FillAsync(meeting, input, topics, ct);
        await attach.AddAsync(MeetingAttachments.KindName, id, meeting.OnLedger, input.Files ?? [], ct);
        await ledger.RecordAsync(new Act(id, organ, input.Kind, follows?.Id, topics), meeting.OnLedger, ConferencesRules.Of(input.Kind), ct);
        await together.CommitAsync(ct);
        return meeting;
    }

    /// <summary>Changes what was prepared; the kind stays.</summary>
    public async Task<Meeting> ChangeAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingConvene);
        Check(input);
        await using var together = await ledger.TogetherAsync(ct);
        var meeting = await steps.TakeOwnAsync(id, ct);
        if (input.Kind != meeting.Kind) throw new InvalidInput("Kind", "会议类型不能改,请另行筹备。");
        await FillAsync(meeting, input, input.Topics ?? [], ct);
        await attach.AddAsync(MeetingAttachments.KindName, id, meeting.OnLedger, input.Files ?? [], ct);
        await ledger.RecordAsync(new Changed(id, meeting.Organ, input.Topics ?? []), meeting.OnLedger, ConferencesRules.Of(meeting.Kind), ct);
        await together.CommitAsync(ct);
        return meeting;
    }

    private void Check(Input input) => new InputCheck().That(Enum.IsDefined(input.Kind), nameof(input.Kind), "请选择会议类型。").Filled(input.Title, nameof(input.Title), "会议名称", 100).Filled(input.Place, nameof(input.Place), "地点", 100)
        .NotLonger(input.Purpose, nameof(input.Purpose), "会议任务", 2000)
        .That(input.StartsAt > clock.Now, nameof(input.StartsAt), "会议时间应当晚于现在。")
        .That(input.EndsAt > input.StartsAt && input.EndsAt - input.StartsAt <= TimeSpan.FromHours(12), nameof(input.EndsAt), "结束时间应当晚于开始时间,并在十二小时以内。")
        .That((input.Topics ?? []).Distinct().Count() == (input.Topics ?? []).Count && (input.Topics ?? []).Count <= Most, nameof(input.Topics), $"议题不能重复,最多{Most}项。")
        .That(input.Every == Recurrence.Once || input.Kind == MeetingKind.Regular, nameof(input.Every), "只有例会定期召开。").Throw();

    private async Task<Meeting?> EarlierAsync(Input input, Guid organ, CancellationToken ct)
    {
        if (input.Follows is { } id) return await db.Meetings.VisibleTo(db, actor).SingleOrDefaultAsync(m => m.Id == id, ct) ?? throw new InvalidInput("Follows", "没有找到以前的会议。");
        return input.Kind == MeetingKind.Regular ? await db.Meetings.Where(m => m.Organ == organ && m.Kind == MeetingKind.Regular && m.State != MeetingState.Cancelled).OrderByDescending(m => m.StartsAt).FirstOrDefaultAsync(ct) : null;
    }

    private async Task FillAsync(Meeting meeting, Input input, IReadOnlyList<Guid> topics, CancellationToken ct)
    {
        meeting.Write(input.Title.Trim(), input.Purpose.Trim(), input.StartsAt, input.EndsAt, input.Place.Trim(), input.Every, [.. (input.Groups ?? []).Distinct()], clock.Now);
        await InviteAsync(meeting, input, ct);
        var groups = meeting.Groups;
        if (groups.Count > 0 && await db.WorkingGroups.CountAsync(g => groups.Contains(g.Id) && g.To == null, ct) != groups.Count) throw new InvalidInput("Groups", "没有所选的专项对接组。");
        var (id, organ) = (meeting.Id, meeting.Organ);
        foreach (var off in await db.MeetingTopics.Where(t => t.Meeting == id && !topics.Contains(t.Id)).ToListAsync(ct)) off.TakeOff();
        var saved = await db.MeetingTopics.Where(t => topics.Contains(t.Id) && t.To == organ).ToListAsync(ct);
        var chosen = saved.Concat(db.MeetingTopics.Local.Where(t => topics.Contains(t.Id))).DistinctBy(t => t.Id).ToDictionary(t => t.Id);
        foreach (var (topic, n) in topics.Select((topic, i) => (topic, i + 1)))
            (chosen.GetValueOrDefault(topic) ?? throw new InvalidInput("Topics", "议题库中没有所选的议题。")).PutOn(id, n);
    }

    private async Task InviteAsync(Meeting meeting, Input input, CancellationToken ct)
    {
        var (today, id) = (clock.Today, meeting.Id);
        var members = meeting.Kind == MeetingKind.Regular ? await db.Organs.Where(o => o.IsMember && o.From <= today && (o.To == null || o.To >= today)).Select(o => o.Id).ToListAsync(ct) : [];
        var organs = input.Organs.Concat(members).Where(o => o != meeting.Organ).Distinct().ToList();
        var observers = (input.Observers ?? []).Where(o => o != meeting.Organ).Except(organs).Distinct().ToList();
        var all = organs.Concat(observers).ToList();
        if (organs.Count == 0) throw new InvalidInput("Organs", "请选择参会单位。");
        if (!meeting.Kind.IsOfConference() && organs.Count < 2) throw new Refusal("meeting.needs-several", "只涉及一个单位的,以往来函的形式会商;涉及几个单位的才召开会议。", ConferencesRules.BureauMeetings, "Organs");
        if (await db.Organs.CountAsync(o => all.Contains(o.Id) && o.From <= today && (o.To == null || o.To >= today), ct) != all.Count) throw new InvalidInput("Organs", "名录中没有所选的单位。");
        db.MeetingInvitees.RemoveRange(await db.MeetingInvitees.Where(i => i.Meeting == id && !all.Contains(i.Organ)).ToListAsync(ct));
        var kept = await db.MeetingInvitees.Where(i => i.Meeting == id && all.Contains(i.Organ)).ToListAsync(ct);
        foreach (var invitee in kept) invitee.Sit(observers.Contains(invitee.Organ));
        foreach (var organ in all.Where(o => kept.All(i => i.Organ != o)))
        {
            var invitee = new MeetingInvitee { District = db.District, Meeting = id, Organ = organ };
            invitee.Sit(observers.Contains(organ));
            db.MeetingInvitees.Add(invitee);
        }
    }

    private async Task<MeetingTopic> FromConsultationAsync(Guid id, MeetingKind kind, Guid organ, CancellationToken ct)
    {
        var talk = await db.Consultations.VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new InvalidInput("Consultation", "没有找到这件会商。");
        if (MeetingTalks.KindOf(talk) is not { } wanted) throw new Refusal("meeting.talk-needs-none", "这件会商不以会议的形式进行,或者已经办结。", ConferencesRules.BureauMeetings, "Consultation");
        if (wanted != kind && (wanted == MeetingKind.JointConference || kind.IsOfConference())) throw new Refusal("meeting.other-kind", wanted == MeetingKind.JointConference ? "该会商已经提请联席会议研究。" : "该会商还没有提请联席会议。", ConferencesRules.Of(wanted), "Kind");
        if (await db.MeetingTopics.AnyAsync(t => t.Consultation == id && t.To == organ && t.State == TopicState.Passed, ct)) throw new Refusal("meeting.talk-on-agenda", "这件会商已经列入议题。", ConferencesRules.Of(kind), "Consultation");
        var topic = new MeetingTopic
        {
            District = db.District, Id = clock.NewId(), Number = await numbers.NextAsync(await DocumentNumbers.CodeAsync(db, organ, ct) + "题", clock.Today.Year, ct), Title = talk.Title, Text = talk.Question, Urgency = TopicUrgency.Usual, ProposedBy = talk.StartedBy,
            Who = talk.Who, At = clock.Now, To = organ, Consultation = id,
        };
        topic.Pass(true, "", clock.Now);
        db.MeetingTopics.Add(topic);
        return topic;
    }
}
