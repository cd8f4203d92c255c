using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;

namespace Liandong.Modules.Conferences;

/// <summary>回执: the organ has studied the papers, says what it thinks of them and who comes. It may be given anew until the meeting is recorded as held; a first one after the hour of its beginning is late.</summary>
public sealed class ReplyToMeeting(MeetingSteps steps, DutyBook duties, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Announced"><see cref="Presence.Present"/>, <see cref="Presence.Substitute"/> or <see cref="Presence.Leave"/>.</param>
    /// <param name="Names">Who comes; as minutes print it.</param>
    /// <param name="Note">For whom the substitute comes, or why the organ is on leave.</param>
    /// <param name="View">书面意见 on the topics.</param>
    public sealed record Input(Presence Announced, string Names = "", string Note = "", string View = "", IReadOnlyList<Guid>? Files = null);

    public sealed record Act(Guid Meeting, Guid Organ, Presence Announced, bool WithView) : IAct { public static string Name => "meeting.studied"; }

    public async Task<Meeting> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingAttend);
        var comes = input.Announced is Presence.Present or Presence.Substitute;
        new InputCheck().That(comes || input.Announced == Presence.Leave, nameof(input.Announced), "请选择参加、替会或者请假。")
            .That(!comes || input.Names.Trim().Length > 0, nameof(input.Names), "请填写参会人员。").NotLonger(input.Names, nameof(input.Names), "参会人员", 100)
            .That(input.Announced == Presence.Present || input.Note.Trim().Length > 0, nameof(input.Note), input.Announced == Presence.Leave ? "请假的,请写明理由。" : "替会的,请写明替谁参加。").NotLonger(input.Note, nameof(input.Note), "说明", 200)
            .NotLonger(input.View, nameof(input.View), "书面意见", 4000).Throw();
        var meeting = await steps.TakeAsync(id, ct);
        var place = await steps.OwnPlaceAsync(id, ct);
        meeting.MustTakeReplies();
        place.Study(input.View.Trim(), input.Announced, comes ? input.Names.Trim() : "", input.Announced == Presence.Present ? "" : input.Note.Trim(), actor.Name, clock.Now);
        await duties.DischargeAsync(ConferencesRules.Study, meeting.Ref, ct, owedBy: place.Organ);
        await attach.AddAsync(MeetingAttachments.KindName, id, meeting.OnLedger, input.Files ?? [], ct);
        await ledger.RecordAsync(new Act(id, place.Organ, input.Announced, input.View.Trim().Length > 0), meeting.OnLedger, ConferencesRules.CirculatingOf(meeting.Kind), ct);
        return meeting;
    }
}
