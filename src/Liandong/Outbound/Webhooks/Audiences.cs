using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Outbound;

/// <summary>Who is party to an act, read from what its body names.</summary>
public enum Party
{
    /// <summary>The approval bureau: it sees both sides of every matter.</summary>
    Bureau,

    /// <summary>The addressee of the push that the body names.</summary>
    PushOrgan,

    /// <summary>The supervising and the enforcing organ of the enforcement case that the body names.</summary>
    EnforcementOrgans,

    /// <summary>The organ that the body names as <c>organ</c>.</summary>
    NamedOrgan,

    /// <summary>Debtor and creditor of the duty that the body names.</summary>
    DutyOrgans,

    /// <summary>Every organ whose push concerns the permit that the body names.</summary>
    PermitOrgans,

    /// <summary>The offices that rule disputes.</summary>
    ConferenceOffice,

    /// <summary>The organs between which the competence is disputed.</summary>
    DisputeOrgans,

    /// <summary>The organ that issues the document that the body names, and those that have it before them to issue it jointly.</summary>
    DocumentIssuers,

    /// <summary>The organs to which the document that the body names was served.</summary>
    DocumentAddressees,

    /// <summary>The organ that started the consultation that the body names, and those that have been asked.</summary>
    ConsultationOrgans,

    /// <summary>The proposer of the topic that the body names and the organ that weighs it.</summary>
    TopicOrgans,

    /// <summary>The organ that convenes the meeting that the body names, and those that are invited by now.</summary>
    MeetingOrgans,

    /// <summary>Registers that everybody in the district may read.</summary>
    Everyone,

    /// <summary>Only the subscription that the act is about.</summary>
    ThisSubscription,
}

/// <summary>
/// Which act is told to whom: the parties of the matter, and of them only clients whose scopes carry the right to read it. An act without a
/// line here is told to nobody; a test wants a line for each.
/// </summary>
public static class Audiences
{
    public sealed record Line(string Act, string Right, params Party[] Parties);

