using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Consultations;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>起草纪要, with its decision items, and send it to the organs that attended. A new draft takes the place of the earlier one, and everybody signs anew.</summary>
public sealed class DraftMinutes(AppDb db, MeetingSteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(string Text, IReadOnlyList<DecisionDraft>? Items = null);

    public sealed record Act(Guid Meeting, Guid Organ, Guid Minutes, int Revision, int Decisions) : IAct { public static string Name => "meeting.minutes-drafted"; }

    public async Task<MeetingMinutes> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingConvene);
        await using var together = await ledger.TogetherAsync(ct);
        var meeting = await steps.TakeOwnAsync(id, ct);
        var items = input.Items ?? [];
        DecisionDraft.Check(new InputCheck().Filled(input.Text, nameof(input.Text), "纪要", 12_000), items, clock.Today).Throw();
        meeting.Record();
        var invitees = await db.MeetingInvitees.Where(i => i.Meeting == id).ToListAsync(ct);
        var parties = invitees.Where(i => i.InvitedAt is not null).Select(i => i.Organ).Append(meeting.Organ).ToHashSet();
        var called = meeting.Groups;
        var groups = await db.WorkingGroups.Where(g => called.Contains(g.Id) && g.To == null).ToDictionaryAsync(g => g.Id, g => g.Name, ct);
        DecisionDraft.MustBeOf(items, parties, "参会单位", groups.Keys);
        var revision = await ReplaceAsync(meeting, ct) + 1;
        var minutes = new MeetingMinutes { District = db.District, Id = clock.NewId(), Meeting = id, Revision = revision, Text = input.Text.Trim(), Who = actor.Name, DraftedAt = clock.Now };
        db.MeetingMinutes.Add(minutes);
        db.DecisionItems.AddRange(items.Select((item, n) => new DecisionItem
        {
            District = db.District, Id = clock.NewId(), Meeting = id, Conclusion = minutes.Id, Ordinal = n + 1, Number = $"{meeting.Number}之{Chinese.Count(n + 1)}", Text = item.Text.Trim(), Owner = item.Owner, Assisting = item.Others, DueOn = item.DueOn,
            Group = item.Group, GroupName = item.Group is { } group ? groups[group] : "",
        }));
        foreach (var invitee in invitees.Where(i => i.Signs)) await duties.OpenAsync(ConferencesRules.Cosign, owedBy: invitee.Organ, owedTo: meeting.Organ, meeting.Ref, ct);
        await ledger.RecordAsync(new Act(id, meeting.Organ, minutes.Id, revision, items.Count), meeting.OnLedger, ConferencesRules.IssuingOf(meeting.Kind), ct);
        await together.CommitAsync(ct);
        return minutes;
    }

    /// <returns>The number of the last draft; 0 when there is none.</returns>
    private async Task<int> ReplaceAsync(Meeting meeting, CancellationToken ct)
    {
        var earlier = await db.MeetingMinutes.Where(m => m.Meeting == meeting.Id).OrderByDescending(m => m.Revision).FirstOrDefaultAsync(ct);
        if (earlier is null) return 0;
        earlier.Replace();
        await DecisionDraft.DropAsync(db, earlier.Id, ct);
        await duties.SupersedeAsync(ConferencesRules.Cosign, meeting.Ref, "纪要有了新稿", ct);
        return earlier.Revision;
    }
}

/// <summary>会签: the head of an organ that attended signs the minutes, or objects with a reason; either may be changed until they are issued.</summary>
public sealed class CosignMinutes(AppDb db, MeetingSteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Meeting, Guid Organ, Guid Minutes, bool Agreed) : IAct { public static string Name => "meeting.minutes-cosigned"; }

    /// <param name="reason">Required for an objection.</param>
    public async Task<MeetingMinutes> RunAsync(Guid id, bool agreed, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingSign);
        new InputCheck().NotLonger(reason, "Reason", "异议理由", 1000).That(agreed || reason.Trim().Length > 0, "Reason", "提出异议的,请写明理由。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var meeting = await steps.TakeAsync(id, ct);
        var place = await steps.OwnPlaceAsync(id, ct);
        meeting.MustBeCosigning();
        if (!place.Signs) throw new Refusal("meeting.did-not-attend", "会签由出席会议的单位办理;本单位没有出席或者是列席。", ConferencesRules.Cooperating);
        var minutes = await db.MeetingMinutes.SingleAsync(m => m.Meeting == id && m.State == MinutesState.Cosigning, ct);
        if (await db.MinutesSignatures.SingleOrDefaultAsync(s => s.Minutes == minutes.Id && s.Organ == place.Organ, ct) is { } signature)
        {
            if (signature.Agreed == agreed) throw new Refusal("meeting.signed-already", agreed ? "本单位已经会签。" : "本单位已经提出异议。", ConferencesRules.Cooperating);
        }
        else db.MinutesSignatures.Add(signature = new MinutesSignature { District = db.District, Minutes = minutes.Id, Organ = place.Organ });
        signature.Say(agreed, agreed ? "" : reason.Trim(), actor.Person, actor.Name, clock.Now);
        await duties.DischargeAsync(ConferencesRules.Cosign, meeting.Ref, ct, owedBy: place.Organ);
        await ledger.RecordAsync(new Act(id, place.Organ, minutes.Id, agreed), meeting.OnLedger, ConferencesRules.Cooperating, ct);
        await together.CommitAsync(ct);
        return minutes;
    }
}
