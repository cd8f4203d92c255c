using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;

namespace Liandong.Api;

/// <summary>A choice has the same word in the query as in a body and in the document (<c>state=dead</c>): binding by itself would want the word of the code (<c>Dead</c>).</summary>
public sealed class EnumWords(RequestDelegate next)
{
    private static readonly ConcurrentDictionary<Endpoint, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> Known = new();

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.QueryString.HasValue && http.Request.Path.StartsWithSegments("/api") && http.GetEndpoint() is { } endpoint && Known.GetOrAdd(endpoint, WordsOf) is { Count: > 0 } words
            && http.Request.Query.Any(q => words.ContainsKey(q.Key)))
        {
            http.Request.QueryString = new QueryBuilder(http.Request.Query.SelectMany(q => q.Value, (q, value) =>
                KeyValuePair.Create(q.Key, value is not null && words.TryGetValue(q.Key, out var of) && of.TryGetValue(value, out var name) ? name : value ?? ""))).ToQueryString();
        }
        return next(http);
    }

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> WordsOf(Endpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? []).Select(p => (p.Name, Type: Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType)).Where(p => p.Type.IsEnum && p.Name is not null)
            .ToDictionary(p => p.Name!, IReadOnlyDictionary<string, string> (p) => Enum.GetNames(p.Type).ToDictionary(JsonNamingPolicy.CamelCase.ConvertName), StringComparer.OrdinalIgnoreCase);
}
