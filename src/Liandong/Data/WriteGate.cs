namespace Liandong.Data;

/// <summary>
/// SQLite has one writer: inside a process the acts wait for each other here, in order, instead of polling a busy file.
/// On PostgreSQL the lock on the chain head does this across nodes and the gate is open.
/// </summary>
public sealed class WriteGate(bool closed) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly AsyncLocal<Turn?> holder = new();

    /// <summary>Waits for the turn. Entering again inside the same flow is free.</summary>
    public Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        if (!closed || holder.Value is { Ended: false }) return Task.FromResult<IDisposable>(Pass.Free);
        // The holder is set in the caller's flow: an async method could not do that.
        var turn = new Turn(one);
        holder.Value = turn;
        return WaitAsync(turn, ct);
    }

    public void Dispose() => one.Dispose();

    private async Task<IDisposable> WaitAsync(Turn turn, CancellationToken ct)
    {
        try
        {
            await one.WaitAsync(ct);
        }
        catch
        {
            turn.Abandon();
            throw;
        }
        return turn;
    }

    private sealed class Turn(SemaphoreSlim one) : IDisposable
    {
        public bool Ended { get; private set; }

        public void Abandon() => Ended = true;

        public void Dispose()
        {
            if (Ended) return;
            Ended = true;
            one.Release();
        }
    }

    private sealed class Pass : IDisposable
    {
        public static readonly Pass Free = new();

        public void Dispose() { }
    }
}
