using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>What supervision findings mean for a party's further applications: shown on its page, and a warning where a new case of it is entered.</summary>
public static class PartyEffects
{
    /// <param name="Until">Last day; null where it stands until it is lifted.</param>
    public sealed record Active(Guid Feedback, string FeedbackNumber, ApprovalEffect Effect, string Reason, DateOnly? Until, DateTimeOffset Since, Guid Organ, string OrganName, Guid Push, string Summary)
    {
        /// <summary>暂停受理: a new case of this party is not to be accepted for now.</summary>
        public bool StopsAcceptance => Effect == ApprovalEffect.Suspended;

        /// <summary>One sentence for a warning.</summary>
        public string InWords => $"{Effect.InWords()}:{Reason}({OrganName}回告,{FeedbackNumber}{(Until is { } until ? $",至{until:yyyy-MM-dd}" : "")})";
    }

    /// <summary>The effects in force on a day, the gravest first. The bureau's own decisions: the caller has authorised the reader.</summary>
    public static async Task<IReadOnlyList<Active>> OfAsync(AppDb db, Guid party, DateOnly today, CancellationToken ct)
    {
        var rows = await db.Feedbacks.AsNoTracking()
            .Where(f => f.Party == party && f.Effect != null && f.Effect != ApprovalEffect.None && f.EffectLiftedAt == null && (f.EffectUntil == null || f.EffectUntil >= today))
            .Join(db.Organs, f => f.Organ, o => o.Id, (f, o) => new Active(f.Id, f.Number, f.Effect!.Value, f.EffectReason, f.EffectUntil, f.AcknowledgedAt!.Value, f.Organ, o.ShortName, f.Push, f.Summary))
            .ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.StopsAcceptance).ThenByDescending(r => r.Since)];
    }
}
