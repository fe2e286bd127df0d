using System.Buffers;
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
        if (new JsonScanner(json, tape).Read(many))
        {
            return tape;
        }

        tape.Dispose();
        throw new WithheldException(LooksTooDeep(json) ? WithheldReason.TooDeep : WithheldReason.Unreadable);
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

    /// <summary>Adds a value or key; answers its number.</summary>
    public int Add(JsonKind kind, int start, int length, bool escaped)
    {
        if (_count == _tokens.Length)
        {
            Grow();
        }

        ref var token = ref _tokens[_count];
        token.Start = start;
        token.Length = length;
        token.Next = _count + 1;
        token.Kind = kind;
        token.Escaped = escaped;
        token.Entry = 0;
        return _count++;
    }

    /// <summary>Keeps the number under which a key is known.</summary>
    public void Mark(int key, ushort entry) => _tokens[key].Entry = entry;

    /// <summary>Ends an object or array whose last byte stands before <paramref name="end"/>.</summary>
    public void Close(int token, int end)
    {
        ref var container = ref _tokens[token];
        container.Next = _count;
        container.Length = end - container.Start;
    }

    private void Grow()
    {
        var larger = ArrayPool<JsonToken>.Shared.Rent(_count * 2);
        _tokens.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<JsonToken>.Shared.Return(_tokens);
        _tokens = larger;
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
