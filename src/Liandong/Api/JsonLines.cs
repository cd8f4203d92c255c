using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Liandong.Api;

/// <summary>A bulk body (NDJSON) line by line, as it comes: memory does not grow with the body, nor with a line that never ends.</summary>
public static class JsonLines
{
    public const int LongestLine = 1024 * 1024;

    /// <param name="Number">Counted from 1, blank lines included.</param>
    /// <param name="Bytes">UTF-8 as sent; null when the line is longer than <see cref="LongestLine"/>.</param>
    public readonly record struct Line(int Number, ReadOnlyMemory<byte>? Bytes);

    /// <summary>Makes the request one that may take as long as its sender needs; false, with 415 set, when its body is no NDJSON.</summary>
    public static bool Prepare(HttpContext http)
    {
        if (http.Request.ContentType is not { } type || !type.StartsWith(ApiDocument.JsonLines, StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/jsonl", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return false;
        }
        // A million lines are one request: a slow sender, or one that reads its answers at the end, must not lose it.
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } back) back.MinDataRate = null;
        http.Response.ContentType = ApiDocument.JsonLines;
        return true;
    }

    /// <summary>Every line that is not blank. A mark of byte order at the very start is passed over.</summary>
    public static async IAsyncEnumerable<Line> ReadAsync(PipeReader body, [EnumeratorCancellation] CancellationToken ct)
    {
        var (number, tooLong) = (0, false);
        while (true)
        {
            var read = await body.ReadAsync(ct);
            var rest = read.Buffer;
            // Given back whatever happens: a connection whose body is still being read cannot take the next request.
            try
            {
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = Next(rest.Slice(0, end));
                    tooLong = false;
                    rest = rest.Slice(rest.GetPosition(1, end));
                    if (line is { } whole) yield return whole;
                }
                if (tooLong || rest.Length > LongestLine) (tooLong, rest) = (true, rest.Slice(rest.End));
                if (read.IsCompleted)
                {
                    if ((tooLong || rest.Length > 0) && Next(rest) is { } last) yield return last;
                    rest = rest.Slice(rest.End);
                    yield break;
                }
            }
            finally
            {
                body.AdvanceTo(rest.Start, read.Buffer.End);
            }
        }

        Line? Next(ReadOnlySequence<byte> bytes)
        {
            number++;
            if (tooLong || bytes.Length > LongestLine) return new Line(number, null);
            if (number == 1 && bytes.Length >= 3 && bytes.Slice(0, 3).ToArray() is [0xEF, 0xBB, 0xBF]) bytes = bytes.Slice(3);
            var copy = bytes.ToArray();
            return copy.AsSpan().ContainsAnyExcept(" \t\r"u8) ? new Line(number, copy) : null;
        }
    }
}
