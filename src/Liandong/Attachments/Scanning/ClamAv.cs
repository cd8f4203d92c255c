using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Liandong.Attachments;

/// <param name="Signature">Name of what was found; null when the content is clean.</param>
public sealed record ScanResult(string? Signature);

/// <summary>Looks through a content for viruses.</summary>
public interface IVirusScanner
{
    /// <exception cref="IOException">The scanner does not answer, or could not look at all of it.</exception>
    Task<ScanResult> ScanAsync(Stream content, CancellationToken ct);
}

/// <summary>
/// ClamAV's daemon <c>clamd</c>, asked by its command INSTREAM: the content goes in lengths of four bytes, most significant first, and pieces, and a
/// length of zero ends it.
/// </summary>
/// <param name="address"><c>host:port</c> or <c>unix:/run/clamav/clamd.ctl</c>.</param>
public sealed class ClamAv(string address) : IVirusScanner
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private const int Piece = 256 * 1024;

    public async Task<ScanResult> ScanAsync(Stream content, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var socket = await ConnectAsync(patience.Token);
            await using var line = new NetworkStream(socket);
            await line.WriteAsync("zINSTREAM\0"u8.ToArray(), patience.Token);
            await SendAsync(line, content, patience.Token);
            return Read(await AnswerAsync(line, patience.Token));
        }
        catch (SocketException failure)
        {
            throw new IOException($"clamd at {address} does not answer: {failure.Message}", failure);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"clamd at {address} did not answer within {Patience.TotalMinutes} minutes.");
        }
    }

    private static async Task SendAsync(NetworkStream line, Stream content, CancellationToken ct)
    {
        var frame = new byte[4 + Piece];
        try
        {
            for (int read; (read = await content.ReadAsync(frame.AsMemory(4), ct)) > 0;)
            {
                BinaryPrimitives.WriteInt32BigEndian(frame, read);
                await line.WriteAsync(frame.AsMemory(0, 4 + read), ct);
            }
            await line.WriteAsync(new byte[4], ct);
        }
        catch (IOException)
        {
            // The daemon hangs up in the middle when the stream is longer than it takes: its answer says so.
        }
    }

    private static async Task<string> AnswerAsync(NetworkStream line, CancellationToken ct)
    {
        using var said = new MemoryStream();
        var buffer = new byte[1024];
        for (int read; (read = await line.ReadAsync(buffer, ct)) > 0;)
        {
            said.Write(buffer, 0, read);
            if (buffer.AsSpan(0, read).Contains((byte)0)) break;
        }
        return Encoding.UTF8.GetString(said.ToArray()).TrimEnd('\0', '\n').Trim();
    }

    /// <summary><c>stream: OK</c>, <c>stream: Win.Test.EICAR_HDB-1 FOUND</c>, or an error.</summary>
    private static ScanResult Read(string answer)
    {
        const string Prefix = "stream: ";
        if (answer == Prefix + "OK") return new ScanResult(null);
        if (answer.StartsWith(Prefix, StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal)) return new ScanResult(answer[Prefix.Length..^" FOUND".Length]);
        throw new IOException(answer.Length == 0 ? "clamd hung up without an answer." : $"clamd: {answer}");
    }

    private async Task<Socket> ConnectAsync(CancellationToken ct)
    {
        if (address.StartsWith("unix:", StringComparison.Ordinal))
        {
            var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await ConnectOrCloseAsync(unix, () => unix.ConnectAsync(new UnixDomainSocketEndPoint(address["unix:".Length..]), ct).AsTask());
            return unix;
        }
        var colon = address.LastIndexOf(':');
        var (host, port) = (address[..colon].Trim('[', ']'), int.Parse(address[(colon + 1)..], CultureInfo.InvariantCulture));
        var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await ConnectOrCloseAsync(tcp, () => tcp.ConnectAsync(host, port, ct).AsTask());
        return tcp;
    }

    private static async Task ConnectOrCloseAsync(Socket socket, Func<Task> connect)
    {
        try
        {
            await connect();
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
