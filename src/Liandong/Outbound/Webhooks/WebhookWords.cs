using Liandong.Shared;

namespace Liandong.Outbound;

/// <summary>The office's words for what the screens show.</summary>
internal static class WebhookWords
{
    public static string Of(WebhookState state) => state switch { WebhookState.Active => "投递中", WebhookState.Paused => "已暂停", _ => "对方已撤销" };

    public static Tone ToneOf(WebhookState state) => state switch { WebhookState.Active => Tone.Good, WebhookState.Paused => Tone.Neutral, _ => Tone.Warn };

    public static string Of(DeliveryState state) => state switch { DeliveryState.Waiting => "待投递", DeliveryState.Delivered => "已送达", _ => "未能送达" };

    public static Tone ToneOf(DeliveryState state) => state switch { DeliveryState.Waiting => Tone.Info, DeliveryState.Delivered => Tone.Good, _ => Tone.Bad };

    public static string Of(IReadOnlyList<string> types) => types.Count == 0 ? "全部" : string.Join("、", types);
}