    /// <summary>The first line that matches: an act's whole name, or a prefix that ends with a dot.</summary>
    public static readonly IReadOnlyList<Line> Table =
    [
        new("case.", Rights.CaseView, Party.Bureau),
        new("permit.", Rights.CaseView, Party.Bureau, Party.PermitOrgans),
        new("push.unrouted", Rights.PushView, Party.Bureau),
        new("push.", Rights.PushView, Party.Bureau, Party.PushOrgan),
        new("dispute.", Rights.PushView, Party.Bureau, Party.ConferenceOffice, Party.PushOrgan, Party.DisputeOrgans),
        new("letter.", Rights.PushView, Party.Bureau, Party.NamedOrgan),
        new("supervision.exported", ""), new("feedback.exported", ""),
        new("supervision.handed-over", Rights.SupervisionView, Party.Bureau, Party.PushOrgan, Party.EnforcementOrgans),
        new("supervision.", Rights.SupervisionView, Party.Bureau, Party.PushOrgan),
        new("enforcement.", Rights.SupervisionView, Party.Bureau, Party.PushOrgan, Party.EnforcementOrgans),
        new("feedback.", Rights.SupervisionView, Party.Bureau, Party.PushOrgan),
        // Inside the organs that issue it until a document is served; an answer is for them and the one that answers.
        new("document.served", Rights.DocumentView, Party.NamedOrgan, Party.DocumentIssuers, Party.DocumentAddressees),
        new("document.read", Rights.DocumentView, Party.NamedOrgan, Party.DocumentIssuers),
        new("document.answered", Rights.DocumentView, Party.NamedOrgan, Party.DocumentIssuers),
        new("document.sent-for-countersign", Rights.DocumentView, Party.NamedOrgan, Party.DocumentIssuers),
        new("document.countersigned", Rights.DocumentView, Party.NamedOrgan, Party.DocumentIssuers),
        new("document.signed", Rights.DocumentView, Party.NamedOrgan, Party.DocumentIssuers),
        new("document.sealed", Rights.DocumentView, Party.NamedOrgan, Party.DocumentIssuers),
        new("document.", Rights.DocumentView, Party.NamedOrgan),
        new("paper.", Rights.DocumentView, Party.NamedOrgan),
        // A letter that is not served yet is the starter's own.
        new("consultation.started", Rights.ConsultView, Party.NamedOrgan),
        new("consultation.letter-drafted", Rights.ConsultView, Party.NamedOrgan),
        new("consultation.minutes-drafted", Rights.ConsultView, Party.NamedOrgan),
        new("consultation.reply-drafted", Rights.ConsultView, Party.NamedOrgan),
        new("consultation.", Rights.ConsultView, Party.ConsultationOrgans),
        new("decision.", Rights.ConsultView, Party.ConsultationOrgans, Party.MeetingOrgans),
        // What is prepared, asked and drafted is the convening organ's own; the rest is told to those that are invited.
        new("meeting.prepared", Rights.MeetingView, Party.NamedOrgan),
        new("meeting.changed", Rights.MeetingView, Party.NamedOrgan),
        new("meeting.asked", Rights.MeetingView, Party.NamedOrgan),
        new("meeting.approved", Rights.MeetingView, Party.NamedOrgan),
        new("meeting.notice-drafted", Rights.MeetingView, Party.NamedOrgan),
        new("meeting.", Rights.MeetingView, Party.NamedOrgan, Party.MeetingOrgans),
        new("topic.", Rights.MeetingView, Party.NamedOrgan, Party.TopicOrgans),
        // Between the organ that owes a step, or whose person joins, and the office.
        new("group-step.", Rights.MeetingView, Party.NamedOrgan, Party.ConferenceOffice),
        new("group-member.", Rights.MeetingView, Party.NamedOrgan, Party.ConferenceOffice),
        new("freeze.requested", Rights.ConsultView, Party.NamedOrgan),
        new("freeze.", Rights.ConsultView, Party.NamedOrgan, Party.Bureau),
        new("circular.", Rights.ConsultView, Party.NamedOrgan),
        new("policy.letter-drafted", Rights.PolicyView, Party.NamedOrgan),
        new("policy.", Rights.PolicyView, Party.Bureau, Party.NamedOrgan),
        new("assistance.", Rights.AssistView, Party.Bureau, Party.NamedOrgan),
        new("duty.", Rights.DeskUse, Party.DutyOrgans),
        // Registers that everybody in the district may read.
        new("item.", Rights.ItemView, Party.Everyone),
        new("items.imported", Rights.ItemView, Party.Everyone),
        new("responsibility.", Rights.ItemView, Party.Everyone),
        new("register.", Rights.ItemView, Party.Everyone),
        new("memorandum.", Rights.ItemView, Party.Bureau, Party.NamedOrgan),
        new("organ.", Rights.DirectoryView, Party.Everyone),
        new("liaison.", Rights.DirectoryView, Party.Everyone),
        // The conference's roster is part of the published notice (附件1 一).
        new("seat.", Rights.DirectoryView, Party.Everyone),
        new("working-group.", Rights.DirectoryView, Party.Everyone),
        new("section.", Rights.DirectoryView, Party.Bureau, Party.NamedOrgan),
        new("post.", Rights.DirectoryView, Party.Bureau, Party.NamedOrgan),
        new("webhook.tested", "", Party.ThisSubscription),
        // People, accounts, machines, settings, downloads and the platform's own affairs are told to no machine.
        new("person.", ""), new("absence.", ""), new("session.", ""), new("account.", ""), new("first-administrator.", ""), new("client.", ""), new("webhook.", ""), new("security-policy.", ""),
        new("settings.", ""), new("reminder.", ""), new("limit.", ""), new("calendar.", ""), new("attachment.", ""), new("ledger.", ""), new("items.exported", ""), new("consultations.exported", ""), new("policies.exported", ""), new("assistance-requests.exported", ""), new("meetings.exported", ""), new("minutes.compiled", ""), new("feed.", ""), new("pushes.exported", ""), new("reconciliation.exported", ""), new("directory.", ""),
    ];

    public static Line? LineOf(string act) => Table.FirstOrDefault(l => l.Act == act || l.Act.EndsWith('.') && act.StartsWith(l.Act, StringComparison.Ordinal));

