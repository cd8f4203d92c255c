using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>签收: the organ has the question. Opening the page is no receipt.</summary>
public sealed class ReadConsultation(AppDb db, ConsultationSteps steps, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Consultation, Guid Organ) : IAct { public static string Name => "consultation.read"; }

    /// <summary>A second receipt is no mistake and leaves no trace.</summary>
    public async Task<Consultation> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultAnswer);
        var consultation = await steps.TakeAsync(id, ct);
        var place = await steps.OwnPlaceAsync(id, ct);
        if (!place.Read(actor.Name, clock.Now)) return consultation;
        if (consultation.Letter is { } letter && await db.DocumentServices.SingleOrDefaultAsync(s => s.Document == letter && s.Organ == place.Organ, ct) is { } service) service.Read(actor.Name, clock.Now);
        await ledger.RecordAsync(new Act(id, place.Organ), consultation.OnLedger, ConsultationSteps.ArticleOf(consultation), ct);
        return consultation;
    }
}

/// <summary>提出意见 of the actor's organ: on the platform, or by an official letter that brings it when it is served.</summary>
public sealed class GiveView(AppDb db, ConsultationSteps steps, DraftDocument draft, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Grounds">Required unless the organ agrees or has no view.</param>
    /// <param name="Conditions">Required for a conditional agreement.</param>
    /// <param name="ByLetter">Drafts the answering letter; the view counts when that is served.</param>
    public sealed record Input(Stance Stance, string Grounds = "", string Conditions = "", bool ByLetter = false, IReadOnlyList<Guid>? Files = null);

    public sealed record Act(Guid Consultation, Guid Organ, Guid View, Stance Stance, ViewChannel Channel) : IAct { public static string Name => "consultation.view-given"; }

    /// <summary>Inside the organ until the letter is served.</summary>
    public sealed record ReplyDrafted(Guid Consultation, Guid Organ, Guid View, Guid Document) : IAct { public static string Name => "consultation.reply-drafted"; }

    public async Task<ConsultationView> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultAnswer);
        Check(input.Stance, input.Grounds, input.Conditions).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var consultation = await steps.TakeAsync(id, ct);
        var place = await steps.OwnPlaceAsync(id, ct);
        consultation.MustTakeViews();
        var reply = input.ByLetter ? await ReplyAsync(consultation, input, ct) : null;
        var view = new ConsultationView
        {
            District = db.District, Id = clock.NewId(), Consultation = id, Organ = place.Organ, Stance = input.Stance, Grounds = input.Grounds.Trim(), Conditions = input.Stance == Stance.Conditional ? input.Conditions.Trim() : "",
            Channel = reply is null ? ViewChannel.Platform : ViewChannel.Letter, Reply = reply?.Id, Person = actor.Person, Who = actor.Name, At = clock.Now,
        };
        db.ConsultationViews.Add(view);
        if (reply is null) await steps.TakeEffectAsync(consultation, view, ct);
        await attach.AddAsync(ConsultationAttachments.KindName, id, consultation.OnLedger, input.Files ?? [], ct);
        if (reply is null) await ledger.RecordAsync(new Act(id, place.Organ, view.Id, view.Stance, view.Channel), consultation.OnLedger, ConsultationSteps.ArticleOf(consultation), ct);
        else await ledger.RecordAsync(new ReplyDrafted(id, place.Organ, view.Id, reply.Id), reply.OnLedger, ConsultationSteps.ArticleOf(consultation), ct);
        await together.CommitAsync(ct);
        return view;
    }

    /// <summary>What every view needs, however it comes.</summary>
    internal static InputCheck Check(Stance stance, string grounds, string conditions) => new InputCheck()
        .That(stance != Stance.InLetter && Enum.IsDefined(stance), "Stance", "请选择意见。")
        .NotLonger(grounds, "Grounds", "理由", 4000).NotLonger(conditions, "Conditions", "条件", 2000)
        .That(stance is Stance.Agree or Stance.NoView || grounds.Trim().Length > 0, "Grounds", "请写明理由。")
        .That(stance != Stance.Conditional || conditions.Trim().Length > 0, "Conditions", "有条件同意的,请写明条件。");

    private Task<OfficialDocument> ReplyAsync(Consultation c, Input input, CancellationToken ct)
    {
        var text = $"""
            {(c.Letter is null ? "" : "来函收悉。")}关于{c.Title},经研究,函复如下:
            一、意见
            {ConsultationsWords.Of(input.Stance)}。
            {(input.Stance == Stance.Conditional ? input.Conditions.Trim() : "")}
            {(input.Grounds.Trim().Length > 0 ? "二、理由\n" + input.Grounds.Trim() : "")}
            """;
        return draft.RunAsync(new DraftDocument.Input(DocumentKind.Letter, $"关于{c.Title}的复函", BodyText.Read(text), [c.StartedBy], About: c.Ref, InReplyTo: c.Letter), ct);
    }
}

