using System.Text.Json;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Modules.Assistance;
using Liandong.Modules.Cases;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Modules.Linkage;
using Liandong.Modules.Linkage.Reconciling;
using Liandong.Modules.Policies;
using Liandong.Modules.Supervision;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Liandong.Api;

/// <summary>
/// What the API's document says in words: the groups in the notice's order and every parameter; fields are in <see cref="ApiFields"/>.
/// A new parameter or group without a line here fails a test, which names it.
/// </summary>
public static class ApiWords
{
    /// <summary>What stands in the address, as text, for a parameter.</summary>
    public enum Form { Text, Id, Day, Number, Flag }

    /// <param name="Choice">The words that may stand there, where only some may.</param>
    public sealed record Parameter(string Text, IReadOnlyList<string>? Choice = null, Form Form = Form.Text);

    public const string Introduction = """
        审批与监管信息联动平台的接口。页面能办的,接口都能办;接口与页面走同一套规则、同一本台账。

        **登录。** 机器客户端用 OAuth 2 客户端凭证在 `/connect/token` 换取令牌(15 分钟有效),放在 `Authorization: Bearer …`。一个客户端属于一个单位,只能看到和办理与该单位有关的事项。

        **错误。** 一律是 `application/problem+json`(RFC 9457);程序判断用 `code`,它不会改变。

        **重试。** 有改动的请求带上 `Idempotency-Key`,断线后用同一个键重试,只办一次,答复一样。批量(NDJSON)靠每行自己的编号识别重复。

        **翻页。** 清单每页 `limit` 项(默认 50,最多 200);答复中的 `next` 原样作为下一页的 `after`。翻页期间新增的记录不会造成遗漏或者重复。

        **版本。** 详情带 `ETag`;修改时用 `If-Match` 带回,他人已经改过的,答复 412。

        **时间。** 时刻带时区(ISO 8601);没有时区的按北京时间。日期写成 `2026-03-05`。取值一律是小写开头的英文词。
        """;

    /// <summary>Groups of endpoints in the notice's order.</summary>
    public static readonly IReadOnlyDictionary<string, string> Tags = new Dictionary<string, string>
    {
        ["工作台与职责时限"] = "我要办的、等对方的、提醒、查找;每一项时限怎样算出。",
        ["提醒与督办"] = "到时点的提醒、逐级督办,以及各人怎样收提醒。",
        ["办件"] = "收件、受理、审查、决定、送达,以及由此产生的许可(附件2 二(二))。",
        ["信息联动"] = "审批结果推送给监管单位:签收、认领、退回、改派(附件2 二(三))。",
        ["权责争议"] = "由哪个单位监管有争议的,提交联席会议办公室裁定(附件1 二(二))。",
        ["对账"] = "送出与收到逐日核对,每月函告各单位。",
        ["时限与约定"] = "通知没有写明天数的,由本区约定。",
        ["监管与执法"] = "计划、检查、整改、移交、处罚(附件2 二(三))。",
        ["监管回告"] = "监管信息送回审批局,并写明对审批的影响。",
        ["相对人"] = "一个相对人两边的许可、推送、监管和处罚。",
        ["公文"] = "函、纪要、通知等的起草、核稿、签发、用印、送达、签收和答复,以及收文登记。",
        ["会商"] = "以函、会议征求意见,商请联络员参与审核,结论会签,决定事项执行和验收(附件2 一、四(一))。",
        ["会议"] = "议题、请示、通知、回执、到会、纪要会签和印发,日历文件和订阅(附件1 三、附件2 一)。",
        ["公务协同与抄告"] = "部门函请审批局暂缓办理;一文抄告几个单位,逐一答复(附件2 二(三)、四)。",
        ["政策调整"] = "法律法规、规章、规划和审批条件的变动,上级会议、培训和对上报送:部门函告,审批局逐项落实,双方确认(附件2 二(一))。",
        ["协助"] = "审批局和部门互相请求信息或者协助,答复、不予协助和限期开放的办件(附件2 二(三))。",
        ["附件"] = "各件事的文件:上传、续传(tus 1.0.0)、下载。",
        ["事项"] = "许可事项和它的规则(附件2 三(一)、三(五))。",
        ["责任清单"] = "哪个单位在哪里监管哪个事项,自何时至何时。",
        ["责任备忘录"] = "审批局与各单位签署的责任备忘录。",
        ["机构与联络"] = "单位、人员、任职、联络负责人和联络员、联席会议名单(三、附件1、附件2 一(一))。",
        ["账号"] = "人员账号、登录规则、登录日志:管理员专用。",
        ["机器客户端"] = "其他系统的接入:安全管理员专用。",
        ["工作日历"] = "放假与调休,到期日的计算。",
        ["台账"] = "每一个动作的记录、核验、导出和密封链头。",
        ["回调订阅"] = "动作发生后通知其他系统。",
    };

