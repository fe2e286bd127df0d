using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Chaperone.Masking.Json;

/// <summary>
/// Reads JSON by the grammar of RFC 8259 and nothing beside it (no comments, no trailing commas), sixteen bytes at a time
/// where strings are long. As <see cref="System.Text.Json.Utf8JsonReader"/> it takes keys that stand twice and escapes of
/// lone surrogates. The bytes must be valid UTF-8.
/// </summary>
internal ref struct JsonScanner(ReadOnlySpan<byte> json, JsonTape tape)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>Puts one value on the tape, or with <paramref name="many"/> any number of them; false where the bytes are something else.</summary>
    public bool Read(bool many)
    {
        Span<int> open = stackalloc int[JsonTape.MaxDepth];
        Skip();
        if (many && _at == _json.Length)
        {
            return true;
        }

        do
        {
            if (!Value(open))
            {
                return false;
            }

            Skip();
        }
        while (many && _at < _json.Length);
        return _at == _json.Length;
    }

    private bool Value(scoped Span<int> open)
    {
        var depth = 0;
        while (true)
        {
            var first = Peek();
            if (first is (byte)'{' or (byte)'[')
            {
                if (depth == open.Length)
                {
                    return false;
                }

                open[depth++] = tape.Add(first == (byte)'{' ? JsonKind.Object : JsonKind.Array, _at, 1, false);
                _at++;
                Skip();
                if (Peek() == first + 2)
                {
                    tape.Close(open[--depth], ++_at);
                }
                else if (first == (byte)'[' || Key())
                {
                    continue;
                }
                else
                {
                    return false;
                }
            }
            else if (!(first == (byte)'"' ? String(JsonKind.String) : first is (byte)'t' or (byte)'f' or (byte)'n' ? Literal(first) : Number()))
            {
                return false;
            }

            if (!Behind(open, ref depth))
            {
                return false;
            }

            if (depth == 0)
            {
                return true;
            }
        }
    }

    // What stands behind a value: the ends of what it stands in, a comma and, in an object, the next key.
    private bool Behind(scoped ReadOnlySpan<int> open, ref int depth)
    {
        while (depth > 0)
        {
            Skip();
            var next = Peek();
            var inObject = tape[open[depth - 1]].Kind == JsonKind.Object;
            if (next == (byte)',')
            {
                _at++;
                Skip();
                return !inObject || Key();
            }

            if (next != (inObject ? (byte)'}' : (byte)']'))
            {
                return false;
            }

            tape.Close(open[--depth], ++_at);
        }

        return true;
    }

    // A key with its colon; stops at its value.
    private bool Key()
    {
        if (Peek() != (byte)'"' || !String(JsonKind.Key))
        {
            return false;
        }

        Skip();
        if (Peek() != (byte)':')
        {
            return false;
        }

        _at++;
        Skip();
        return true;
    }

    private bool String(JsonKind kind)
    {
        var start = ++_at;
        var escaped = false;
        while (true)
        {
            _at = Stop(_at);
            switch (Peek())
            {
                case (byte)'"':
                    tape.Add(kind, start, _at - start, escaped);
                    _at++;
                    return true;
                case (byte)'\\' when Escape():
                    escaped = true;
                    break;
                default:
                    return false;
            }
        }
    }

    // The next quote, backslash or control character; the end where there is none.
    private readonly int Stop(int at)
    {
        ref var bytes = ref MemoryMarshal.GetReference(_json);
        for (; at <= _json.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var block = Vector128.LoadUnsafe(ref bytes, (nuint)at);
            var stops = Vector128.Equals(block, Vector128.Create((byte)'"')) | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                | Vector128.Equals(Vector128.Min(block, Vector128.Create((byte)0x1F)), block);
            var bits = stops.ExtractMostSignificantBits();
            if (bits != 0)
            {
                return at + BitOperations.TrailingZeroCount(bits);
            }
        }

        while (at < _json.Length && _json[at] is >= 0x20 and not ((byte)'"' or (byte)'\\'))
        {
            at++;
        }

        return at;
    }

    private bool Escape()
    {
        var rest = _json[_at..];
        if (rest.Length < 2)
        {
            return false;
        }

        if (rest[1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            _at += 2;
            return true;
        }

        if (rest[1] != (byte)'u' || rest.Length < 6)
        {
            return false;
        }

        foreach (var digit in rest[2..6])
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }

        _at += 6;
        return true;
    }

    private bool Literal(byte first)
    {
        var literal = first switch { (byte)'t' => "true"u8, (byte)'f' => "false"u8, _ => "null"u8 };
        if (!_json[_at..].StartsWith(literal))
        {
            return false;
        }

        tape.Add(JsonKind.Literal, _at, literal.Length, false);
        _at += literal.Length;
        return true;
    }

    private bool Number()
    {
        var start = _at;
        _at += Peek() == (byte)'-' ? 1 : 0;
        var zero = Peek() == (byte)'0';
        var digits = Digits();
        if (digits == 0 || (zero && digits > 1))
        {
            return false;
        }

        if (Peek() == (byte)'.')
        {
            _at++;
            if (Digits() == 0)
            {
                return false;
            }
        }

        if (Peek() is (byte)'e' or (byte)'E')
        {
            _at++;
            _at += Peek() is (byte)'+' or (byte)'-' ? 1 : 0;
            if (Digits() == 0)
            {
                return false;
            }
        }

        tape.Add(JsonKind.Number, start, _at - start, false);
        return _at == _json.Length || _json[_at] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
    }

    private int Digits()
    {
        var start = _at;
        while (_at < _json.Length && (uint)(_json[_at] - '0') <= 9)
        {
            _at++;
        }

        return _at - start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Peek() => _at < _json.Length ? _json[_at] : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Skip()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }
}
