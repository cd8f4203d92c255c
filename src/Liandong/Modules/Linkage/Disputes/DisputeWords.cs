using Liandong.Shared;

namespace Liandong.Modules.Linkage.Disputes;

/// <summary>The office's words for the states of a dispute.</summary>
public static class DisputeWords
{
    public static string Of(DisputeState state) => state switch { DisputeState.Open => "待裁定", DisputeState.Ruled => "已裁定", _ => "已撤回" };

    public static Tone ToneOf(DisputeState state) => state switch { DisputeState.Open => Tone.Warn, DisputeState.Ruled => Tone.Good, _ => Tone.Neutral };
}
