using System.Buffers;
using System.Text;

namespace Chaperone.Recorder.Sealing;

/// <summary>
/// Writes RFC 8785 (JCS) JSON of what the recorder itself authors. Members must be given in the order of their names; it
/// refuses to write anything else, so equal facts give equal bytes.
/// </summary>
internal sealed class CanonicalJson
{
    // RFC 8785 numbers are IEEE doubles: beyond this an integer is no longer exact.
    private const long LargestExact = 1L << 53;

    private readonly ArrayBufferWriter<byte> _out = new(512);
    private readonly Stack<string?> _names = new();
    private bool _comma;

    public byte[] ToArray() => _out.WrittenSpan.ToArray();

    public CanonicalJson BeginObject()
    {
        Separate();
        Raw("{"u8);
        _names.Push(null);
        _comma = false;
        return this;
    }

    public CanonicalJson EndObject()
    {
        _names.Pop();
        Raw("}"u8);
        _comma = true;
        return this;
    }

    public CanonicalJson BeginArray()
    {
        Separate();
        Raw("["u8);
        _comma = false;
        return this;
    }

    public CanonicalJson EndArray()
    {
        Raw("]"u8);
        _comma = true;
        return this;
    }

    public CanonicalJson Name(string name)
    {
        var last = _names.Pop();
        if (last is not null && string.CompareOrdinal(last, name) >= 0)
        {
            throw new InvalidOperationException($"Member '{name}' must come before '{last}'.");
        }

        _names.Push(name);
        Separate();
        Text(name);
        Raw(":"u8);
        _comma = false;
        return this;
    }

    public CanonicalJson Value(string text)
    {
        Separate();
        Text(text);
        _comma = true;
        return this;
    }

    public CanonicalJson Value(long number)
    {
        if (Math.Abs(number) > LargestExact)
        {
            throw new InvalidDataException("A number is too large for canonical JSON.");
        }

        Separate();
        number.TryFormat(_out.GetSpan(20), out var written);
        _out.Advance(written);
        _comma = true;
        return this;
    }

    public CanonicalJson Value(bool truth)
    {
        Separate();
        Raw(truth ? "true"u8 : "false"u8);
        _comma = true;
        return this;
    }

    /// <summary>Writes a member unless <paramref name="text"/> is null.</summary>
    public CanonicalJson Member(string name, string? text) => text is null ? this : Name(name).Value(text);

    /// <summary>Writes a member unless <paramref name="number"/> is null.</summary>
    public CanonicalJson Member(string name, long? number) => number is null ? this : Name(name).Value(number.Value);

    private void Separate()
    {
        if (_comma)
        {
            Raw(","u8);
        }
    }

    private void Raw(ReadOnlySpan<byte> bytes) => _out.Write(bytes);

    private void Text(string text)
    {
        Raw("\""u8);
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and not '"' and not '\\')
            {
                continue;
            }

            Encoding.UTF8.GetBytes(text.AsSpan(start, i - start), _out);
            Escape(text[i]);
            start = i + 1;
        }

        Encoding.UTF8.GetBytes(text.AsSpan(start), _out);
        Raw("\""u8);
    }

    private void Escape(char c)
    {
        switch (c)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\b': Raw("\\b"u8); break;
            case '\t': Raw("\\t"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\f': Raw("\\f"u8); break;
            case '\r': Raw("\\r"u8); break;
            default: Encoding.UTF8.GetBytes($"\\u{(int)c:x4}", _out); break;
        }
    }
}
