using System.Threading.Channels;

namespace Liandong.Data;

/// <summary>
/// One writer per node. Whatever is handed in while a group is being written forms the next group, so that many share a commit and nobody waits
/// for a timer.
/// </summary>
/// <param name="limit">Most that a group weighs; a single part that weighs more forms a group of its own.</param>
/// <param name="write">Writes a group and answers each part of it. It must not throw.</param>
public sealed class GroupLine<T>(int limit, Func<T, int> weigh, Func<IReadOnlyList<T>, Task> write) : IAsyncDisposable
{
    private readonly Channel<T> queue = Channel.CreateBounded<T>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Lock starting = new();
    private Task? writer;

    /// <summary>The writer begins with the first part: services without a host (commands, tests) need no start.</summary>
    public ValueTask HandInAsync(T part, CancellationToken ct)
    {
        if (writer is null)
            lock (starting)
            {
                // The writer is nobody's request: it must not inherit the first sender's context, above all not its turn at the write gate.
                using (ExecutionContext.SuppressFlow()) writer ??= Task.Run(RunAsync, CancellationToken.None);
            }
        return queue.Writer.WriteAsync(part, ct);
    }

    /// <summary>Writes what has been handed in, then stops.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        queue.Writer.TryComplete();
        if (writer is not null) await Task.WhenAny(writer, Task.Delay(Timeout.Infinite, ct));
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        if (writer is not null) await writer;
    }

    private async Task RunAsync()
    {
        var over = new Queue<T>();
        while (over.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            var group = new List<T>();
            var weight = 0;
            while (over.TryDequeue(out var next) || queue.Reader.TryRead(out next))
            {
                if (group.Count > 0 && weight + weigh(next) > limit)
                {
                    over.Enqueue(next);
                    break;
                }
                group.Add(next);
                if ((weight += weigh(next)) >= limit) break;
            }
            if (group.Count > 0) await write(group);
        }
    }
}
