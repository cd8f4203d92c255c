using System.Globalization;
using System.Text;
using System.Text.Json;
using Liandong.Data;

namespace Liandong.Outbound;

/// <summary>An act as CloudEvents 1.0, structured JSON. The data is the act's body, character for character as it stands in the ledger; who did it stays inside.</summary>
public static class CloudEvent
{
    public const string ContentType = "application/cloudevents+json";
    public const string TypePrefix = "cn.liandong.";

    /// <summary>District and ledger number: the same at every try and for every receiver.</summary>
    public static string IdOf(string district, long number) => string.Create(CultureInfo.InvariantCulture, $"{district}-{number}");

    public static string Of(LedgerEntry entry)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = Ledger.BodyFormat.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", IdOf(entry.District, entry.Number));
            json.WriteString("source", $"/districts/{entry.District}");
            json.WriteString("type", TypePrefix + entry.Act);
            json.WriteString("subject", $"{entry.SubjectKind}/{entry.SubjectId}");
            json.WriteString("time", entry.At.ToString("yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture));
            json.WriteString("datacontenttype", "application/json");
            // The extension "sequence": where the act stands in the district's ledger.
            json.WriteString("sequence", entry.Number.ToString("D20", CultureInfo.InvariantCulture));
            json.WritePropertyName("data");
            json.WriteRawValue(entry.Body);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
