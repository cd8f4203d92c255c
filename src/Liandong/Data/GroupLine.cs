using System.Threading.Channels;

namespace Liandong.Data;

/// <summary>
/// One writer per node. Whatever is handed in while a group is being written forms the next group, so that many share a commit. Those who were
/// just answered often send again at once: as many as came last time are awaited for a moment, or two half-full groups would take turns for ever.
/// </summary>
/// <param name="limit">Most that a group weighs; a single part that weighs more forms a group of its own.</param>
/// <param name="write">Writes a group and answers each part of it. It must not throw.</param>
public sealed class GroupLine<T>(int limit, Func<T, int> weigh, Func<IReadOnlyList<T>, Task> write) : IAsyncDisposable
{
    /// <summary>How long a group waits for those who are expected: a fraction of what a commit takes.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private readonly Channel<T> queue = Channel.CreateBounded<T>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Lock starting = new();
    private Task? writer;

    /// <summary>How many parts the writer waits for before it begins, and what wakes it.</summary>
    private volatile Awaited? awaiting;

    /// <summary>The writer begins with the first part: services without a host (commands, tests) need no start.</summary>
    public async ValueTask HandInAsync(T part, CancellationToken ct)
    {
        if (writer is null)
            lock (starting)
            {
                // The writer is nobody's request: it must not inherit the first sender's context, above all not its turn at the write gate.
                using (ExecutionContext.SuppressFlow()) writer ??= Task.Run(RunAsync, CancellationToken.None);
            }
        await queue.Writer.WriteAsync(part, ct);
        if (awaiting is { } awaited && queue.Reader.Count >= awaited.Parts) awaited.Here.TrySetResult();
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
        var group = new List<T>();
        var (over, hasOver, expected) = (default(T)!, false, 0);
        while (hasOver || await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            var weight = 0;
            if (hasOver) Take(over);
            hasOver = false;
            if (group.Count + queue.Reader.Count < expected) await GatherAsync(expected - group.Count);
            while (weight < limit && queue.Reader.TryRead(out var next))
            {
                if (group.Count > 0 && weight + weigh(next) > limit)
                {
                    (over, hasOver) = (next, true);
                    break;
                }
                Take(next);
            }
            await write(group);
            expected = group.Count + queue.Reader.Count;

            void Take(T part)
            {
                group.Add(part);
                weight += weigh(part);
            }
        }
    }

    /// <summary>Waits until as many parts are there, but not for long.</summary>
    private async Task GatherAsync(int parts)
    {
        var awaited = new Awaited(parts, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        awaiting = awaited;
        // Those that came before they could know.
        if (queue.Reader.Count < parts) await Task.WhenAny(awaited.Here.Task, Task.Delay(Gathering));
        awaiting = null;
    }

    private sealed record Awaited(int Parts, TaskCompletionSource Here);
}
