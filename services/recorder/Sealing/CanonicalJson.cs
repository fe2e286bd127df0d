using System.Buffers;
using System.Globalization;
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

    private const int GuidLength = 36;

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(i => (char)i), '"', '\\']);

    // A record is written by one thread from begin to end: the next one on it takes over what grew.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _idle;

    private readonly Stack<string?> _names = new(4);
    private ArrayBufferWriter<byte> _out;
    private bool _comma;

    public CanonicalJson()
    {
        _out = _idle ?? new ArrayBufferWriter<byte>(2048);
        _idle = null;
    }

    /// <summary>What was written. Nothing can be added afterwards.</summary>
    public byte[] ToArray()
    {
        var written = _out.WrittenSpan.ToArray();
        _out.ResetWrittenCount();
        _idle = _out;
        _out = null!;
        return written;
    }

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

    public CanonicalJson Value(Guid id)
    {
        Separate();
        var to = _out.GetSpan(GuidLength + 2);
        to[0] = (byte)'"';
        id.TryFormat(to[1..], out _);
        to[GuidLength + 1] = (byte)'"';
        _out.Advance(GuidLength + 2);
        _comma = true;
        return this;
    }

    /// <summary>Writes bytes as lower-case hexadecimal digits.</summary>
    public CanonicalJson Hex(ReadOnlySpan<byte> bytes)
    {
        Separate();
        var to = _out.GetSpan((2 * bytes.Length) + 2);
        to[0] = (byte)'"';
        Convert.TryToHexStringLower(bytes, to[1..], out var written);
        to[written + 1] = (byte)'"';
        _out.Advance(written + 2);
        _comma = true;
        return this;
    }

    /// <summary>Writes a time as <see cref="LeafFormat.Time"/> does.</summary>
    public CanonicalJson Value(DateTimeOffset time)
    {
        Separate();
        var to = _out.GetSpan(64);
        to[0] = (byte)'"';
        time.UtcDateTime.TryFormat(to[1..], out var written, LeafFormat.TimeFormat, CultureInfo.InvariantCulture);
        to[written + 1] = (byte)'"';
        _out.Advance(written + 2);
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

    /// <summary>Writes a member unless <paramref name="id"/> is null.</summary>
    public CanonicalJson Member(string name, Guid? id) => id is null ? this : Name(name).Value(id.Value);

    public CanonicalJson Member(string name, DateTimeOffset time) => Name(name).Value(time);

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
        var left = text.AsSpan();
        while (left.IndexOfAny(Escaped) is var at and >= 0)
        {
            Plain(left[..at]);
            Escape(left[at]);
            left = left[(at + 1)..];
        }

        Plain(left);
        Raw("\""u8);
    }

    private void Plain(ReadOnlySpan<char> text)
    {
        var to = _out.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        _out.Advance(Encoding.UTF8.GetBytes(text, to));
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
