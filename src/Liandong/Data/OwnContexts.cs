namespace Liandong.Data;

/// <summary>A context for a part of a page. A form, a list and their page load at the same time, and one context serves one of them at a time.</summary>
public sealed class OwnContexts(IServiceScopeFactory scopes, DistrictScope district)
{
    public OwnContext Open()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district.Code);
        return new OwnContext(scope);
    }
}

public readonly struct OwnContext(AsyncServiceScope scope) : IAsyncDisposable
{
    public AppDb Db { get; } = scope.ServiceProvider.GetRequiredService<AppDb>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