    /// <summary>The organs that are party to each of these acts, looked up for the whole batch at once. Null: everyone.</summary>
    public static async Task<IReadOnlyDictionary<long, IReadOnlySet<Guid>?>> OrgansOfAsync(AppDb db, IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        var named = entries.Select(e => (e.Number, Line: LineOf(e.Act), Body: Named.In(e))).Where(x => x.Line is { Parties.Length: > 0 }).ToList();
        var pushes = Ids(Party.PushOrgan, n => n.Push);
        var enforcements = Ids(Party.EnforcementOrgans, n => n.Enforcement);
        var duties = Ids(Party.DutyOrgans, n => n.Duty);
        var permits = Ids(Party.PermitOrgans, n => n.Permit);
        var disputes = Ids(Party.DisputeOrgans, n => n.Dispute);
        var organOfPush = await db.Pushes.AsNoTracking().Where(p => EF.Parameter(pushes).Contains(p.Id)).Select(p => new { p.Id, p.Organ }).ToDictionaryAsync(p => p.Id, p => p.Organ, ct);
        var ofEnforcement = await db.Enforcements.AsNoTracking().Where(e => EF.Parameter(enforcements).Contains(e.Id)).Select(e => new { e.Id, e.Organ, e.To }).ToDictionaryAsync(e => e.Id, e => new[] { e.Organ, e.To }, ct);
        var ofDuty = await db.Duties.AsNoTracking().Where(d => EF.Parameter(duties).Contains(d.Id)).Select(d => new { d.Id, d.OwedBy, d.OwedTo }).ToListAsync(ct);
        var ofPermit = (await db.Pushes.AsNoTracking().Where(p => p.Permit != null && EF.Parameter(permits).Contains(p.Permit.Value)).Select(p => new { Permit = p.Permit!.Value, p.Organ }).ToListAsync(ct)).ToLookup(p => p.Permit, p => p.Organ);
        var ofDispute = disputes.Length == 0 ? null : (await DisputeOrgansAsync(db, disputes, ct)).ToLookup(d => d.Dispute, d => d.Organ);
        var issued = Ids(Party.DocumentIssuers, n => n.Document);
        var served = Ids(Party.DocumentAddressees, n => n.Document);
        var issuers = issued.Length == 0 ? null : (await db.OfficialDocuments.AsNoTracking().Where(d => EF.Parameter(issued).Contains(d.Id)).Select(d => new { Document = d.Id, d.Organ })
            .Concat(db.DocumentIssuers.AsNoTracking().Where(i => EF.Parameter(issued).Contains(i.Document) && i.AskedAt != null).Select(i => new { i.Document, i.Organ })).ToListAsync(ct)).ToLookup(d => d.Document, d => d.Organ);
        var addressees = served.Length == 0 ? null : (await db.DocumentServices.AsNoTracking().Where(s => EF.Parameter(served).Contains(s.Document)).Select(s => new { s.Document, s.Organ }).ToListAsync(ct)).ToLookup(s => s.Document, s => s.Organ);
        var consultations = Ids(Party.ConsultationOrgans, n => n.Consultation);
        var ofConsultation = consultations.Length == 0 ? null : (await db.Consultations.AsNoTracking().Where(c => EF.Parameter(consultations).Contains(c.Id)).Select(c => new { Consultation = c.Id, Organ = c.StartedBy })
            .Concat(db.ConsultedOrgans.AsNoTracking().Where(o => EF.Parameter(consultations).Contains(o.Consultation) && o.AskedAt != null).Select(o => new { o.Consultation, o.Organ })).ToListAsync(ct)).ToLookup(o => o.Consultation, o => o.Organ);
        var meetings = Ids(Party.MeetingOrgans, n => n.Meeting);
        var ofMeeting = meetings.Length == 0 ? null : (await db.Meetings.AsNoTracking().Where(m => EF.Parameter(meetings).Contains(m.Id)).Select(m => new { Meeting = m.Id, m.Organ })
            .Concat(db.MeetingInvitees.AsNoTracking().Where(i => EF.Parameter(meetings).Contains(i.Meeting) && i.InvitedAt != null).Select(i => new { i.Meeting, i.Organ })).ToListAsync(ct)).ToLookup(m => m.Meeting, m => m.Organ);
        var topics = Ids(Party.TopicOrgans, n => n.Topic);
        var ofTopic = topics.Length == 0 ? [] : await db.MeetingTopics.AsNoTracking().Where(t => EF.Parameter(topics).Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => new[] { t.ProposedBy, t.To }, ct);
        var offices = await db.Organs.AsNoTracking().Where(o => o.Kind == OrganKind.Bureau || o.Kind == OrganKind.ConferenceOffice).Select(o => new { o.Id, o.Kind }).ToListAsync(ct);

        return named.ToDictionary(x => x.Number, x => x.Line!.Parties.Contains(Party.Everyone) ? null : (IReadOnlySet<Guid>?)x.Line.Parties.SelectMany(party => party switch
        {
            Party.Bureau => offices.Where(o => o.Kind == OrganKind.Bureau).Select(o => o.Id),
            Party.ConferenceOffice => offices.Where(o => o.Kind == OrganKind.ConferenceOffice).Select(o => o.Id),
            Party.PushOrgan => x.Body.Push is { } push && organOfPush.TryGetValue(push, out var organ) ? [organ] : [],
            Party.EnforcementOrgans => x.Body.Enforcement is { } enforcement && ofEnforcement.TryGetValue(enforcement, out var two) ? two : [],
            Party.DutyOrgans => ofDuty.Where(d => d.Id == x.Body.Duty).SelectMany(d => new[] { (Guid?)d.OwedBy, d.OwedTo }).OfType<Guid>(),
            Party.PermitOrgans => x.Body.Permit is { } permit ? ofPermit[permit] : [],
            Party.DisputeOrgans => x.Body.Dispute is { } dispute && ofDispute is not null ? ofDispute[dispute] : [],
            Party.DocumentIssuers => x.Body.Document is { } document && issuers is not null ? issuers[document] : [],
            Party.DocumentAddressees => x.Body.Document is { } letter && addressees is not null ? addressees[letter] : [],
            Party.ConsultationOrgans => x.Body.Consultation is { } consultation && ofConsultation is not null ? ofConsultation[consultation] : [],
            Party.MeetingOrgans => x.Body.Meeting is { } meeting && ofMeeting is not null ? ofMeeting[meeting] : [],
            Party.TopicOrgans => x.Body.Topic is { } topic && ofTopic.TryGetValue(topic, out var proposers) ? proposers : [],
            Party.NamedOrgan => x.Body.Organ is { } one ? [one] : [],
            _ => [],
        }).ToHashSet());

        Guid[] Ids(Party party, Func<Named, Guid?> id) => [.. named.Where(x => x.Line!.Parties.Contains(party)).Select(x => id(x.Body)).OfType<Guid>().Distinct()];
    }

