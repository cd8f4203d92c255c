using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Consultations;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>
/// 印发纪要: the text that was signed becomes an official document, numbered, signed and served in one act, so that nothing else than what was signed is issued. The decision items bind from then on;
/// a consultation that the meeting was to settle is settled.
/// </summary>
public sealed class IssueMinutes(AppDb db, MeetingSteps steps, ConsultationSteps talks, DutyBook duties, DraftDocument draft, SignDocument sign, ServeDocument serve, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Despite">Whether an organ objected or kept silent.</param>
    public sealed record Act(Guid Meeting, Guid Organ, Guid Minutes, Guid Document, bool Despite, IReadOnlyList<Guid> Decisions) : IAct { public static string Name => "meeting.minutes-issued"; }

    /// <param name="despite">Why they are issued without every signature.</param>
    public async Task<MeetingMinutes> RunAsync(Guid id, string despite, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingSign);
        new InputCheck().NotLonger(despite, "Despite", "理由", 1000).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var meeting = await steps.TakeOwnAsync(id, ct);
        meeting.MustBeCosigning();
        var minutes = await db.MeetingMinutes.SingleAsync(m => m.Meeting == id && m.State == MinutesState.Cosigning, ct);
        var invitees = await db.MeetingInvitees.Where(i => i.Meeting == id).ToListAsync(ct);
        var unsigned = await DemandHeardAsync(meeting, minutes, invitees, despite, ct);
        var items = await db.DecisionItems.Where(i => i.Conclusion == minutes.Id).OrderBy(i => i.Ordinal).ToListAsync(ct);
        var document = await PrintAsync(meeting, minutes, invitees, items, ct);
        meeting.Issue(document.Id, document.Number, items.Count > 0, clock.Now);
        minutes.Issue(unsigned ? despite.Trim() : "", actor.Name, clock.Now);
        foreach (var item in items)
        {
            item.Open();
            await duties.OpenAsync(ConsultationsRules.Execute, owedBy: item.Owner, owedTo: meeting.Organ, item.Ref, ct, givenDay: item.DueOn);
        }
        await duties.SupersedeAsync(ConferencesRules.Cosign, meeting.Ref, "纪要已经印发", ct);
        await duties.DischargeAsync(ConferencesRules.Minutes, meeting.Ref, ct);
        foreach (var talk in await db.MeetingTopics.Where(t => t.Meeting == id && t.Consultation != null).Select(t => t.Consultation!.Value).ToListAsync(ct))
            if (await db.Consultations.SingleAsync(c => c.Id == talk, ct) is var consultation && MeetingTalks.Settles(meeting.Kind, consultation)) await talks.SettleAsync(consultation, meeting.Ref, document.Number, ct);
        await ledger.RecordAsync(new Act(id, meeting.Organ, minutes.Id, document.Id, unsigned, [.. items.Select(i => i.Id)]), meeting.OnLedger, ConferencesRules.IssuingOf(meeting.Kind), ct);
        await together.CommitAsync(ct);
        return minutes;
    }

    /// <summary>Everybody has signed, or objected with a reason, or had the time to; over an objection or silence only with a reason.</summary>
    /// <returns>Whether an organ did not sign.</returns>
    private async Task<bool> DemandHeardAsync(Meeting meeting, MeetingMinutes minutes, IReadOnlyList<MeetingInvitee> invitees, string despite, CancellationToken ct)
    {
        var (now, id) = (clock.Now, meeting.Id);
        var signatures = await db.MinutesSignatures.Where(s => s.Minutes == minutes.Id).ToDictionaryAsync(s => s.Organ, s => s.Agreed, ct);
        var unsigned = invitees.Where(i => i.Signs && !signatures.GetValueOrDefault(i.Organ)).Select(i => i.Organ).ToList();
        if (unsigned.Count == 0) return false;
        var names = await db.Organs.Where(o => unsigned.Contains(o.Id)).OrderBy(o => o.Rank).Select(o => new { o.Id, o.ShortName }).ToListAsync(ct);
        var inTime = await db.Duties.Where(d => d.SubjectId == id && d.Rule == ConferencesRules.Cosign.Code && d.ClosedAt == null && (d.DueAt == null || d.DueAt > now)).Select(d => d.OwedBy).ToListAsync(ct);
        if (names.Where(n => inTime.Contains(n.Id)).Select(n => n.ShortName).ToList() is { Count: > 0 } waiting) throw new Refusal("meeting.cosigning", $"{string.Join("、", waiting)}还没有会签,会签期限也没有到。", ConferencesRules.Cooperating);
        if (despite.Trim().Length == 0) throw new InvalidInput("Despite", $"{string.Join("、", names.Select(n => n.ShortName))}没有会签同意,请写明仍予印发的理由。");
        return true;
    }

    private async Task<OfficialDocument> PrintAsync(Meeting meeting, MeetingMinutes minutes, IReadOnlyList<MeetingInvitee> invitees, IReadOnlyList<DecisionItem> items, CancellationToken ct)
    {
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => (o.ShortName, o.Rank), ct);
        string NameOf(Guid organ) => organs.TryGetValue(organ, out var o) ? o.ShortName : "";
        IReadOnlyList<string> Listed(Func<MeetingInvitee, bool> which, bool why = false) =>
            [.. invitees.Where(which).OrderBy(i => organs.TryGetValue(i.Organ, out var o) ? o.Rank : 0).Select(i => $"{NameOf(i.Organ)}{(i.Names.Length > 0 ? " " + i.Names : "")}{(why && i.Note.Length > 0 ? $"({i.Note})" : i.Presence == Presence.Substitute ? "(替会)" : "")}")];
        var attendance = new Attendance(Listed(i => i.Signs), Listed(i => i.Presence is Presence.Leave or Presence.Absent, why: true), Listed(i => i.IsObserver && (i.Presence is Presence.Present or Presence.Substitute)));
        var text = $"""
            {ChineseDates.Full(meeting.StartsAt)},在{meeting.Place}召开{meeting.Title}。{(meeting.DeputyName.Length > 0 ? $"会议由副召集人{meeting.DeputyName}牵头。" : "")}纪要如下:
            {minutes.Text}
            {(items.Count == 0 ? "" : "一、决定事项\n" + string.Join('\n', items.Select(i => $"({Chinese.Count(i.Ordinal)}){i.Text}由{NameOf(i.Owner)}负责{(i.Assisting.Count > 0 ? "," + string.Join("、", i.Assisting.Select(NameOf)) + "协办" : "")}{(i.GroupName.Length > 0 ? $",由{i.GroupName}承办" : "")},责任期限{ChineseDates.Full(i.DueOn)}。")))}
            """;
        var to = invitees.Where(i => i.InvitedAt is not null).OrderBy(i => organs.TryGetValue(i.Organ, out var o) ? o.Rank : 0).Select(i => i.Organ).ToList();
        var document = await draft.RunAsync(new DraftDocument.Input(DocumentKind.Minutes, $"{meeting.Title}纪要", BodyText.Read(text), to, Mark: meeting.Kind.IsOfConference() ? "行政审批服务改革联席会议纪要" : null, Attendance: attendance, About: meeting.Ref), ct);
        await sign.RunAsync(document.Id, ct);
        return await serve.RunAsync(document.Id, new ServeDocument.Input(), ct);
    }
}
