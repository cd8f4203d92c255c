using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Liandong.Bench;

/// <summary>
/// One HTTP/1.1 connection that costs the machine as little as can be, since the server that is measured shares its processors: requests are
/// bytes made beforehand, of the answer only status and body are looked at.
/// </summary>
public sealed class Wire : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[64 * 1024];
    private int from, to;

    public Wire(Uri address) => socket.Connect(address.Host, address.Port);

    /// <summary>The last answer's body: valid until the next request. Chunks are joined.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    public static byte[] Post(string path, string token, ReadOnlySpan<byte> body, string type = "application/json", string? key = null)
    {
        var head = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: {type}\r\n{(key is null ? "" : $"Idempotency-Key: {key}\r\n")}Content-Length: {body.Length}\r\n\r\n");
        return [.. head, .. body];
    }

    /// <param name="credentials">A header line: <c>Authorization: Bearer …</c> or <c>Cookie: …</c>.</param>
    public static byte[] Get(string path, string credentials, string more = "") => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{credentials}\r\n{more}\r\n");

    /// <summary>Sends a request and reads its answer; returns the status.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request, SocketFlags.None);
        (from, to) = (0, 0);
        int end;
        while ((end = buffer.AsSpan(0, to).IndexOf("\r\n\r\n"u8)) < 0) await FillAsync();
        var head = buffer.AsSpan(0, end);
        if (!Utf8Parser.TryParse(head[9..], out int status, out _)) throw new InvalidDataException("The answer carries no status.");
        var (length, chunked) = (LengthIn(head), head.IndexOf("Transfer-Encoding: chunked"u8) >= 0);
        from = end + 4;
        if (!chunked)
        {
            while (to - from < length) await FillAsync();
            Body = buffer.AsMemory(from, length);
            return status;
        }
        using var whole = new MemoryStream();
        while (true)
        {
            int line;
            while ((line = buffer.AsSpan(from, to - from).IndexOf("\r\n"u8)) < 0) await FillAsync();
            if (!Utf8Parser.TryParse(buffer.AsSpan(from, line), out int size, out _, 'x')) throw new InvalidDataException("A chunk carries no size.");
            from += line + 2;
            while (to - from < size + 2) await FillAsync();
            whole.Write(buffer, from, size);
            from += size + 2;
            if (size == 0) break;
        }
        Body = whole.ToArray();
        return status;
    }

    public void Dispose() => socket.Dispose();

    private static int LengthIn(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + 16)..], out int length, out _) ? length : 0;
    }

    private async ValueTask FillAsync()
    {
        if (to == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = await socket.ReceiveAsync(buffer.AsMemory(to), SocketFlags.None);
        if (read == 0) throw new EndOfStreamException("The server closed the connection.");
        to += read;
    }
}
