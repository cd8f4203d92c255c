using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;
using Liandong.Modules.Directory;

namespace Liandong.Modules.Conferences;

/// <summary>附件1 三 的会议制度和附件2 一(三)、(五)、(六) 的会议。数字只在这里出现一次;通知没有写数字的,是本地约定。</summary>
public static class ConferencesRules
{
    public static readonly Article Office = new("附件1 一", "联席会议办公室设在区行政审批服务局,主要负责联席会议的日常工作", "J1.office");
    public static readonly Article Regular = new("附件1 三(一)", "由联席会议办公室向会议召集人请示后,定期召开由各成员参加的会议", "J3.1");
    public static readonly Article Special = new("附件1 三(二)", "会议内容由相关成员提出,报联席会议讨论通过", "J3.2");
    public static readonly Article Joint = new("附件1 三(三)", "由召集人指定一名副召集人牵头,召集相关工作领导小组成员组成联席会议,落实责任期限", "J3.3");
    public static readonly Article Circulating = new("附件1 三", "联席会议办公室原则上应当在会议召开前将会议议题及相关材料转发参会单位,参会单位应当及时认真研究", "J3.4");
    public static readonly Article Issuing = new("附件1 三", "会议决定事项以会议纪要形式印发执行", "J3.5");
    public static readonly Article BureauMeetings = new("附件2 一(三)", "涉及多个行政机关的,可通过召开工作对接会或协调会的形式协调解决。会议由区行政审批服务局召集和主持", "L1.3");
    public static readonly Article BureauCirculating = new("附件2 一(五)", "原则上应当在会议召开前,将会议议题及相关材料转发参会单位,参会单位应当及时认真研究", "L1.5");
    public static readonly Article BureauIssuing = new("附件2 一(六)", "会议决定事项以会议纪要形式印发执行", "L1.6");
    public static readonly Article Cooperating = new("附件2 四", "在联络会商、信息互通、业务协同等方面相互配合", "L4");

    /// <summary>Owed by the convening organ from the approval on; ended when the notice with its papers is served.</summary>
    public static readonly DutyRule Circulate = new("meeting.circulate", "转发议题和材料", Circulating, new Term.Before("会议召开", 2) { InPrinciple = true }, LocalNumber: true);

    /// <summary>Owed by each invited organ until the hour at which the meeting begins: the papers come before it to be studied before it. Ended by its receipt.</summary>
    public static readonly DutyRule Study = new("meeting.study", "研究会议材料", Circulating, new Term.FixedDay("会议召开"));

    /// <summary>Owed by the convening organ once the meeting was held.</summary>
    public static readonly DutyRule Minutes = new("meeting.minutes", "印发会议纪要", Issuing, new Term.Workdays(5), LocalNumber: true);

    /// <summary>Owed by each organ that attended, once minutes are drafted: sign or object.</summary>
    public static readonly DutyRule Cosign = new("meeting.cosign", "会签会议纪要", Cooperating, new Term.Workdays(2), LocalNumber: true);

    /// <summary>Owed by the organ of a working group's leader to the conference office, to the day that the task names. Ended by the confirmation that it is done, not by its report.</summary>
    public static readonly DutyRule GroupStep = new("group.step", "完成对接组任务", TakeSeat.Groups, new Term.FixedDay());

    public static readonly IReadOnlyList<DutyRule> All = [Circulate, Study, Minutes, Cosign, GroupStep];

    /// <summary>The provision that a kind of meeting rests on.</summary>
    public static Article Of(MeetingKind kind) => kind switch
    {
        MeetingKind.Regular => Regular,
        MeetingKind.Special => Special,
        MeetingKind.JointConference => Joint,
        _ => BureauMeetings,
    };

    public static Article CirculatingOf(MeetingKind kind) => kind.IsOfConference() ? Circulating : BureauCirculating;

    public static Article IssuingOf(MeetingKind kind) => kind.IsOfConference() ? Issuing : BureauIssuing;
}
