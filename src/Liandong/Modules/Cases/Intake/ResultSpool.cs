using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace Liandong.Modules.Cases;

/// <summary>
/// Answers on their way to a client that may read them only when it has sent everything: what it does not take at once waits in memory up to a
/// few megabytes, and beyond that in a file, so that reading its request never stops for it.
/// </summary>
internal sealed class ResultSpool(string folder, int inMemory = 4 * 1024 * 1024) : IDisposable
{
    private readonly Channel<Piece> pieces = Channel.CreateUnbounded<Piece>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private SafeFileHandle? file;
    private long written;
    private int waiting;

    public void Add(byte[] bytes)
    {
        if (bytes.Length == 0) return;
        if (Volatile.Read(ref waiting) + bytes.Length <= inMemory)
        {
            Interlocked.Add(ref waiting, bytes.Length);
            pieces.Writer.TryWrite(new Piece(bytes, 0, bytes.Length));
            return;
        }
        if (file is null)
        {
            System.IO.Directory.CreateDirectory(folder);
            file = File.OpenHandle(Path.Combine(folder, $"{Path.GetRandomFileName()}.spool"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        }
        RandomAccess.Write(file, bytes, written);
        pieces.Writer.TryWrite(new Piece(null, written, bytes.Length));
        written += bytes.Length;
    }

    public void Complete() => pieces.Writer.TryComplete();

    /// <summary>Sends everything in order until <see cref="Complete"/>.</summary>
    public async Task SendAsync(Stream client, CancellationToken ct)
    {
        await foreach (var piece in pieces.Reader.ReadAllAsync(ct))
        {
            if (piece.Bytes is { } bytes)
            {
                await client.WriteAsync(bytes, ct);
                Interlocked.Add(ref waiting, -bytes.Length);
            }
            else
            {
                var buffer = new byte[piece.Length];
                RandomAccess.Read(file!, buffer, piece.Offset);
                await client.WriteAsync(buffer, ct);
            }
            if (!pieces.Reader.TryPeek(out _)) await client.FlushAsync(ct);
        }
    }

    public void Dispose() => file?.Dispose();

    private sealed record Piece(byte[]? Bytes, long Offset, int Length);
}