/// <summary>登记意见 that an organ gave by telephone, with a witness, or on paper: the asker writes it down, and it is marked so.</summary>
public sealed class RecordView(AppDb db, ConsultationSteps steps, RegisterPaper register, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Channel"><see cref="ViewChannel.Phone"/> or <see cref="ViewChannel.Letter"/>.</param>
    /// <param name="GivenOn">The day of the call, or on which the paper came.</param>
    /// <param name="Speaker">Who spoke for the organ; for a call.</param>
    /// <param name="Witness">Who heard the call besides the actor.</param>
    /// <param name="PaperNumber">来文字号; the paper is registered among the incoming ones.</param>
    public sealed record Input(Guid Organ, Stance Stance, ViewChannel Channel, DateOnly GivenOn, string Grounds = "", string Conditions = "", string Speaker = "", string Witness = "", string PaperNumber = "", DateOnly? PaperDate = null);

    public sealed record Act(Guid Consultation, Guid Organ, Guid Of, Guid View, Stance Stance, ViewChannel Channel) : IAct { public static string Name => "consultation.view-recorded"; }

    public async Task<ConsultationView> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        var phone = input.Channel == ViewChannel.Phone;
        GiveView.Check(input.Stance, input.Grounds, input.Conditions)
            .That(input.Channel is ViewChannel.Phone or ViewChannel.Letter, "Channel", "请选择电话或者书面。")
            .That(input.GivenOn <= clock.Today, "GivenOn", "日期不能晚于今天。")
            .That(!phone || input.Speaker.Trim().Length > 0, "Speaker", "请填写对方由谁答复。").NotLonger(input.Speaker, "Speaker", "对方答复人", 60)
            .That(!phone || input.Witness.Trim().Length > 0, "Witness", "电话答复应当有见证人在场,请填写见证人。").NotLonger(input.Witness, "Witness", "见证人", 60)
            .That(!phone || input.Witness.Trim() != actor.Name, "Witness", "见证人应是登记人以外的同志。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var consultation = await steps.TakeOwnAsync(id, ct);
        consultation.MustTakeViews();
        var place = await db.ConsultedOrgans.SingleOrDefaultAsync(o => o.Consultation == id && o.Organ == input.Organ && o.AskedAt != null, ct) ?? throw new InvalidInput("Organ", "没有征求这个单位的意见。");
        if (place.AskedAt is { } asked && input.GivenOn < Kernel.Calendar.Beijing.DayOf(asked)) throw new InvalidInput("GivenOn", "日期不能早于送出征求意见之日。");
        var paper = phone ? null : await PaperAsync(consultation, input, ct);
        var view = new ConsultationView
        {
            District = db.District, Id = clock.NewId(), Consultation = id, Organ = place.Organ, Stance = input.Stance, Grounds = input.Grounds.Trim(), Conditions = input.Stance == Stance.Conditional ? input.Conditions.Trim() : "",
            Channel = input.Channel, Paper = paper?.Id, Speaker = phone ? input.Speaker.Trim() : "", Witness = phone ? input.Witness.Trim() : "", GivenOn = input.GivenOn, RecordedByAsker = true, Person = actor.Person, Who = actor.Name, At = clock.Now,
        };
        db.ConsultationViews.Add(view);
        await steps.TakeEffectAsync(consultation, view, ct, paper?.OriginalNumber ?? "");
        await ledger.RecordAsync(new Act(id, consultation.StartedBy, place.Organ, view.Id, view.Stance, view.Channel), consultation.OnLedger, ConsultationSteps.ArticleOf(consultation), ct);
        await together.CommitAsync(ct);
        return view;
    }

    private async Task<IncomingPaper> PaperAsync(Consultation c, Input input, CancellationToken ct)
    {
        var from = await db.Organs.AsNoTracking().Where(o => o.Id == input.Organ).Select(o => o.Name).SingleAsync(ct);
        return await register.RunAsync(new RegisterPaper.Input(from, input.PaperNumber, input.PaperDate ?? input.GivenOn, $"关于{c.Title}的复函", input.GivenOn, ConsultationsWords.Of(input.Stance), FromOrgan: input.Organ, About: c.Ref), ct);
    }
}
