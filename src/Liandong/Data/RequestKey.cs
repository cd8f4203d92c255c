namespace Liandong.Data;

/// <summary>The one-time key of the current request, if it carries one: a form's hidden field or the header <c>Idempotency-Key</c>.</summary>
public sealed class RequestKey
{
    public string? Key { get; private set; }
    public string Fingerprint { get; private set; } = "";

    /// <summary>Number of the ledger entry that this request recorded under its key.</summary>
    public long? Entry { get; set; }

    /// <summary>For a writer that records the act in another scope; null once an act stands under the key.</summary>
    public OnceKey? Once => Key is { } key && Entry is null ? new OnceKey(key, Fingerprint) : null;

    public void Carry(string key, string fingerprint) => (Key, Fingerprint) = (key, fingerprint);

    /// <summary>Takes the key off, so that a job started inside the request does not use it again.</summary>
    public void Drop() => Key = null;
}

/// <summary>A request's one-time key, to be kept with the first act that the request leads to.</summary>
public sealed record OnceKey(string Key, string Fingerprint);

/// <summary>The same key came twice at once and the other one won: nothing was done here.</summary>
public sealed class AlreadyDone(string key) : Exception("这次提交已经办理过,没有重复办理。")
{
    public string Key { get; } = key;
}
