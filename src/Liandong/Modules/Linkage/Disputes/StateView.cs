using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Disputes;

/// <summary>提交意见: a party says who should supervise, and on which ground.</summary>
public sealed class StateView(AppDb db, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Text">What the organ says.</param>
    /// <param name="Basis">法律法规、三定规定或者权责清单的条款.</param>
    /// <param name="Files">Uploads that have come in whole: what the statement encloses.</param>
    public sealed record Input(string Text, string Basis, IReadOnlyList<Guid>? Files = null);

    public sealed record Act(Guid Dispute, Guid Statement, Guid Organ) : IAct { public static string Name => "dispute.stated"; }

    public async Task<DisputeStatement> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DisputeRaise);
        new InputCheck().Filled(input.Text, nameof(input.Text), "意见", 2000).Filled(input.Basis, nameof(input.Basis), "依据", 1000).Throw();
        var dispute = await db.CompetenceDisputes.SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该争议");
        var organ = actor.RequireOrgan();
        if (!actor.IsBureau && !await db.DisputeParties.AnyAsync(p => p.Dispute == id && p.Organ == organ, ct)) throw NotFound.Of("该争议");
        dispute.MustBeOpen();
        var (text, basis) = (input.Text.Trim(), input.Basis.Trim());
        if (await db.DisputeStatements.AnyAsync(s => s.Dispute == id && s.Organ == organ && s.Text == text && s.Basis == basis, ct))
            throw new Refusal("dispute.stated-already", "同样的意见已经提交过;有补充的,请写补充的内容。", LinkageRules.Coordinating, "Text");
        var statement = new DisputeStatement
        {
            District = db.District, Id = clock.NewId(), Dispute = id, Organ = organ, Text = text, Basis = basis, Person = actor.Person, Who = actor.Name, At = clock.Now,
        };
        db.DisputeStatements.Add(statement);
        await attach.AddAsync(DisputeAttachments.KindName, id, dispute.Ref, input.Files ?? [], ct);
        await ledger.RecordAsync(new Act(id, statement.Id, organ), dispute.Ref, LinkageRules.Coordinating, ct);
        return statement;
    }
}
