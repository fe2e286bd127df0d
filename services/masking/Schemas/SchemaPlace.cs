using System.Text.Json;

namespace Chaperone.Masking.Schemas;

/// <summary>What an output schema says about one place; nothing by default.</summary>
internal readonly struct SchemaPlace(OutputSchema schema, JsonElement node)
{
    private readonly OutputSchema? _schema = schema;
    private readonly JsonElement _node = node;

    /// <summary>True where the schema says anything.</summary>
    public bool IsKnown => _schema is not null;

    /// <summary>The place of a property.</summary>
    public SchemaPlace Property(ReadOnlySpan<char> name) => _schema is null ? default : _schema.Property(_node, name);

    /// <summary>The place of an array's element.</summary>
    public SchemaPlace Item(int index) => _schema is null ? default : _schema.Item(_node, index);

    /// <summary>True where the schema lists the value itself (<c>enum</c>, <c>const</c>): a word of a vocabulary, not of a person.</summary>
    public bool Lists(string value) => _schema is not null && _schema.Lists(_node, value);

    /// <summary>Whether a value given as JSON satisfies this place; true where nothing is said.</summary>
    public bool Accepts(string json)
    {
        if (_schema is null)
        {
            return true;
        }

        using var document = JsonDocument.Parse(json);
        return _schema.Accepts(_node, document.RootElement);
    }

    /// <summary>Whether <paramref name="value"/> satisfies this place.</summary>
    public bool Accepts(JsonElement value) => _schema is null || _schema.Accepts(_node, value);
}
