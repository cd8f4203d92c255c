using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;

namespace Liandong.Modules.Cases;

/// <summary>审查意见. Where facts have to be verified, two officers sign (行政许可法 第三十四条).</summary>
public sealed class ReviewCase(AppDb db, Ledger ledger, Actor actor)
{
    public sealed record Input(string Opinion, bool OnSite = false, string Reviewers = "");

    public sealed record Act(Guid Case, bool Verified, int Reviewers) : IAct { static string IAct.Name => "case.reviewed"; }

    public async Task<Case> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        var reviewed = await db.TakeAsync(actor, Rights.CaseDecide, id, ct);
        var names = input.Reviewers.Split(['、', ',', ',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToArray();
        new InputCheck().Filled(input.Opinion, nameof(input.Opinion), "审查意见", 4000).NotLonger(input.Reviewers, nameof(input.Reviewers), "核查人员", 200).Throw();
        if (input.OnSite && names.Length < 2) throw new Refusal("case.two-reviewers", "对申请材料的实质内容进行核实的,应当有两名以上工作人员核查,请填写两名以上核查人员。", CasesRules.Reviewing, nameof(input.Reviewers));
        reviewed.Review(names.Length > 0 ? $"{input.Opinion.Trim()}({(input.OnSite ? "核查人员" : "审查人员")}:{string.Join('、', names)})" : input.Opinion);
        await ledger.RecordAsync(new Act(reviewed.Id, input.OnSite, names.Length), reviewed.Ref, CasesRules.Reviewing, ct);
        return reviewed;
    }
}
