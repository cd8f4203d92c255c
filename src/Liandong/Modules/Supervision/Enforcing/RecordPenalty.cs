using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>登记处罚决定,随即回告审批局;吊销许可证件的,同时请审批局办理注销(附件2 二(四),行政许可法 第七十条)。</summary>
public sealed class RecordPenalty(AppDb db, DutyBook duties, DeliverFeedback deliver, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Fine">罚款 in yuan, at most two decimals.</param>
    /// <param name="Confiscated">没收价额 in yuan.</param>
    /// <param name="Permit">The permit that is suspended, lowered or revoked; the push's own when omitted.</param>
    /// <param name="Files">Uploads that have come in whole: the decision, the receipt of its service.</param>
    public sealed record Input(Guid Enforcement, string Number, DateOnly DecidedOn, IReadOnlyList<PenaltyKind> Kinds, string Facts, string Basis, IReadOnlyList<OfficerInput> Officers,
        decimal Fine = 0, decimal Confiscated = 0, Guid? Permit = null, Publicity Publicity = Publicity.External, IReadOnlyList<Guid>? Files = null);

    public sealed record Act(Guid Penalty, Guid Enforcement, Guid Push, IReadOnlyList<PenaltyKind> Kinds, DateOnly DecidedOn, long FineFen, Guid? Permit) : IAct { static string IAct.Name => "enforcement.penalised"; }

    public sealed record CancellationAct(Guid Permit, Guid Penalty) : IAct { static string IAct.Name => "permit.cancellation-due"; }

    public async Task<Penalty> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.EnforcementRecord);
        var enforcement = await SupervisionAccess.EnforcedAsync(db, actor, input.Enforcement, ct);
        var push = await db.Pushes.AsNoTracking().SingleAsync(p => p.Id == enforcement.Push, ct);
        var check = await db.Checks.AsNoTracking().SingleAsync(c => c.Id == enforcement.Check, ct);
        CheckShape(input, check.On);
        var kinds = input.Kinds.Distinct().Order().ToList();
        var permit = kinds.Any(Penalty.TouchPermit.Contains) ? await PermitAsync(input.Permit ?? push.Permit, push, ct) : null;
        Penalty.MustFit(kinds, Fen(input.Fine), Fen(input.Confiscated), permit?.Id);
        var officers = CheckOfficer.Verified(await Officers.ResolveAsync(db, actor, input.Officers, ct));
        if (await db.Penalties.AnyAsync(p => p.Organ == enforcement.To && p.Number == input.Number.Trim(), ct))
            throw new Refusal("penalty.number-taken", "该文号的处罚决定已经登记过。", field: nameof(input.Number));
        enforcement.Penalise();
        var penalty = new Penalty
        {
            District = db.District, Id = clock.NewId(), Enforcement = enforcement.Id, Push = push.Id, Party = push.Party, Organ = enforcement.To, Number = input.Number.Trim(), DecidedOn = input.DecidedOn,
            Kinds = kinds, Facts = input.Facts.Trim(), Basis = input.Basis.Trim(), FineFen = Fen(input.Fine), ConfiscatedFen = Fen(input.Confiscated), Permit = permit?.Id, PermitNumber = permit?.Number ?? "",
            Publicity = input.Publicity, Officers = officers, RecordedAt = clock.Now, RecordedBy = actor.Person,
        };
        db.Penalties.Add(penalty);
        var matter = await SupervisionAccess.MatterAsync(db, push, ct);
        matter.Penalised();
        ledger.WithNumber(penalty.Entered);
        if (penalty.RevokesPermit) await AskForCancellationAsync(penalty, permit!, ct);
        await deliver.AddAsync(push, matter, FeedbackKind.Penalty, penalty.Id, penalty.DecidedOn, Summary(penalty), true, ct, permit?.Id, penalty.RevokesPermit);
        await attach.AddAsync(PenaltyAttachments.KindName, penalty.Id, push.Ref, input.Files ?? [], ct);
        await ledger.RecordAsync(new Act(penalty.Id, enforcement.Id, push.Id, kinds, penalty.DecidedOn, penalty.FineFen, penalty.Permit), push.Ref, SupervisionRules.KindsOfPenalty, ct);
        return penalty;
    }

    public static string Summary(Penalty penalty) => $"行政处罚({penalty.DecidedOn:yyyy-MM-dd},{penalty.Number}):{string.Join("、", penalty.Kinds.Select(k => k.InWords()))}"
        + (penalty.FineFen > 0 ? $" {penalty.FineFen / 100m:0.00}元" : "") + (penalty.TouchesPermit ? $",许可证{penalty.PermitNumber}" : "");

    private async Task AskForCancellationAsync(Penalty penalty, Permit permit, CancellationToken ct)
    {
        var about = permit.Ref;
        if (await db.Duties.AnyAsync(d => d.Rule == SupervisionRules.CancelPermit.Code && d.SubjectId == permit.Id && d.ClosedAt == null, ct)) return;
        var bureau = await deliver.BureauAsync(ct);
        await duties.OpenAsync(SupervisionRules.CancelPermit, owedBy: bureau, owedTo: penalty.Organ, about, ct);
        ledger.Note(new CancellationAct(permit.Id, penalty.Id), about, SupervisionRules.CancellingRevoked);
    }

    /// <summary>A permit of the party that was pushed to the supervising organ: nobody revokes what is not in this matter's reach.</summary>
    private async Task<Permit?> PermitAsync(Guid? id, Push push, CancellationToken ct) => id is not { } permit ? null
        : await db.Permits.SingleOrDefaultAsync(p => p.Id == permit && p.Party == push.Party && db.Pushes.Any(other => other.Permit == p.Id && other.Organ == push.Organ), ct)
            ?? throw new InvalidInput(nameof(Input.Permit), "请选择本单位监管的、该相对人的许可。");

    private void CheckShape(Input input, DateOnly checkedOn) => new InputCheck()
        .Filled(input.Number, nameof(input.Number), "处罚决定书文号", 80)
        .Filled(input.Facts, nameof(input.Facts), "违法事实", 2000)
        .Filled(input.Basis, nameof(input.Basis), "处罚依据", 1000)
        .That(input.Kinds.Count > 0, nameof(input.Kinds), "请选择处罚种类。")
        .That(input.DecidedOn <= clock.Today, nameof(input.DecidedOn), "处罚决定日期不能晚于今天。")
        .That(input.DecidedOn >= checkedOn, nameof(input.DecidedOn), $"处罚决定日期不能早于检查日期({checkedOn:yyyy-MM-dd})。")
        .That(IsAmount(input.Fine), nameof(input.Fine), "罚款金额应是不超过两位小数的正数。")
        .That(IsAmount(input.Confiscated), nameof(input.Confiscated), "没收金额应是不超过两位小数的正数。")
        .Throw();

    private static bool IsAmount(decimal yuan) => yuan is >= 0 and < 1_000_000_000_000m && decimal.Round(yuan, 2) == yuan;

    private static long Fen(decimal yuan) => (long)(yuan * 100);
}
