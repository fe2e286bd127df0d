using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Elastic;

/// <summary>Writes one ECS document as one line of JSON; absent values leave no field. Not thread-safe.</summary>
internal sealed class DocumentWriter : IDisposable
{
    /// <summary>The version of ECS that the fields are from.</summary>
    public const string EcsVersion = "9.4.0";

    // Identity providers set no bound to names and groups.
    private const int LongestWord = 256;
    private const int MostWords = 64;

    private readonly ArrayBufferWriter<byte> _line = new(2048);
    private readonly Utf8JsonWriter _json;

    public DocumentWriter(DateTimeOffset at, string dataset)
    {
        Dataset = dataset;
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        Text("@timestamp", LeafFormat.Time(at));
        Object("ecs", () => Text("version", EcsVersion));
    }

    public string Dataset { get; }

    /// <summary>An object; one that stays empty is written all the same.</summary>
    public void Object(string name, Action members)
    {
        _json.WriteStartObject(name);
        members();
        _json.WriteEndObject();
    }

    /// <summary>A word of a person, a rule, a server: cut where it is longer than any honest one.</summary>
    public void Word(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _json.WriteString(name, Cut(value, LongestWord));
        }
    }

    /// <summary>Text as it is; null leaves no field.</summary>
    public void Text(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }

    public void Words(string name, IEnumerable<string?> values)
    {
        _json.WriteStartArray(name);
        foreach (var value in values.Where(v => !string.IsNullOrEmpty(v)).Distinct(StringComparer.Ordinal).Take(MostWords))
        {
            _json.WriteStringValue(Cut(value!, LongestWord));
        }

        _json.WriteEndArray();
    }

    public void Number(string name, long? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
    }

    public void Number(string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            _json.WriteNumber(name, number);
        }
    }

    public void Flag(string name, bool value) => _json.WriteBoolean(name, value);

    /// <summary>The document's bytes; nothing may be written after.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _line.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();

    /// <summary>The first characters of a text, never half of a surrogate pair.</summary>
    public static string Cut(string value, int longest) =>
        value.Length <= longest ? value : value[..(char.IsHighSurrogate(value[longest - 1]) ? longest - 1 : longest)];
}
