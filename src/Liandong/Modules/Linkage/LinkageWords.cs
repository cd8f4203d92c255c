using Liandong.Shared;

namespace Liandong.Modules.Linkage;

/// <summary>The office's words for the states and steps of a push; screens, exports and letters use these and no others.</summary>
public static class LinkageWords
{
    public static string Of(PushState state) => state switch
    {
        PushState.Pending => "待送达",
        PushState.Delivered => "已送达",
        PushState.Signed => "已签收",
        PushState.Claimed => "已认领",
        PushState.Returned => "已退回",
        PushState.Rerouted => "已改派",
        PushState.Disputed => "权责争议中",
        _ => "已关闭",
    };

    public static Tone ToneOf(PushState state) => state switch
    {
        PushState.Delivered or PushState.Signed => Tone.Info,
        PushState.Claimed => Tone.Good,
        PushState.Returned or PushState.Disputed => Tone.Warn,
        _ => Tone.Neutral,
    };

    public static string Of(ReturnReason reason) => reason switch
    {
        ReturnReason.NoSuchItem => "本单位无此事项",
        ReturnReason.NotOurCharge => "不属于本单位职责",
        ReturnReason.AddressNotOurs => "地址不在本单位辖区",
        ReturnReason.DataWrong => "信息有误",
        _ => "重复推送",
    };

    /// <summary>When to choose this reason.</summary>
    public static string HintOf(ReturnReason reason) => reason switch
    {
        ReturnReason.NoSuchItem => "本单位的监管事项目录里没有这个事项。",
        ReturnReason.NotOurCharge => "事项存在,但依法由别的单位监管。请提出建议单位。",
        ReturnReason.AddressNotOurs => "地址在别的辖区或者别的监管所。请提出建议单位。",
        ReturnReason.DataWrong => "相对人、证号、地址等信息有误,无法据此监管。请写明错在哪里。",
        _ => "同一办件已经推送过。请写明重复的推送单号。",
    };

    public static string OfStep(string what) => what switch
    {
        "delivered" => "送达",
        "signed" => "签收",
        "claimed" => "认领",
        "unclaimed" => "撤销认领",
        "returned" => "退回",
        "resent" => "重新送达",
        "rerouted" => "改派",
        "closed" => "同意退回,关闭",
        "disputed" => "提交权责争议",
        "dispute-withdrawn" => "撤回权责争议",
        "ruled" => "权责争议裁定",
        "assigned" => "指定经办",
        _ => what,
    };

    public static Tone ToneOfStep(string what) => what switch
    {
        "returned" or "disputed" or "unclaimed" => Tone.Warn,
        "claimed" => Tone.Good,
        _ => Tone.Neutral,
    };

    /// <summary>Whether the step was the bureau's or a department's: 住建局看到的 shows them side by side.</summary>
    public static bool IsOurs(string what) => what is "signed" or "claimed" or "unclaimed" or "returned" or "assigned";
}
