using Liandong.Kernel.Duties;
using Liandong.Shared;

namespace Liandong.Desk;

/// <summary>How a duty stands, in the office's words.</summary>
public static class DutyWords
{
    public static string Of(Duty duty) => duty.ClosedHow switch
    {
        null when duty.IsPaused => "暂停中",
        null => "在办",
        Closing.Discharged => duty.BreachedAt is null ? "按期办结" : "逾期办结",
        Closing.Waived => "已免除",
        Closing.Superseded => "已由新的时限代替",
        _ => "已取消",
    };

    public static Tone ToneOf(Duty duty) => duty.ClosedHow switch
    {
        null => duty.BreachedAt is null ? Tone.Info : Tone.Bad,
        Closing.Discharged => duty.BreachedAt is null ? Tone.Good : Tone.Bad,
        _ => Tone.Neutral,
    };
}
