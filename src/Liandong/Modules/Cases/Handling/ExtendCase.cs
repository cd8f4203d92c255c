using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>延长十日, once, approved by a head of the bureau, with the reason told to the applicant.</summary>
public sealed class ExtendCase(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="ApprovedBy">A person who heads the bureau today; the actor when he is one and names nobody.</param>
    /// <param name="Notice">How the reason was told to the applicant.</param>
    public sealed record Input(int Days, string Reason, Guid? ApprovedBy = null, string Notice = "");

    public sealed record Act(Guid Case, int Days, Guid ApprovedBy) : IAct { static string IAct.Name => "case.extended"; }

    public async Task<Case> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        var extended = await db.TakeAsync(actor, Rights.CaseDecide, id, ct);
        new InputCheck().That(input.Days is >= 1 and <= CasesRules.ExtensionDays, nameof(input.Days), $"可以延长1到{CasesRules.ExtensionDays}个工作日。").Filled(input.Reason, nameof(input.Reason), "延长的理由", 1000)
            .Filled(input.Notice, nameof(input.Notice), "告知申请人的文号或者方式", 200).Throw();
        var approver = input.ApprovedBy ?? actor.Person;
        if (!await Heads(db, clock.Today).AnyAsync(p => p.Id == approver, ct))
            throw new Refusal("case.extension-approval", "延长期限须经本机关负责人批准,请选择批准的负责人。", CasesRules.Deciding, nameof(input.ApprovedBy));
        if (await db.Duties.AnyAsync(d => d.SubjectId == extended.Id && d.Rule == CasesRules.Decide.Code && d.ClosedAt == null, ct) is false) throw new Refusal("case.not-under-way", "该办件没有正在计算的决定期限。", CasesRules.Deciding);
        var duty = await db.Duties.SingleAsync(d => d.SubjectId == extended.Id && d.Rule == CasesRules.Decide.Code && d.ClosedAt == null, ct);
        if (duty.Extensions.Count > 0) throw new Refusal("case.extended-once", "期限已经延长过,不能再次延长。", CasesRules.Deciding);
        await duties.ExtendAsync(CasesRules.Decide, extended.Ref, input.Days, $"{input.Reason.Trim()}(已告知申请人:{input.Notice.Trim()})", CasesRules.Deciding.Clause, approver, ct);
        await ledger.RecordAsync(new Act(extended.Id, input.Days, approver!.Value), extended.Ref, CasesRules.Deciding, ct);
        return extended;
    }

    /// <summary>Who may approve: the heads of the bureau on a day.</summary>
    public static IQueryable<Person> Heads(AppDb db, DateOnly on) =>
        db.People.Where(person => db.Posts.Any(p => p.Person == person.Id && p.Role == Roles.BureauHead && p.From <= on && (p.To == null || p.To >= on)));
}
