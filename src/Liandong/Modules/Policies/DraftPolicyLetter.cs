using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Policies;

/// <summary>起草函告: the official letter to the bureau, with what changes, from when and which items. The change is notified when it is served (<see cref="PolicyLetters"/>).</summary>
public sealed class DraftPolicyLetter(AppDb db, PolicySteps steps, DraftDocument draft, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Policy, Guid Organ, Guid Document) : IAct { public static string Name => "policy.letter-drafted"; }

    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.PolicyNotify);
        await using var together = await ledger.TogetherAsync(ct);
        var policy = await steps.TakeOwnAsync(id, ct);
        var items = await db.TouchedItems.AsNoTracking().Where(t => t.Policy == id).Join(db.Items, t => t.Item, i => i.Id, (_, i) => new { i.Code, i.Name }).OrderBy(i => i.Code).ToListAsync(ct);
        policy.MustBeReady(items.Count);
        if (await steps.OpenLetterAsync(policy, ct) is not null) throw new Refusal("policy.letter-drafted", "函告的公函已经起草,请在原稿上修改。", PoliciesRules.ArticleOf(policy.Kind));
        List<Block> body = [.. BodyText.Read(TextOf(policy))];
        if (items.Count > 0)
        {
            var place = body.FindLastIndex(b => b is Heading);
            body.InsertRange(place, [new Heading(1, "涉及的事项"), new Table(["事项", "编码"], [.. items.Select(i => (IReadOnlyList<string>)[i.Name, i.Code])])]);
        }
        var letter = await draft.RunAsync(new DraftDocument.Input(DocumentKind.Letter, TitleOf(policy), body, [policy.Bureau], About: policy.Ref), ct);
        policy.Write(letter.Id);
        await ledger.RecordAsync(new Act(id, policy.Organ, letter.Id), policy.OnLedger, PoliciesRules.ArticleOf(policy.Kind), ct);
        await together.CommitAsync(ct);
        return letter;
    }

    private static string TitleOf(PolicyChange policy)
    {
        var title = policy.Title.Length > 80 ? policy.Title[..80] + "…" : policy.Title;
        return policy.Kind switch
        {
            PolicyKind.Meeting or PolicyKind.Training => $"关于通知参加{title}的函",
            PolicyKind.Report => $"关于商请协助{title}的函",
            _ => $"关于函告{title}有关调整情况的函",
        };
    }

    /// <summary>Its last heading says what the bureau is asked for; the items stand before it.</summary>
    private static string TextOf(PolicyChange p)
    {
        var named = p.Title + (p.DocumentNumber.Length > 0 ? $"({p.DocumentNumber})" : "");
        var by = p.IssuedBy.Length > 0 ? $"由{p.IssuedBy}" : "";
        var text = p.Text.Length > 0 ? p.Text : p.Link;
        if (!p.TouchesItems)
            return p.Kind == PolicyKind.Report ? $"""
                {named}应于{ChineseDates.Full(p.EffectiveOn)}前{(by.Length > 0 ? $"向{p.IssuedBy}" : "")}报送,由我单位牵头负责对上沟通协调。现将有关情况函告如下:
                一、报送的内容
                {text}
                二、请予协助
                请提供所涉行政审批的有关情况,并将协助的安排函复我单位。
                """ : $"""
                {by}{(by.Length > 0 ? "组织的" : "")}{named}定于{ChineseDates.Full(p.EffectiveOn)}举办,与行政审批业务相关。现将有关事项通知如下:
                一、内容
                {text}
                二、请予参加
                请派员参加,并将参加人员函复我单位。
                """;
        string Part(string label, string what) => what.Length > 0 ? $"{label}:{what}\n" : "";
        var changes = Part("审批条件", p.Conditions) + Part("申请材料", p.Materials) + Part("办理时限", p.Limits);
        return $"""
            {named}{by}{(by.Length > 0 ? "作出" : "有")}调整,涉及你局实施的行政审批。现将有关情况函告如下:
            一、调整的内容
            {(changes.Length > 0 ? changes : text)}
            二、施行日期
            自{ChineseDates.Full(p.EffectiveOn)}起施行。
            三、请予落实
            请据此调整有关事项的办理,并将落实情况反馈我单位。{(p.Link.Length > 0 && text != p.Link ? $"全文见 {p.Link}。" : "")}
            """;
    }
}

/// <summary>The letter that notifies a change: served on the bureau, it is the notice, and the same limits end and begin as on the platform.</summary>
public sealed class PolicyLetters(AppDb db, PolicySteps steps, Ledger ledger, Actor actor, Clock clock) : IDocumentMatter
{
    public const string KindName = "policy";

    public string Kind => KindName;

    /// <summary>What the bureau owes is its part in the change, not an answer to the letter.</summary>
    public async Task<MatterAnswers> AnswersAsync(OfficialDocument document, CancellationToken ct) =>
        await db.PolicyChanges.AnyAsync(p => p.Id == document.AboutId && p.Letter == document.Id, ct) ? MatterAnswers.KeptByMatter : MatterAnswers.AsServed;

    public async Task ServedAsync(OfficialDocument document, IReadOnlyList<Guid> to, CancellationToken ct)
    {
        var policy = await db.PolicyChanges.SingleAsync(p => p.Id == document.AboutId, ct);
        // Served again, to a further organ as a copy: it was notified once.
        if (policy.Letter != document.Id || policy.ServedAt is not null) return;
        if (!to.Contains(policy.Bureau)) throw new Refusal("policy.letter-without-bureau", "函告政策调整的公函应当主送审批局。", PoliciesRules.ArticleOf(policy.Kind));
        await steps.ServeAsync(policy, ct);
        ledger.Note(ServePolicy.Act.Of(policy), policy.OnLedger, PoliciesRules.ArticleOf(policy.Kind));
    }

    /// <summary>签收 of the letter is the receipt of the change.</summary>
    public async Task ReadAsync(OfficialDocument document, Guid organ, CancellationToken ct)
    {
        if (await db.PolicyChanges.SingleOrDefaultAsync(p => p.Id == document.AboutId && p.Letter == document.Id && p.Bureau == organ, ct) is not { } policy || !policy.Acknowledge(actor.Name, clock.Now)) return;
        ledger.Note(new AcknowledgePolicy.Act(policy.Id, policy.Organ), policy.OnLedger, PoliciesRules.ArticleOf(policy.Kind));
    }

    public async Task<MatterPlace?> PlaceAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.PolicyView) || actor.Organ is null || await db.PolicyChanges.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(p => p.Id == matter, ct) is not { } policy) return null;
        var answers = policy.State == PolicyState.Served && policy.Bureau == actor.Organ && actor.May(Rights.PolicyAdapt);
        return new MatterPlace("政策调整", $"/policies/{matter}", answers ? $"/policies/{matter}/{(policy.TouchesItems ? "adapt" : "respond")}" : null);
    }
}
