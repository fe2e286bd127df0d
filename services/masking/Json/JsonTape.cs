using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Chaperone.Masking.Json;

/// <summary>The values of a JSON text in the order of its bytes, each with its place, so that masks are cut in and all else stays as it was.</summary>
internal sealed class JsonTape : IDisposable
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    private JsonToken[] _tokens;
    private int _count;

    private JsonTape(int capacity)
    {
        _tokens = ArrayPool<JsonToken>.Shared.Rent(Math.Max(capacity, 16));
    }

    public int Count => _count;

    public ref readonly JsonToken this[int index] => ref _tokens[index];

    /// <summary>Reads <paramref name="json"/>: one value, or with <paramref name="many"/> one after another (NDJSON).</summary>
    /// <exception cref="WithheldException">Not JSON, not UTF-8, or too deep.</exception>
    public static JsonTape Read(ReadOnlySpan<byte> json, bool many = false)
    {
        if (!Utf8.IsValid(json))
        {
            throw new WithheldException(WithheldReason.Unreadable);
        }

        var tape = new JsonTape(json.Length / 8);
        try
        {
            tape.Fill(json, many);
            return tape;
        }
        catch (JsonException)
        {
            // The reader's message may quote the payload: it goes no further.
            tape.Dispose();
            throw new WithheldException(LooksTooDeep(json) ? WithheldReason.TooDeep : WithheldReason.Unreadable);
        }
    }

    public void Dispose()
    {
        if (_tokens.Length > 0)
        {
            ArrayPool<JsonToken>.Shared.Return(_tokens);
            _tokens = [];
            _count = 0;
        }
    }

    private void Fill(ReadOnlySpan<byte> json, bool many)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth, AllowMultipleValues = many });
        Span<int> open = stackalloc int[MaxDepth + 1];
        var depth = 0;
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                case JsonTokenType.StartArray:
                    open[depth++] = _count;
                    Add(reader.TokenType == JsonTokenType.StartObject ? JsonKind.Object : JsonKind.Array, start, 1, false);
                    break;
                case JsonTokenType.EndObject:
                case JsonTokenType.EndArray:
                    ref var container = ref _tokens[open[--depth]];
                    container.Next = _count;
                    container.Length = start + 1 - container.Start;
                    break;
                case JsonTokenType.PropertyName:
                    Add(JsonKind.Key, start + 1, reader.ValueSpan.Length, reader.ValueIsEscaped);
                    break;
                case JsonTokenType.String:
                    Add(JsonKind.String, start + 1, reader.ValueSpan.Length, reader.ValueIsEscaped);
                    break;
                case JsonTokenType.Number:
                    Add(JsonKind.Number, start, reader.ValueSpan.Length, false);
                    break;
                default:
                    Add(JsonKind.Literal, start, reader.ValueSpan.Length, false);
                    break;
            }
        }
    }

    private void Add(JsonKind kind, int start, int length, bool escaped)
    {
        if (_count == _tokens.Length)
        {
            var larger = ArrayPool<JsonToken>.Shared.Rent(_count * 2);
            _tokens.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<JsonToken>.Shared.Return(_tokens);
            _tokens = larger;
        }

        _tokens[_count] = new JsonToken { Kind = kind, Start = start, Length = length, Next = _count + 1, Escaped = escaped };
        _count++;
    }

    private static bool LooksTooDeep(ReadOnlySpan<byte> json)
    {
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < json.Length; i++)
        {
            switch (json[i])
            {
                case (byte)'\\' when quoted: i++; break;
                case (byte)'"': quoted = !quoted; break;
                case (byte)'{' or (byte)'[' when !quoted: depth++; break;
                case (byte)'}' or (byte)']' when !quoted: depth--; break;
            }

            if (depth > MaxDepth)
            {
                return true;
            }
        }

        return false;
    }
}