    private static readonly Dictionary<string, Parameter> Parameters = new(StringComparer.Ordinal)
    {
        ["id"] = new("编号。"),
        ["limit"] = new("一页多少项,1 到 200,默认 50。"),
        ["after"] = new("上一页答复中的 next;第一页不填。"),
        ["q"] = new("要找的词:名称、编号、编码的开头,或者名称的拼音首字母。"),
        ["on"] = new("哪一天的情况;不填为今天。"),
        ["from"] = new("起始日(含)。", Form: Form.Day),
        ["to"] = new("截止日(含)。", Form: Form.Day),
        ["organ"] = new("单位的编号。", Form: Form.Id),
        ["section"] = new("科室的编号。", Form: Form.Id),
        ["person"] = new("人员的编号。", Form: Form.Id),
        ["party"] = new("相对人的编号。", Form: Form.Id),
        ["item"] = new("事项的编号。", Form: Form.Id),
        ["case"] = new("办件的编号。", Form: Form.Id),
        ["push"] = new("推送的编号。", Form: Form.Id),
        ["division"] = new("区划代码,6 位或者 9 位。"),
        ["kind"] = new("哪一种。"),
        ["state"] = new("处于哪种状态。"),
        ["type"] = new("事项类型。"),
        ["department"] = new("原实施单位的编号。", Form: Form.Id),
        ["unassigned"] = new("只看没有主监管单位的。"),
        ["withEnded"] = new("也列出已经结束的。"),
        ["vacant"] = new("只看联络岗位有空缺的。"),
        ["number"] = new("编号的开头。"),
        ["status"] = new("许可的状态。", Choice<PermitStatus>()),
        ["stage"] = new("办理到哪一步。", Choice<CaseStage>()),
        ["decision"] = new("哪种决定。", Choice<DecisionKind>()),
        ["expiringWithin"] = new("多少天内到期。"),
        ["source"] = new("清单的来源,记入每一行,例如文号。"),
        ["fileName"] = new("文件名,只用来识别格式(.xlsx 或 .csv)。"),
        ["dryRun"] = new("true 只检查,不保存。"),
        ["confirm"] = new("true 保存;不填只检查。"),
        ["standIn"] = new("true 表示暂以外地清单代替本区清单,逐项标明。"),
        ["linesFrom"] = new("草案自哪一天起生效;不填为 from。"),
        ["rows"] = new("最多返回多少行差异,0 到 1000。"),
        ["view"] = new("看哪一部分。"),
        ["reason"] = new("退回的原因。", Choice<ReturnReason>()),
        ["light"] = new("时限的灯。", [.. Choice<Light>().Except(["done"])]),
        ["figure"] = new("对账表中的一个数字,用来打开它所数的那些推送。", PushFilter.Figures),
        ["sort"] = new("排序;前面加 - 为倒序。", ["due", "-due", "sent", "-sent"]),
        ["month"] = new("月份,写成 2026-03。"),
        ["edition"] = new("第几版;不填为最新一版。"),
        ["rule"] = new("时限的代码,例如 result.claim。"),
        ["code"] = new("方案的代码。"),
        ["restoreOthers"] = new("true 把先前套用其他方案、而本方案没有写明的约定恢复为平台默认;不填为保持不变。"),
        ["plan"] = new("监管计划的情况。", Choice<PlanFilter>()),
        ["owedBy"] = new("应当办理的单位。", Form: Form.Id),
        ["owedTo"] = new("等待办理的单位。", Form: Form.Id),
        ["subject"] = new("时限所属的推送、办件等的编号。"),
        ["closed"] = new("true 只看已经结束的;不填只看未结束的。"),
        ["late"] = new("true 只看逾期办结的,false 只看按期办结的。"),
        ["start"] = new("起算日,例如 2026-09-30;当日不计入。", Form: Form.Day),
        ["count"] = new("天数。"),
        ["unit"] = new("workdays 工作日,days 自然日。", ["workdays", "days"]),
        ["close"] = new("下班时间,例如 17:30;不填为当日 24:00。"),
        ["year"] = new($"年份,{WorkCalendar.EarliestYear} 至 {WorkCalendar.LatestYear}。"),
        ["role"] = new("角色的代码。", [.. Accounts.Roles.All]),
        ["failedOnly"] = new("只看没有成功的。"),
        ["who"] = new("账号、姓名或者客户端的开头。"),
        ["address"] = new("来自哪个网络地址,开头即可。"),
        ["act"] = new("动作的名称或者开头,例如 push. 或 push.claimed。"),
        ["matter"] = new("哪一件事的编号。"),
        ["box"] = new("received 收到、drafts 起草中、toSign 待签发、issued 已发、all 全部。"),
        ["remark"] = new("核稿意见的编号。"),
        ["form"] = new("会商的形式。", Choice<ConsultationForm>()),
        ["holding"] = new("true 只看现在生效的。"),
        ["all"] = new("true 包括已经办完、不再等待的。"),
        ["member"] = new("成员的编号。"),
        ["unread"] = new("true 只看没有读过的。"),
    };

