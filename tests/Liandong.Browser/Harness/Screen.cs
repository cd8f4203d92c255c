namespace Liandong.Browser;

/// <summary>A size that people work at.</summary>
public sealed record Screen(string Name, int Width, int Height, bool Touch)
{
    public static readonly Screen Office = new("1440", 1440, 900, Touch: false);
    public static readonly Screen Wall = new("1920", 1920, 1080, Touch: false);
    public static readonly Screen Phone = new("390", 390, 844, Touch: true);

    public override string ToString() => Name;
}
