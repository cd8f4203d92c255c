using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Liandong.Api;

/// <summary>
/// A list of a body has no gaps: <c>null</c> among its elements is refused where the body is read, as it is for a property that must be there.
/// The serializer heeds the annotations of properties and parameters, not those of elements.
/// </summary>
public static class NoGaps
{
    public static void Refuse(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        var lists = type.Properties.Where(p => p.Get is not null && IsListOfObjects(p.PropertyType)).Select(p => (p.Name, Get: p.Get!)).ToArray();
        if (lists.Length == 0) return;
        var before = type.OnDeserialized;
        type.OnDeserialized = value =>
        {
            before?.Invoke(value);
            foreach (var (name, get) in lists)
            {
                if (get(value) is not IEnumerable list) continue;
                var position = 0;
                foreach (var one in list)
                {
                    if (one is null) throw new JsonException($"{name}[{position}] is null.", $"$.{name}[{position}]", null, null);
                    position++;
                }
            }
        };
    }

    private static bool IsListOfObjects(Type type) =>
        type != typeof(string) && !type.IsAssignableTo(typeof(IDictionary)) && (type.IsArray ? type.GetElementType() : type.GetInterfaces().Prepend(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0]) is { IsValueType: false };
}
