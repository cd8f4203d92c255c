namespace Liandong.Shared;

/// <summary>Small numbers as official papers write them.</summary>
public static class Chinese
{
    /// <summary>一 to 九十九.</summary>
    public static string Count(int n)
    {
        const string Digits = "〇一二三四五六七八九";
        var (tens, ones) = (n / 10, n % 10);
        return $"{(tens > 1 ? Digits[tens].ToString() : "")}{(tens > 0 ? "十" : "")}{(ones > 0 ? Digits[ones].ToString() : "")}";
    }
}
