using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>生成责任备忘录: fixes what the register says about a department now, for both sides to sign.</summary>
public sealed class MakeMemorandum(AppDb db, Ledger ledger, Actor actor, Clock clock, MemorandumDraft draft)
{
    public sealed record Act(Guid Memorandum, Guid Organ, int Number, int RegisterVersion, int Lines, string Digest) : IAct { static string IAct.Name => "memorandum.made"; }

    public async Task<Memorandum> RunAsync(Guid organ, CancellationToken ct)
    {
        actor.Demand(Rights.RegisterEdit);
        var body = await db.Organs.AsNoTracking().SingleOrDefaultAsync(o => o.Id == organ, ct) ?? throw NotFound.Of("该单位");
        var content = await draft.OfAsync(organ, ct);
        if (content.Lines.Count == 0) throw new Refusal("memorandum.nothing", $"责任清单里今天没有{body.ShortName}的监管责任,没有可写的内容。");
        var digest = MemorandumDraft.DigestOf(content);
        var last = await db.Memoranda.AsNoTracking().Where(m => m.Organ == organ).OrderByDescending(m => m.Number).FirstOrDefaultAsync(ct);
        if (last is not null && last.Digest == digest && last.State != MemorandumState.Replaced) throw new Refusal("memorandum.unchanged", $"自第{last.Number}版以来责任清单和人员没有变化,不需要新版。");
        var bureau = await db.Organs.AsNoTracking().Where(o => o.Kind == OrganKind.Bureau).Select(o => o.Name).FirstOrDefaultAsync(ct) ?? "行政审批服务局";
        var memorandum = new Memorandum
        {
            District = db.District, Id = clock.NewId(), Organ = organ, OrganName = body.Name, BureauName = bureau, Number = (last?.Number ?? 0) + 1, RegisterVersion = await RegisterQueries.VersionAsync(db, ct),
            MadeAt = clock.Now, Lines = content.Lines, Contacts = content.Contacts, Clauses = content.Clauses, Digest = digest,
        };
        db.Memoranda.Add(memorandum);
        await ledger.RecordAsync(new Act(memorandum.Id, organ, memorandum.Number, memorandum.RegisterVersion, content.Lines.Count, digest), About(memorandum), ItemsRules.BothWays, ct);
        return memorandum;
    }

    internal static Subject About(Memorandum memorandum) => new("memorandum", memorandum.Id, $"第{memorandum.Number}版", memorandum.Title);
}
