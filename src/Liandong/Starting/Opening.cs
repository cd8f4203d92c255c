namespace Liandong.Starting;

/// <summary>
/// How far the start has come. The address answers from the first moment; until the house is open every page says what is being made ready, and
/// nothing that works by itself has begun.
/// </summary>
public sealed class Opening
{
    private volatile Stage stage = new("正在检查数据库", null);

    /// <param name="Doing">What is being done, in the office's words.</param>
    /// <param name="Percent">0 to 100; null where nobody can say.</param>
    public sealed record Stage(string Doing, int? Percent);

    public bool IsOpen { get; private set; }

    public Stage Now => stage;

    public void Say(string doing, double? part = null) => stage = new Stage(doing, part is { } share ? (int)(Math.Clamp(share, 0, 1) * 100) : null);

    public void Open() => IsOpen = true;
}
