namespace Liandong.Data;

/// <summary>
/// The district (区划 code, GB/T 2260) that the current request or job works in. Set once, from the signed-in account,
/// the machine client or the job; every query is limited to it.
/// </summary>
public sealed class DistrictScope(Clock clock)
{
    private string? code;

    public string Code => code ?? throw new InvalidOperationException("The district of this scope is not set.");
    /// <summary>Today in Beijing: for what may be read until a day.</summary>
    public DateOnly Today => clock.Today;
    public bool IsSet => code is not null;

    public void Set(string district)
    {
        if (code is not null && code != district) throw new InvalidOperationException($"The scope belongs to district {code}, not {district}.");
        code = district;
    }
}
