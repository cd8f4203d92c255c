using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;

namespace Liandong.Modules.Directory;

/// <summary>主文三、附件2 一(一)的职责时限:确定会商联络负责人和联络员。通知没有写几天内,五个工作日是本地约定。</summary>
public static class DirectoryRules
{
    public static readonly Article Naming = new("附件2 一(一)", "相关行政主管部门要确定一名分管领导作为会商联络负责人,并选派具有一定组织协调能力、熟悉本部门行政审批与监管业务的人员担任联络员", "L1.1");

    public static readonly DutyRule AppointLiaison = new("liaison.appoint", "确定会商联络负责人和联络员", Naming, new Term.Workdays(5), LocalNumber: true);
}