    /// <summary>The parties stand in the act that opened the dispute.</summary>
    private static async Task<List<(Guid Dispute, Guid Organ)>> DisputeOrgansAsync(AppDb db, Guid[] disputes, CancellationToken ct)
    {
        var openings = await db.LedgerEntries.AsNoTracking().Where(e => EF.Parameter(disputes).Contains(e.SubjectId) && e.Act == "dispute.opened").Select(e => new { e.SubjectId, e.Body }).ToListAsync(ct);
        return [.. openings.SelectMany(o => JsonDocument.Parse(o.Body).RootElement is var body && body.TryGetProperty("parties", out var parties)
            ? parties.EnumerateArray().Select(organ => (o.SubjectId, organ.GetGuid())) : [])];
    }

    /// <summary>The ids that an act's body names; the subject stands in where the body has none of its kind.</summary>
    private sealed record Named(Guid? Push, Guid? Enforcement, Guid? Duty, Guid? Permit, Guid? Organ, Guid? Dispute, Guid? Document, Guid? Consultation, Guid? Meeting, Guid? Topic)
    {
        public static Named In(LedgerEntry entry)
        {
            using var body = JsonDocument.Parse(entry.Body);
            return new(Of("push"), Of("enforcement"), Of("duty"), Of("permit"), Of("organ"), Of("dispute"), Of("document"), Of("consultation"), Of("meeting"), Of("topic"));

            Guid? Of(string name) => body.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) ? id
                : entry.SubjectKind == name ? entry.SubjectId : null;
        }
    }
}
