using Liandong.Modules.Conferences;
using Liandong.Modules.Directory;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

public sealed partial class Given
{
    /// <summary>A working group that the person leads.</summary>
    public async Task<WorkingGroup> GroupAsync(Member leader, string name = "现场勘验对接组")
    {
        var group = await office.ActAsync(s => s.GetRequiredService<AddWorkingGroup>().RunAsync(new AddWorkingGroup.Input(name, "统一组织现场勘验。", LongAgo), Office.Stop));
        await office.ActAsync(s => s.GetRequiredService<TakeSeat>().RunAsync(new TakeSeat.Input(SeatKind.GroupLeader, leader.Person, "分管负责人", LongAgo, group.Id), Office.Stop));
        return group;
    }

    public Task<GroupMember> GroupMemberAsync(Member by, Guid group, Member member) =>
        office.ActAsync(s => s.GetRequiredService<AddGroupMember>().RunAsync(group, new AddGroupMember.Input(member.Person, LongAgo), Office.Stop), by);

    public Task<GroupStep> GroupStepAsync(Member by, Guid group, DateOnly due, string text = "列出需要联合勘验的事项。") =>
        office.ActAsync(s => s.GetRequiredService<SetGroupStep>().RunAsync(group, new SetGroupStep.Input(text, due, "S5"), Office.Stop), by);
}
