namespace Liandong.Kernel.Parties;

/// <summary>How far a code can be trusted. None of the three is a reason to drop the row that carries it.</summary>
public enum CodeStanding
{
    /// <summary>Has the standard's form and passes its check digits.</summary>
    Valid,

    /// <summary>Another form than the standard's (an old number, a provisional local code) or one that cannot be verified: kept as written and flagged.</summary>
    NonStandard,

    /// <summary>Has the standard's form but fails it, or is no code at all: most likely mistyped.</summary>
    Invalid,
}

/// <summary>What came of checking a code.</summary>
/// <param name="Value">The code in its normal spelling (half-width, no spaces, upper case) where it has the standard's form; otherwise the text as written, trimmed.</param>
/// <param name="Standing">How far it can be trusted.</param>
/// <param name="Why">A sentence in Chinese for the screen; for a valid code, what the code says about its holder.</param>
public sealed record CodeCheck(string Value, CodeStanding Standing, string Why)
{
    public bool IsValid => Standing == CodeStanding.Valid;

    internal static CodeCheck Valid(string value, string why) => new(value, CodeStanding.Valid, why);
    internal static CodeCheck NonStandard(string value, string why) => new(value, CodeStanding.NonStandard, why);
    internal static CodeCheck Invalid(string value, string why) => new(value, CodeStanding.Invalid, why);
}
