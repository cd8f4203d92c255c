using System.Net;
using System.Net.Http.Headers;

namespace Liandong.Bench;

/// <summary>Sends cases in bulk, made while they are sent.</summary>
public static class Bulk
{
    /// <param name="parties">How many parties the cases belong to, at most.</param>
    /// <exception cref="InvalidOperationException">A line was not created.</exception>
    public static async Task SendAsync(HttpClient http, long first, int count, Func<long, string> item, int parties = int.MaxValue)
    {
        var body = new Streamed(stream =>
        {
            for (var n = first; n < first + count; n++)
            {
                stream.Write(Messages.Of(n, item(n), n % parties));
                stream.WriteByte((byte)'\n');
            }
        });
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/pushes/bulk") { Content = body }, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var created = 0;
        while (await lines.ReadLineAsync() is { } line)
        {
            if (!line.Contains("\"created\"", StringComparison.Ordinal)) throw new InvalidOperationException(line);
            created++;
        }
        if (created != count) throw new InvalidOperationException($"{created} lines of {count} were answered.");
    }

    private sealed class Streamed(Action<Stream> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.Run(() =>
        {
            // Not disposed: that would close the request's own stream before the request is ended.
            var buffered = new BufferedStream(stream, 256 * 1024);
            write(buffered);
            buffered.Flush();
        });

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
