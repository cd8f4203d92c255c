using Liandong.Ledgers;
using Liandong.Shared;

namespace Liandong.Outbound;

/// <summary>The office's words for what the screens show.</summary>
internal static class WebhookWords
{
    public static string Of(WebhookState state) => state switch { WebhookState.Active => "投递中", WebhookState.Paused => "已暂停", _ => "对方已撤销" };

    public static Tone ToneOf(WebhookState state) => state switch { WebhookState.Active => Tone.Good, WebhookState.Paused => Tone.Neutral, _ => Tone.Warn };

    public static string Of(DeliveryState state) => state switch { DeliveryState.Waiting => "待投递", DeliveryState.Delivered => "已送达", _ => "未能送达" };

    public static Tone ToneOf(DeliveryState state) => state switch { DeliveryState.Waiting => Tone.Info, DeliveryState.Delivered => Tone.Good, _ => Tone.Bad };

    private static readonly IReadOnlyDictionary<string, string> Groups = new Dictionary<string, string>
    {
        ["case."] = "办件", ["permit."] = "许可", ["push."] = "推送", ["dispute."] = "权责争议", ["letter."] = "月度函", ["supervision."] = "监管", ["enforcement."] = "执法", ["feedback."] = "监管回告",
        ["document."] = "公文", ["paper."] = "收文", ["consultation."] = "会商", ["decision."] = "决定事项", ["meeting."] = "会议", ["topic."] = "议题", ["group-step."] = "对接组任务", ["group-member."] = "对接组成员",
        ["freeze."] = "公务协同", ["circular."] = "抄告", ["policy."] = "政策调整", ["assistance."] = "协助", ["duty."] = "职责时限", ["item."] = "事项", ["responsibility."] = "监管责任", ["register."] = "责任清单",
        ["memorandum."] = "责任备忘录", ["organ."] = "单位", ["liaison."] = "联络任职", ["seat."] = "联席会议职务", ["working-group."] = "对接组", ["section."] = "科室", ["post."] = "任职",
    };

    /// <summary>What a subscription asks for: 认领(push.claimed), 推送的各种动作(push.); as it was written where it names nothing that is known.</summary>
    public static string Of(IReadOnlyList<string> types) => types.Count == 0 ? "全部" : string.Join("、", types.Select(OfType));

    /// <summary>An act or a prefix of acts, in the office's words and as the receiver's program writes it.</summary>
    public static string OfType(string type)
    {
        var act = type.StartsWith(CloudEvent.TypePrefix, StringComparison.Ordinal) ? type[CloudEvent.TypePrefix.Length..] : type;
        if (ActNames.Known.Contains(act)) return $"{ActNames.Of(act)}({type})";
        return Groups.TryGetValue(act.EndsWith('.') ? act : act + ".", out var group) ? $"{group}的各种动作({type})" : type;
    }
}
