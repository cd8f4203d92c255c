using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>
/// 定机关代字: what stands before kind and year in the organ's numbers. A new code begins new series at 1 号; numbers that were given stand.
/// </summary>
public sealed class SetOrganCode(AppDb db, Ledger ledger, Actor actor)
{
    public const int Longest = 10;

    public sealed record Act(Guid Organ, string Code, string Was) : IAct { public static string Name => "document.code-set"; }

    /// <param name="code">Empty: back to the code that is derived from the organ's short name.</param>
    public async Task<string> RunAsync(string code, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentSign);
        var organ = actor.RequireOrgan();
        var wanted = (code ?? "").Trim();
        new InputCheck().That(wanted.Length <= Longest && wanted.All(char.IsLetter), "Code", $"机关代字不超过{Longest}个字,不含数字和符号,例如“历审批”;文种、年份和序号由系统加上。").Throw();
        // Under the chain head: two organs that choose at once do not both get the same.
        await using var together = await ledger.TogetherAsync(ct);
        var was = await DocumentNumbers.CodeAsync(db, organ, ct);
        var now = wanted.Length > 0 ? wanted : await DocumentNumbers.DerivedAsync(db, organ, ct);
        if (now == was) return now;
        if (await DocumentNumbers.HolderAsync(db, now, organ, ct) is { } other) throw new Refusal("document.code-taken", $"“{now}”已是{other}的机关代字;两个单位同用一个代字,编号会混在一起。", DocumentsRules.Exchanging, "Code");
        var row = await db.OrganCodes.FirstOrDefaultAsync(c => c.Organ == organ, ct);
        if (row is null) db.OrganCodes.Add(row = new OrganCode { District = db.District, Organ = organ });
        row.Set(wanted);
        var name = await db.Organs.AsNoTracking().Where(o => o.Id == organ).Select(o => o.Name).SingleAsync(ct);
        await ledger.RecordAsync(new Act(organ, now, was), new Subject("organ", organ, "", name), DocumentsRules.Exchanging, ct);
        await together.CommitAsync(ct);
        return now;
    }
}
