using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;

namespace Liandong.Shared.StyleGuide;

/// <summary>What the style guide shows: one Monday of a liaison officer at 区住建局, counted by the real calendar.</summary>
internal static class Samples
{
    internal static readonly DateTimeOffset Now = Beijing.At(2026, 11, 23, 9, 32);

    internal static DateOnly Today => Beijing.DayOf(Now);

    internal sealed record PushRow(string Number, string Item, string Party, string Code, string Street, DateTimeOffset Delivered, string State, Tone Tone, string Section, DueFacts Due);

    internal static readonly IReadOnlyList<PushRow> Pushes =
    [
        Push(318, "建筑垃圾处置核准", "济南泉兴渣土运输有限公司", "91370102MA3C8K2T5X", "燕山街道", new(2026, 11, 16), "已送达", Tone.Info, ""),
        Push(326, "城镇污水排入排水管网许可", "山东历山国际酒店管理有限公司", "91370102706288913L", "泉城路街道", new(2026, 11, 18), "已签收", Tone.Info, "市政科"),
        Push(331, "建筑工程施工许可证核发", "济南城东置业发展有限公司", "91370102613246875N", "智远街道", new(2026, 11, 19), "已送达", Tone.Info, ""),
        Push(335, "商品房预售许可", "济南中海兴业房地产开发有限公司", "91370102MA3D2G6P0U", "姚家街道", new(2026, 11, 20), "已送达", Tone.Info, ""),
        Push(302, "特殊建设工程消防设计审查", "济南市历下区文东实验学校", "12370102495712306Q", "文化东路街道", new(2026, 11, 12), "已认领", Tone.Good, "消防科", Light.Done),
        Push(297, "建筑垃圾处置核准", "山东鲁能渣土清运有限公司", "91370102MA3F9X1Y7R", "千佛山街道", new(2026, 11, 11), "已退回", Tone.Warn, "城建科", Light.Done),
        Push(289, "燃气经营许可证核发", "济南历下安泰燃气有限公司", "91370102163057290F", "甸柳新村街道", new(2026, 11, 10), "争议处理中", Tone.Warn, "公用科", Light.Paused),
    ];

    internal static readonly IReadOnlyList<DutyRow> Mine =
    [
        Owed("认领审批结果", "历审推〔2026〕318号 建筑垃圾处置核准 · 济南泉兴渣土运输有限公司", "区审批局", Count(new Term.Workdays(3), new(2026, 11, 16), "附件2 二(三)", "L2.3", true)),
        Owed("出具勘验意见", "历审勘〔2026〕77号 餐饮服务场所 · 燕山街道羊头峪西沟街 18 号", "区审批局", Count(new Term.Workdays(2), new(2026, 11, 19), "附件2 三(一)", "L3.1", false)),
        Owed("认领审批结果", "历审推〔2026〕331号 建筑工程施工许可证核发 · 济南城东置业发展有限公司", "区审批局", Count(new Term.Workdays(3), new(2026, 11, 19), "附件2 二(三)", "L2.3", true)),
        Owed("答复会商函", "历审批函〔2026〕12号 关于商请明确临时占道审批边界的函", "区审批局", Count(new Term.Workdays(5), new(2026, 11, 18), "附件2 一(三)", "L1.3", true)),
        Owed("执行会议决定", "纪要〔2026〕9号第 3 项 渣土联合执法台账共享", "联席会议办公室", Count(new Term.Workdays(15), new(2026, 11, 13), "附件2 四(一)", "L4.1", true)),
        Owed("组织专家论证", "历审论〔2026〕6号 深基坑支护方案 · 奥体中路 15 号地块", "申请人",
            new(null, null, Light.Paused, null, "暂停中(补正设计文件),恢复后继续计算。", "附件2 三(一)", "L3.1", "补正设计文件")),
    ];

    internal static readonly IReadOnlyList<DutyRow> Others =
    [
        Owed("复核撤销请求", "历住建函〔2026〕41号 撤销施工许可", "区审批局", Count(new Term.Workdays(20), new(2026, 11, 9), "附件2 二(四)", "L2.4", true)),
        Owed("改派退回的推送", "历审推〔2026〕297号 建筑垃圾处置核准", "区审批局", Count(new Term.Workdays(2), new(2026, 11, 20), "附件2 二(三)", "L2.3", true)),
        Owed("裁定监管职责", "历争〔2026〕3号 燃气经营许可证核发", "联席会议办公室", Count(new Term.Workdays(10), new(2026, 11, 17), "附件1 二(二)", "J2.2", true)),
    ];

    internal static readonly IReadOnlyList<TimelineEntry> History =
    [
        new(Beijing.At(2026, 11, 18, 16, 20), "刘倩", "区审批局", "", "作出准予许可决定", "网页", "行政许可法 第三十八条", 20_418),
        new(Beijing.At(2026, 11, 18, 16, 20), "系统", "区审批局", "", "推送至区住建局", "系统", "附件2 二(三)", 20_419, "事项“建筑工程施工许可证核发”×历下区×2026-11-18 → 主监管 区住建局(责任清单第3版)", "L2.3"),
        new(Beijing.At(2026, 11, 19, 8, 41), "系统", "区住建局", "", "送达", "接口", "附件2 二(三)", 20_433, "", "L2.3"),
        new(Beijing.At(2026, 11, 20, 10, 5), "赵磊", "区住建局", "张志远(休假)", "签收", "网页", "附件2 二(三)", 20_502, "", "L2.3"),
        new(Beijing.At(2026, 11, 20, 10, 12), "赵磊", "区住建局", "张志远(休假)", "退回:监管地址不在本辖区", "网页", "附件2 二(三)", 20_503, "施工地址在历城区界内,建议改派历城区。", "L2.3", Tone.Warn),
        new(Beijing.At(2026, 11, 20, 15, 30), "刘倩", "区审批局", "", "核对地址后重新推送", "网页", "附件2 二(三)", 20_519, "四至坐标落在智远街道,系历下区。", "L2.3"),
    ];

    /// <summary>A limit counted by the shipped calendar and seen at <see cref="Now"/>.</summary>
    internal static DueFacts Count(Term term, DateOnly from, string clause, string id, bool local)
    {
        var deadline = WorkCalendar.National.Count(term, from, [])!;
        var light = Now >= deadline.DueAt ? Light.Red : Now >= deadline.EightyAt ? Light.Amber : Now >= deadline.HalfAt ? Light.Yellow : Light.Green;
        return new(deadline.DueOn, deadline.DueAt, light, DueFacts.Left(deadline.DueOn, Today, WorkCalendar.National), deadline.Explain(clause, local), clause, id,
            Provisional: deadline.Provisional, Days: StripDay.Of(deadline));
    }

    private static DutyRow Owed(string title, string subject, string to, DueFacts due) =>
        new(new Guid(title.Length, (short)subject.Length, (short)to.Length, new byte[8]), title, subject, "/_gallery/push", "区住建局", to, due);

    private static PushRow Push(int number, string item, string party, string code, string street, DateOnly day, string state, Tone tone, string section, Light? light = null)
    {
        var due = Count(new Term.Workdays(3), day, "附件2 二(三)", "L2.3", true);
        return new($"历审推〔2026〕{number}号", item, party, code, street, Beijing.At(day, new(9, 10)), state, tone, section,
            light is { } other ? due with { Light = other, PauseReason = other == Light.Paused ? "权责争议" : "" } : due);
    }
}
