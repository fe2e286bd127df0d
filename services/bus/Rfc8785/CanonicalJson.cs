using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chaperone.Bus.Rfc8785;

/// <summary>
/// RFC 8785 (JSON Canonicalization Scheme), so that the same arguments have the same digest however a client writes them.
/// One deviation, on the safe side: a number that a double cannot hold exactly keeps its own digits, or two different calls
/// could share one approval.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes that <paramref name="body"/> writes, without white space.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            body(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The canonical bytes of <paramref name="element"/>.</summary>
    public static byte[] Write(JsonElement element) => Write(writer => Write(writer, element));

    /// <summary>Writes <paramref name="element"/> with keys in UTF-16 order, without white space.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(element.GetRawText()));
                break;
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>The number as ECMAScript writes it.</summary>
    internal static string Number(string raw)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return raw;
        }

        var canonical = Format(value);
        return decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            && decimal.TryParse(canonical, NumberStyles.Float, CultureInfo.InvariantCulture, out var rounded)
            && exact != rounded
                ? raw
                : canonical;
    }

    private static string Format(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var (digits, exponent) = Parts(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        var sign = value < 0 ? "-" : string.Empty;
        return sign + exponent switch
        {
            >= 21 or < -6 => digits.Length == 1
                ? $"{digits}e{Signed(exponent)}"
                : $"{digits[0]}.{digits[1..]}e{Signed(exponent)}",
            >= 0 when exponent + 1 >= digits.Length => digits.PadRight(exponent + 1, '0'),
            >= 0 => $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
            _ => $"0.{new string('0', -exponent - 1)}{digits}",
        };
    }

    private static string Signed(int exponent) => exponent < 0 ? $"-{-exponent}" : $"+{exponent}";

    /// <summary>The significant digits and the decimal exponent of the first of them.</summary>
    private static (string Digits, int Exponent) Parts(string round)
    {
        var e = round.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? round : round[..e];
        var exponent = e < 0 ? 0 : int.Parse(round[(e + 1)..], CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var digits = whole + (point < 0 ? string.Empty : mantissa[(point + 1)..]);
        var leading = digits.Length - digits.TrimStart('0').Length;
        exponent += whole.Length - 1 - leading;
        digits = digits.TrimStart('0').TrimEnd('0');
        return (digits, exponent);
    }
}
