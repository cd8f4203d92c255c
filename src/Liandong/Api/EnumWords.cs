using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Liandong.Shared;
using Microsoft.AspNetCore.Http.Extensions;

namespace Liandong.Api;

/// <summary>
/// A choice has the same word in the query as in a body and in the document (<c>state=dead</c>): binding by itself would want the word of the code (<c>Dead</c>).
/// What is no such word, no identifier or no day is refused and named here, for every list alike: one that passed it over would answer with more than was asked for.
/// </summary>
public sealed class EnumWords(RequestDelegate next)
{
    /// <param name="Choice">The words of the document; null where any text may stand.</param>
    /// <param name="Names">The words of the code by those of the document, where the framework reads the value.</param>
    private sealed record Taken(IReadOnlyList<string>? Choice, ApiWords.Form Form, IReadOnlyDictionary<string, string> Names);

    private static readonly ConcurrentDictionary<Endpoint, IReadOnlyDictionary<string, Taken>> Known = new();
    private static readonly Dictionary<string, string> NoNames = [];

    public Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.QueryString.HasValue || !http.Request.Path.StartsWithSegments("/api") || http.GetEndpoint() is not RouteEndpoint endpoint) return next(http);
        var taken = Known.GetOrAdd(endpoint, _ => TakenBy(endpoint));
        if (!http.Request.Query.Any(q => taken.ContainsKey(q.Key))) return next(http);
        var check = new InputCheck();
        foreach (var (name, values) in http.Request.Query)
            if (taken.TryGetValue(name, out var of))
                foreach (var value in values)
                    if (!string.IsNullOrWhiteSpace(value) && WhyNot(of, value.Trim()) is { } why) check.That(false, Problems.Camel(name), why);
        check.Throw();
        if (http.Request.Query.Any(q => taken.TryGetValue(q.Key, out var of) && of.Names.Count > 0))
            http.Request.QueryString = new QueryBuilder(http.Request.Query.SelectMany(q => q.Value, (q, value) =>
                KeyValuePair.Create(q.Key, value is not null && taken.TryGetValue(q.Key, out var of) && of.Names.TryGetValue(value.Trim(), out var name) ? name : value ?? ""))).ToQueryString();
        return next(http);
    }

    private static string? WhyNot(Taken of, string value) => of switch
    {
        { Choice: { } choice } => choice.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"“{value}”不是可用的值,应为 {string.Join("、", choice)} 之一。",
        { Form: ApiWords.Form.Id } => Guid.TryParse(value, out _) ? null : $"“{value}”不是编号,应写成 0167aa3a-3280-7a8f-9ac4-6f98241da464 的样子。",
        { Form: ApiWords.Form.Day } => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : $"“{value}”不是日期,应写成 2026-09-30 的样子,且确有这一天。",
        { Form: ApiWords.Form.Number } => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : $"“{value}”不是整数。",
        { Form: ApiWords.Form.Flag } => bool.TryParse(value, out _) ? null : $"“{value}”不是可用的值,应为 true 或者 false。",
        _ => null,
    };

    /// <summary>What the framework reads from the query, with the members of what it puts together from several values.</summary>
    private static IEnumerable<(string Name, Type Type)> ReadBy(MethodInfo handler)
    {
        foreach (var parameter in handler.GetParameters())
            if (parameter.GetCustomAttribute<AsParametersAttribute>() is null) yield return (parameter.Name ?? "", Of(parameter.ParameterType));
            else
                foreach (var member in parameter.ParameterType.GetProperties())
                    if (member.GetCustomAttribute<Microsoft.AspNetCore.Mvc.FromQueryAttribute>() is { } query) yield return (query.Name ?? member.Name, Of(member.PropertyType));

        static Type Of(Type type) => Nullable.GetUnderlyingType(type) ?? type;
    }

    private static ApiWords.Form FormOf(Type type) => type == typeof(Guid) ? ApiWords.Form.Id : type == typeof(DateOnly) ? ApiWords.Form.Day
        : type == typeof(bool) ? ApiWords.Form.Flag : type == typeof(int) || type == typeof(long) ? ApiWords.Form.Number : ApiWords.Form.Text;

    private static IReadOnlyDictionary<string, Taken> TakenBy(RouteEndpoint endpoint)
    {
        var path = ApiWords.PathOf(endpoint.RoutePattern);
        var taken = new Dictionary<string, Taken>(StringComparer.OrdinalIgnoreCase);
        if (endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler)
            foreach (var (name, type) in ReadBy(handler).Where(p => endpoint.RoutePattern.GetParameter(p.Name) is null))
                if (type.IsEnum) taken[name] = new([.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)], ApiWords.Form.Text, Enum.GetNames(type).ToDictionary(JsonNamingPolicy.CamelCase.ConvertName, StringComparer.OrdinalIgnoreCase));
                else if (type == typeof(string) && ApiWords.Of(path, name) is { Choice: { } choice }) taken[name] = new(choice, ApiWords.Form.Text, NoNames);
                else if (FormOf(type) is not ApiWords.Form.Text and var form) taken[name] = new(null, form, NoNames);
        foreach (var name in endpoint.Metadata.GetOrderedMetadata<TakenFromQuery>().SelectMany(t => t.Names))
            if (ApiWords.Of(path, name) is { } words && (words.Choice is not null || words.Form != ApiWords.Form.Text)) taken[name] = new(words.Choice, words.Form, NoNames);
        return taken;
    }
}
