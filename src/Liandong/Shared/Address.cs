using Microsoft.AspNetCore.WebUtilities;

namespace Liandong.Shared;

/// <summary>The address of a list carries its whole state: filter, order, page size, columns, place.</summary>
public static class Address
{
    /// <summary>The query of an address, in order, repeated names kept.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Query(string uri)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(new Uri(uri).Query))
        {
            if (pair.EncodedValue.Length > 0) pairs.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }
        return pairs;
    }

    /// <summary>The same page with some values of the query set anew (null removes a name). Changing anything but <c>after</c> goes back to the first page.</summary>
    public static string With(string uri, params (string Name, string? Value)[] changes)
    {
        var kept = Query(uri).Where(pair => changes.All(change => change.Name != pair.Key) && (pair.Key != "after" || changes.Length == 0));
        var set = changes.Where(change => change.Value is not null).Select(change => new KeyValuePair<string, string>(change.Name, change.Value!));
        var query = string.Join('&', kept.Concat(set).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return query.Length > 0 ? $"{new Uri(uri).AbsolutePath}?{query}" : new Uri(uri).AbsolutePath;
    }
}
