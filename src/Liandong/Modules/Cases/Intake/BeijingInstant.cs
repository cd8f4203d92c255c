using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Liandong.Kernel.Calendar;

namespace Liandong.Modules.Cases;

/// <summary>
/// Instants of messages: RFC 3339; without an offset they are Beijing time, and a bare day is its midnight. Cut to the microseconds
/// that both databases keep.
/// </summary>
public sealed class BeijingInstant : JsonConverter<DateTimeOffset?>
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd", "yyyy/M/d", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy年M月d日", "yyyyMMdd",
    ];

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null : Parse(reader.GetString()) ?? throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } at) writer.WriteStringValue(at);
        else writer.WriteNullValue();
    }

    /// <summary>Null when the text is no instant in one of the forms; the first and the last hours of all time are none in Beijing.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        text = text.Trim();
        if (DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return local.Ticks < Beijing.Offset.Ticks ? null : Cut(new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Beijing.Offset));
        // With an offset, as RFC 3339 wants it.
        return text.Length >= 17 && text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.UtcTicks <= DateTime.MaxValue.Ticks - Beijing.Offset.Ticks ? Cut(at.ToOffset(Beijing.Offset)) : null;
    }

    public static DateTimeOffset Cut(DateTimeOffset at) => at.AddTicks(-(at.Ticks % 10));
}
