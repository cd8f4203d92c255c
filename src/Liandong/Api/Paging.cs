using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Liandong.Data;
using Liandong.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Liandong.Api;

/// <summary>One page of a list at the API.</summary>
/// <param name="Next">Opaque place of the next page, to be sent back as <c>after</c>; absent on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>
/// What a list endpoint takes from the query: <c>[AsParameters] Paging paging</c>. Read <see cref="Take"/> rows after <see cref="Place"/>
/// in the order of the list's index and give them to <see cref="PageOf{TRow,T}"/>.
/// </summary>
public sealed record Paging
{
    [FromQuery(Name = "limit")] public int? Limit { get; init; }
    [FromQuery(Name = "after")] public string? After { get; init; }

    public const int Most = 200;
    private const int Usual = 50;

    /// <exception cref="InvalidInput">Not between 1 and 200.</exception>
    public int Size => Limit is null or (>= 1 and <= Most) ? Limit ?? Usual : throw new InvalidInput("limit", $"limit 应在 1 到 {Most} 之间。");

    /// <summary>One more than the page, to know whether another follows.</summary>
    public int Take => Size + 1;

    /// <summary>Where the page begins; null at the start.</summary>
    /// <exception cref="InvalidInput">Not a place that this API gave out.</exception>
    public Cursor? Place => string.IsNullOrEmpty(After) ? null : Cursor.Parse(After);

    public Page<T> PageOf<TRow, T>(IReadOnlyList<TRow> taken, Func<TRow, Cursor> placeOf, Func<TRow, T> view)
    {
        var rows = taken.Take(Size).ToList();
        return new([.. rows.Select(view)], taken.Count > Size ? placeOf(rows[^1]).ToString() : null);
    }

    public Page<T> PageOf<T>(IReadOnlyList<T> taken, Func<T, Cursor> placeOf) => PageOf(taken, placeOf, row => row);
}

/// <summary>
/// The sort key of a page's last row, opaque to clients. It carries a checksum, so that a mistyped or truncated one is refused
/// instead of read as another place. It is no secret and grants nothing: every page is limited to the caller's own rows anew.
/// </summary>
public sealed class Cursor
{
    private const char Between = '\u001f';
    private const int CheckBytes = 6;
    private readonly string[] parts;

    private Cursor(string[] parts) => this.parts = parts;

    /// <summary>Parts in the order of the list's index: instants, days, numbers, texts, ids.</summary>
    public static Cursor Of(params object[] parts) => new([.. parts.Select(Text)]);

    public DateTimeOffset Instant(int index) => Read(index, s => DateTimeOffset.ParseExact(s, "O", CultureInfo.InvariantCulture));
    public DateTimeOffset? InstantOrNone(int index) => Text(index).Length == 0 ? null : Instant(index);
    public DateOnly Day(int index) => Read(index, s => DateOnly.ParseExact(s, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    public long Number(int index) => Read(index, s => long.Parse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    public Guid Id(int index) => Read(index, Guid.Parse);
    public string Text(int index) => Read(index, s => s);

    /// <exception cref="InvalidInput">Not a place that this API gave out.</exception>
    public static Cursor Parse(string text)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            if (bytes.Length > CheckBytes && bytes.AsSpan(0, CheckBytes).SequenceEqual(CheckOf(bytes[CheckBytes..]))) return new(Encoding.UTF8.GetString(bytes, CheckBytes, bytes.Length - CheckBytes).Split(Between));
        }
        catch (FormatException)
        {
            // Said below, as for a wrong checksum.
        }
        throw Unreadable();
    }

    public override string ToString()
    {
        var body = Encoding.UTF8.GetBytes(string.Join(Between, parts));
        return Base64Url.EncodeToString([.. CheckOf(body), .. body]);
    }

    private static ReadOnlySpan<byte> CheckOf(byte[] body) => Sm3.Digest(body).AsSpan(0, CheckBytes);

    private static string Text(object? part) => part switch
    {
        null => "",
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => part.ToString()!.Replace(Between, ' '),
    };

    private T Read<T>(int index, Func<string, T> read)
    {
        try
        {
            return index < parts.Length ? read(parts[index]) : throw Unreadable();
        }
        catch (FormatException)
        {
            throw Unreadable();
        }
    }

    private static InvalidInput Unreadable() => new("after", "翻页位置无法读取,请从第一页重新开始。");
}
