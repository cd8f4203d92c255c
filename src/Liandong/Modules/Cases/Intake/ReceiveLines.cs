using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Liandong.Api;
using Liandong.Data;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Liandong.Modules.Cases;

/// <summary>
/// 批量报送: a case per line (NDJSON) in, an answer per line out, in order and while the rest is still coming. A bad line is answered as failed and
/// the others go on. Memory does not grow with the number of lines; whoever was cut off sends everything again and gets <c>unchanged</c> for what is there.
/// </summary>
public sealed class ReceiveLines(SendCase send, IOptions<JsonOptions> json, DatabaseChoice choice)
{
    /// <summary>Lines handed to the writer at once. A smaller lot goes in when no more has arrived yet.</summary>
    private const int Lot = 500;

    /// <summary>Lots under way: one is being written while the next are read and checked.</summary>
    private const int LotsUnderWay = 3;
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly List<(int Line, CaseInput? Input, IntakeResult? Failed)> lot = new(Lot);
    private readonly Queue<Task<byte[]>> underWay = new();

    /// <summary>Refuses before the first byte of the answer is sent.</summary>
    public void DemandSender() => send.DemandBureau();

    public async Task RunAsync(PipeReader body, Stream answer, bool mustBeDecided, CancellationToken ct)
    {
        using var spool = new ResultSpool(Path.Combine(choice.DataFolder, "spool"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sending = spool.SendAsync(answer, stop.Token);
        try
        {
            await ReadAsync(body, spool, mustBeDecided, ct);
        }
        catch
        {
            await stop.CancelAsync();
            // Two must not write one answer: this one ends before the failure is told in its place.
            await sending.ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
        finally
        {
            spool.Complete();
            // What was handed in will be written; its answers reach nobody when the client is gone.
            await Task.WhenAll(underWay).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        await sending;
    }

    private async Task ReadAsync(PipeReader body, ResultSpool spool, bool mustBeDecided, CancellationToken ct)
    {
        await using var lines = JsonLines.ReadAsync(body, ct).GetAsyncEnumerator(ct);
        while (true)
        {
            var next = lines.MoveNextAsync();
            if (!next.IsCompleted)
            {
                // Nothing more has come for now: what is there goes in rather than wait for a full lot.
                await HandInAsync(spool, mustBeDecided, ct);
                Settle(spool);
            }
            if (!await next) break;
            lot.Add(Read(lines.Current));
            if (lot.Count >= Lot) await HandInAsync(spool, mustBeDecided, ct);
        }
        await HandInAsync(spool, mustBeDecided, ct);
        while (underWay.TryDequeue(out var last)) spool.Add(await last);
    }

    private (int Line, CaseInput? Input, IntakeResult? Failed) Read(JsonLines.Line line)
    {
        if (line.Bytes is not { } bytes) return (line.Number, null, Failed("line.too-long", "", $"这一行超过{JsonLines.LongestLine / 1024}KB。"));
        var reader = new Utf8JsonReader(bytes.Span);
        try
        {
            var input = JsonSerializer.Deserialize<CaseInput>(ref reader, json.Value.SerializerOptions);
            if (input is null) return (line.Number, null, Failed("line.malformed", "", "这一行是空值。"));
            if (bytes.Span[(int)reader.BytesConsumed..].ContainsAnyExcept(" \t\r"u8)) return (line.Number, null, Failed("line.malformed", "", "这一行有多余的内容,一行只能有一个对象。"));
            return (line.Number, input, null);
        }
        catch (JsonException bad)
        {
            var path = bad.Path is { Length: > 2 } at ? at[2..] : "";
            return (line.Number, null, Failed("line.malformed", path, path.Length > 0 ? "这一项的值无法读取,请核对格式。" : "这一行不是完整的 JSON 对象。"));
        }
    }

    /// <summary>Gives the lot to the writer and goes on; waits only when too many are under way.</summary>
    private async Task HandInAsync(ResultSpool spool, bool mustBeDecided, CancellationToken ct)
    {
        if (lot.Count == 0) return;
        var lines = lot.ToArray();
        lot.Clear();
        var handed = await send.HandInAsync([.. lines.Where(l => l.Input is not null).Select(l => l.Input!)], mustBeDecided, ct);
        underWay.Enqueue(AnswerAsync(lines, handed));
        Settle(spool);
        if (underWay.Count >= LotsUnderWay) spool.Add(await underWay.Dequeue());
    }

    private void Settle(ResultSpool spool)
    {
        while (underWay.TryPeek(out var first) && first.IsCompleted) spool.Add(underWay.Dequeue().GetAwaiter().GetResult());
    }

    private static async Task<byte[]> AnswerAsync((int Line, CaseInput? Input, IntakeResult? Failed)[] lines, Task<IReadOnlyList<IntakeResult>> handed)
    {
        var results = await handed;
        var output = new ArrayBufferWriter<byte>(lines.Length * 128);
        using var writer = new Utf8JsonWriter(output, Compact);
        var next = 0;
        foreach (var (number, _, failed) in lines)
        {
            Write(writer, number, failed ?? results[next++]);
            writer.Flush();
            writer.Reset();
            output.Write("\n"u8);
        }
        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, int number, IntakeResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("line"u8, number);
        writer.WriteString("status"u8, result.Status switch { IntakeStatus.Created => "created"u8, IntakeStatus.Advanced => "advanced"u8, IntakeStatus.Unchanged => "unchanged"u8, _ => "failed"u8 });
        if (result.Number.Length > 0) writer.WriteString("number"u8, result.Number);
        if (result.Id is { } id) writer.WriteString("id"u8, id);
        if (result.Unrouted.Length > 0) writer.WriteString("unrouted"u8, result.Unrouted);
        if (result.Code.Length > 0)
        {
            writer.WriteString("code"u8, result.Code);
            writer.WriteStartObject("errors"u8);
            foreach (var (field, sentence) in result.Errors) writer.WriteString(field, sentence);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static IntakeResult Failed(string code, string field, string sentence) => IntakeResult.Failed("", code, new Dictionary<string, string> { [field] = sentence });
}
