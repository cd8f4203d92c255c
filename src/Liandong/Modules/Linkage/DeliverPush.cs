using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Items;
using Liandong.Modules.Supervision;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>
/// Delivers a case of an existing push once more, to another organ or to the same one, as part of the act that the caller records. Call
/// inside <see cref="Ledger.TogetherAsync"/>: a new push takes a number.
/// </summary>
public sealed class DeliverPush(AppDb db, DutyBook duties, NumberBook numbers, PushSteps steps, Clock clock)
{
    /// <summary>
    /// The case goes to another organ. An organ that had a push of this case before gets that very push again: case × organ stays unique.
    /// </summary>
    /// <param name="why">The routing reason that the organ will read.</param>
    /// <param name="ruling">The dispute whose ruling sends it.</param>
    public async Task<Push> ToAsync(Push from, Guid organ, string why, Guid? ruling, CancellationToken ct)
    {
        var had = await db.Pushes.SingleOrDefaultAsync(p => p.Case == from.Case && p.Organ == organ, ct);
        if (had is { State: PushState.Claimed or PushState.Delivered or PushState.Signed } && had.Role == from.Role && ruling is null)
            throw new Refusal("push.organ-has-it", $"该单位已经有同一办件的推送({had.Number},{LinkageWords.Of(had.State)}),不需要改派给它。", LinkageRules.Claiming, "Organ");
        if (had is { State: PushState.Disputed }) throw new Refusal("push.organ-disputes", $"该单位就同一办件的权责争议({had.Number})还没有裁定,请先裁定。", LinkageRules.Coordinating, "Organ");
        if (had is not null)
        {
            // The bureau had still to decide on its return: sending it the case again is the decision.
            if (had.State == PushState.Returned) await duties.SupersedeAsync(LinkageRules.DecideReturn, had.Ref, "同一办件改派到该单位,原退回不再处理", ct);
            await AgainAsync(had, why, from.Role, why, from.Id, ruling, ct);
            return had;
        }
        var number = await numbers.NextAsync(PushNumbers.SeriesOf(await db.DistrictSettings.AsNoTracking().FirstOrDefaultAsync(ct)), clock.Today.Year, ct);
        var push = new Push
        {
            District = db.District, Id = clock.NewId(), Number = number, Case = from.Case, CaseNumber = from.CaseNumber, Item = from.Item, ItemName = from.ItemName, Party = from.Party,
            PartyName = from.PartyName, Kind = from.Kind, Decision = from.Decision, DecidedAt = from.DecidedAt, Division = from.Division, Address = from.Address, Organ = organ, Role = from.Role,
            Routing = why, RoutedFrom = from.Id, ByReroute = true, CreatedAt = clock.Now,
        };
        push.Carry(from.Permit, from.PermitNumber);
        db.Pushes.Add(push);
        var due = await OpenClaimAsync(push, ct);
        push.Deliver(clock.Now, due);
        if (ruling is not null) push.BindBy(ruling.Value);
        steps.Add(push, "delivered", why);
        await DeemSignedAsync(push, ct);
        return push;
    }

    /// <summary>The same organ gets the push again, with a whole claim limit.</summary>
    public async Task AgainAsync(Push push, string note, ResponsibilityKind? role, string? why, Guid? from, Guid? ruling, CancellationToken ct)
    {
        await duties.SupersedeAsync(LinkageRules.ClaimResult, push.Ref, "重新送达", ct);
        if (push.State == PushState.Claimed) await MatterBook.CloseAsync(db, push, ct);
        push.Redeliver(clock.Now, await OpenClaimAsync(push, ct), note, role, why, from, ruling);
        steps.Add(push, "resent", note);
        await DeemSignedAsync(push, ct);
    }

    private async Task<DateTimeOffset?> OpenClaimAsync(Push push, CancellationToken ct)
    {
        var today = clock.Today;
        var line = await db.Responsibilities.AsNoTracking().Where(l => l.Item == push.Item && l.Organ == push.Organ && l.From <= today && (l.To == null || l.To >= today))
            .OrderByDescending(l => l.Kind == ResponsibilityKind.Main).ThenByDescending(l => l.From).FirstOrDefaultAsync(ct);
        var days = line?.ClaimDays ?? await db.Items.AsNoTracking().Where(i => i.Id == push.Item).Select(i => i.ClaimDays).FirstOrDefaultAsync(ct);
        if (push.Section is null && push.Person is null) push.Suggest(line?.Section, line?.Person);
        var bureau = await LinkageOrgans.BureauAsync(db, today, ct);
        var duty = await duties.OpenAsync(LinkageRules.ClaimResult, push.Organ, bureau, push.Ref, ct, count: days, section: push.Section, person: push.Person);
        return duty.DueAt;
    }

    private async Task DeemSignedAsync(Push push, CancellationToken ct)
    {
        var deemed = await db.DistrictSettings.AsNoTracking().Select(s => s.DeemedReceipt).FirstOrDefaultAsync(ct);
        if (deemed && push.Sign(clock.Now)) steps.AddOfPlatform(push, "signed", "推送完成视为签收(本区约定)");
    }
}

/// <summary>The series of disputes and letters, led by the first character of the district's name: 历争〔2026〕n号. Pushes: <see cref="PushNumbers"/>.</summary>
public static class LinkageNumbers
{
    public static string Disputes(DistrictSettings? settings) => Of(settings) + "争";

    public static string Letters(DistrictSettings? settings) => Of(settings) + "审联函";

    private static string Of(DistrictSettings? settings) => settings is { Name.Length: > 0 } ? settings.Name[..1] : "";
}
