using Liandong.Accounts;
using Liandong.Modules.Assistance;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

/// <summary>A bureau with a clerk, a department that asks, and one whose approvals it asks about: a case was pushed to that one alone.</summary>
public sealed record AssistanceCast(Organ Bureau, Member Clerk, Organ Asking, Member Officer, Organ Other, Member Stranger, Case Case);

public sealed partial class Given
{
    public async Task<AssistanceCast> AssistanceCastAsync()
    {
        var bureau = await BureauAsync();
        var (asking, other) = (await OrganAsync("区城管局"), await OrganAsync("区市场监管局"));
        var decided = await CaseDecidedAsync(await SupervisedItemAsync(other, "食品经营许可"));
        return new AssistanceCast(bureau, await MemberAsync(bureau, Roles.Approver), asking, await MemberAsync(asking, Roles.LiaisonOfficer), other, await MemberAsync(other, Roles.LiaisonOfficer), decided);
    }

    /// <summary>Of the bureau by the department, about the case, unless another asks.</summary>
    public Task<AssistanceRequest> AssistanceAsync(AssistanceCast c, Member? by = null, Guid? of = null) => office.ActAsync(s => s.GetRequiredService<AskAssistance>().RunAsync(new AskAssistance.Input(
        AssistanceKind.ApprovalInformation, "调取审批材料", "立案调查需要核对申请材料。", "《行政处罚法》第五十五条", "申请材料和决定书。", AssistanceSubject.Case, c.Case.Number, of), Office.Stop), by ?? c.Officer);
}