    /// <summary>Where the same name means something else at one address.</summary>
    private static readonly Dictionary<(string Path, string Name), Parameter> Here = new()
    {
        [("/api/v1/pushes", "view")] = new("waiting 待认领、claimed 已认领、returned 已退回、contested 改派与争议、all 全部(默认)。", Choice<PushLane>()),
        [("/api/v1/pushes/export.xlsx", "view")] = new("waiting 待认领、claimed 已认领、returned 已退回、contested 改派与争议、all 全部(默认)。", Choice<PushLane>()),
        [("/api/v1/pushes", "state")] = new("推送的状态。", Choice<PushState>()),
        [("/api/v1/pushes/export.xlsx", "state")] = new("推送的状态。", Choice<PushState>()),
        [("/api/v1/pushes", "light")] = new("red 已逾期,amber 将到期。", ["red", "amber"]),
        [("/api/v1/pushes/export.xlsx", "light")] = new("red 已逾期,amber 将到期。", ["red", "amber"]),
        [("/api/v1/attachments", "kind")] = new("事项种类:case 办件、check 检查、rectification 整改、enforcement 执法、penalty 处罚、dispute 权责争议、memorandum 责任备忘录、liaison 联络任职、consultation 会商、decision 决定事项、policy 政策调整、assistance 协助请求、meeting 会议、topic 议题、group-step 对接组任务等。"),
        [("/api/v1/feedback/export.xlsx", "view")] = new("open 待确认(默认)、acknowledged 已确认、permits 许可变动、all 全部。", Choice<FeedbackView>()),
        [("/api/v1/feedback/export.xlsx", "kind")] = new("回告的种类。", Choice<FeedbackKind>()),
        [("/api/v1/consultations", "view")] = new("toDo 待本单位办、started 本单位发起、asked 征求本单位意见、executing 决定执行中、all 全部(默认)。", Choice<ConsultationLane>()),
        [("/api/v1/consultations/export.xlsx", "view")] = new("toDo 待本单位办、started 本单位发起、asked 征求本单位意见、executing 决定执行中、all 全部(默认)。", Choice<ConsultationLane>()),
        [("/api/v1/consultations", "subject")] = new("附件2 一(二)的五类内容。", Choice<ConsultationSubject>()),
        [("/api/v1/consultations/export.xlsx", "subject")] = new("附件2 一(二)的五类内容。", Choice<ConsultationSubject>()),
        [("/api/v1/consultations", "state")] = new("会商到哪一步。", Choice<ConsultationState>()),
        [("/api/v1/consultations/export.xlsx", "state")] = new("会商到哪一步。", Choice<ConsultationState>()),
        [("/api/v1/consultations", "light")] = new("red 已逾期,amber 将到期。", ["red", "amber"]),
        [("/api/v1/consultations/export.xlsx", "light")] = new("red 已逾期,amber 将到期。", ["red", "amber"]),
        [("/api/v1/consultations", "sort")] = new("started 先发起的在前,-started 后发起的在前(默认)。", ["started", "-started"]),
        [("/api/v1/consultations/export.xlsx", "sort")] = new("started 先发起的在前,-started 后发起的在前(默认)。", ["started", "-started"]),
        [("/api/v1/meetings", "view")] = new("toDo 待本单位办、coming 将要召开、past 已经召开、executing 决定执行中、all 全部(默认)。", Choice<MeetingLane>()),
        [("/api/v1/meetings/export.xlsx", "view")] = new("toDo 待本单位办、coming 将要召开、past 已经召开、executing 决定执行中、all 全部(默认)。", Choice<MeetingLane>()),
        [("/api/v1/meetings", "kind")] = new("会议类型。", Choice<MeetingKind>()),
        [("/api/v1/meetings/export.xlsx", "kind")] = new("会议类型。", Choice<MeetingKind>()),
        [("/api/v1/meetings", "state")] = new("会议到哪一步。", Choice<MeetingState>()),
        [("/api/v1/meetings/export.xlsx", "state")] = new("会议到哪一步。", Choice<MeetingState>()),
        [("/api/v1/meetings", "light")] = new("red 已逾期,amber 将到期。", ["red", "amber"]),
        [("/api/v1/meetings/export.xlsx", "light")] = new("red 已逾期,amber 将到期。", ["red", "amber"]),
        [("/api/v1/meetings", "sort")] = new("starts 先开的在前,-starts 后开的在前(默认)。", ["starts", "-starts"]),
        [("/api/v1/meetings/export.xlsx", "sort")] = new("starts 先开的在前,-starts 后开的在前(默认)。", ["starts", "-starts"]),
        [("/api/v1/consultations/views/{view}/weigh", "view")] = new("意见的编号。"),
        [("/api/v1/policies", "view")] = new("library 政策库(默认)、toDo 待本单位办、known 待函告、late 迟于施行日函告、all 全部。", Choice<PolicyLane>()),
        [("/api/v1/policies", "q")] = new("名称、文号、正文中的词,用空格分开的都要有。"),
        [("/api/v1/policies", "kind")] = new("政策调整的种类。", Choice<PolicyKind>()),
        [("/api/v1/policies", "state")] = new("函告和落实到哪一步。", Choice<PolicyState>()),
        [("/api/v1/policies", "organ")] = new("函告单位的编号。", Form: Form.Id),
        [("/api/v1/policies", "light")] = new("red 已逾期,amber 将到期。", ["red", "amber"]),
        [("/api/v1/policies", "from")] = new("施行日自(含)。", Form: Form.Day),
        [("/api/v1/policies", "to")] = new("施行日至(含)。", Form: Form.Day),
        [("/api/v1/policies", "sort")] = new("按登记时间 recorded 或者施行日 effective;前面加 - 为倒序,默认 -recorded。", ["recorded", "-recorded", "effective", "-effective"]),
        [("/api/v1/policies/export.xlsx", "view")] = new("library 政策库(默认)、toDo 待本单位办、known 待函告、late 迟于施行日函告、all 全部。", Choice<PolicyLane>()),
        [("/api/v1/policies/export.xlsx", "q")] = new("名称、文号、正文中的词,用空格分开的都要有。"),
        [("/api/v1/policies/export.xlsx", "kind")] = new("政策调整的种类。", Choice<PolicyKind>()),
        [("/api/v1/policies/export.xlsx", "state")] = new("函告和落实到哪一步。", Choice<PolicyState>()),
        [("/api/v1/policies/export.xlsx", "organ")] = new("函告单位的编号。", Form: Form.Id),
        [("/api/v1/policies/export.xlsx", "light")] = new("red 已逾期,amber 将到期。", ["red", "amber"]),
        [("/api/v1/policies/export.xlsx", "from")] = new("施行日自(含)。", Form: Form.Day),
        [("/api/v1/policies/export.xlsx", "to")] = new("施行日至(含)。", Form: Form.Day),
        [("/api/v1/policies/export.xlsx", "sort")] = new("按登记时间 recorded 或者施行日 effective;前面加 - 为倒序,默认 -recorded。", ["recorded", "-recorded", "effective", "-effective"]),
        [("/api/v1/assistance", "view")] = new("toDo 待本单位答复、asked 本单位请求、received 请本单位协助、all 全部(默认)。", Choice<AssistanceLane>()),
        [("/api/v1/assistance", "q")] = new("请求事项、编号、办件或者相对人中的词。"),
        [("/api/v1/assistance", "kind")] = new("请求什么。", Choice<AssistanceKind>()),
        [("/api/v1/assistance", "state")] = new("答复到哪一步。", Choice<AssistanceState>()),
        [("/api/v1/assistance", "light")] = new("red 已逾期,amber 将到期。", ["red", "amber"]),
        [("/api/v1/cases", "kind")] = new("申请种类。", Choice<ApplicationKind>()),
        [("/api/v1/supervision/matters", "view")] = new("toCheck 待检查、rectifying 整改中、enforcing 执法中、penalised 已处罚、all 全部(默认)。", Choice<MatterView>()),
        [("/api/v1/supervision/matters.xlsx", "view")] = new("toCheck 待检查、rectifying 整改中、enforcing 执法中、penalised 已处罚、all 全部(默认)。", Choice<MatterView>()),
        [("/api/v1/feedback", "view")] = new("open 待确认(默认)、acknowledged 已确认、permits 许可变动、all 全部。", Choice<FeedbackView>()),
        [("/api/v1/feedback", "kind")] = new("回告的种类。", Choice<FeedbackKind>()),
        [("/api/v1/duties", "rule")] = new("只看这一种时限,例如 result.claim。"),
        [("/api/v1/reconciliation/cases", "kind")] = new("对账答复中 balance 的 kind。", ReconcileQueries.KindsOfCases),
        [("/api/v1/reconciliation/pushes", "kind")] = new("对账答复中 balance 的 kind。", ReconcileQueries.KindsOfPushes),
        [("/api/v1/search", "kind")] = new("只找一种;翻页时必填。"),
        [("/api/v1/search", "after")] = new("这一种里上一页最后一项的位置。"),
        [("/api/v1/search", "limit")] = new("每种多少项,1 到 100,默认 20。"),
        [("/api/v1/register/versions/{number}", "number")] = new("第几版。"),
        [("/api/v1/webhooks/{id}/deliveries/{number}/attempts", "number")] = new("台账号。"),
        [("/api/v1/webhooks/{id}/deliveries/{number}/replay", "number")] = new("台账号。"),
        [("/api/v1/ledger/{number}", "number")] = new("台账号。"),
        [("/api/v1/permits", "number")] = new("许可编号的开头。"),
    };

    /// <param name="path">With or without the stroke at the end: a group's own list has one in the framework's description and none for anybody who asks.</param>
    public static Parameter? Of(string path, string name) => Here.GetValueOrDefault((path.TrimEnd('/'), name)) ?? Parameters.GetValueOrDefault(name);

    /// <summary>The address as the document writes it: <c>/api/v1/pushes/{id}</c>.</summary>
    public static string PathOf(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p is RoutePatternParameterPart named ? $"{{{named.Name}}}" : p is RoutePatternLiteralPart literal ? literal.Content : ((RoutePatternSeparatorPart)p).Content))));

    private static string[] Choice<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
}
