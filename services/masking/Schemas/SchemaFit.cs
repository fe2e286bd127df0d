using System.Globalization;
using System.Text.Json;
using Chaperone.Masking.Masks;

namespace Chaperone.Masking.Schemas;

/// <summary>Finds a mask that a schema accepts.</summary>
internal static class SchemaFit
{
    private const int MostLabelLetters = 5;
    private const int LeastLabelledDigits = 4;

    private static readonly string[] Candidates =
    [
        "1900-01-01", "1900-01-01T00:00:00Z", "00:00:00", "redacted@example.invalid", "https://redacted.invalid/", "00000000-0000-0000-0000-000000000000",
        "000-00-0000", "000-000-0000", "00000", "0.0.0.0", "::", "redacted", "X", "0", "",
    ];

    /// <summary>
    /// <paramref name="masked"/> if the schema takes it, else the first of <paramref name="shaped"/>, masks in other shapes, else
    /// the first form without information that it takes, else <paramref name="masked"/>.
    /// </summary>
    public static string String(SchemaPlace place, ReadOnlySpan<char> original, string masked, IEnumerable<string> shaped)
    {
        if (Fits(place, masked))
        {
            return masked;
        }

        foreach (var candidate in shaped)
        {
            if (Fits(place, candidate))
            {
                return candidate;
            }
        }

        var shape = Shape(original, '0', 'X');
        foreach (var candidate in (string[])[Shapes.Zero(original), shape, Shape(original, '1', 'A'), .. Candidates, Length(place, masked)])
        {
            if (!original.SequenceEqual(candidate) && !HoldsLetters(candidate, original) && Fits(place, candidate))
            {
                return candidate;
            }
        }

        // A few letters on which the schema insists are its own, not the person's: "MRN-000000".
        var zeroed = Shapes.Zero(original);
        return IsLabelled(original) && !original.SequenceEqual(zeroed) && Fits(place, zeroed) ? zeroed : masked;
    }

    /// <summary><paramref name="masked"/> or the number nearest to nothing that the schema takes.</summary>
    public static string Number(SchemaPlace place, string masked)
    {
        if (place.Accepts(masked))
        {
            return masked;
        }

        for (var number = 1L; number < 10_000_000_000_000L; number *= 10)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            if (place.Accepts(text))
            {
                return text;
            }
        }

        return place.Accepts("-1") ? "-1" : masked;
    }

    private static bool IsLabelled(ReadOnlySpan<char> value)
    {
        var letters = 0;
        foreach (var c in value)
        {
            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters <= MostLabelLetters && Shapes.CountDigits(value) >= LeastLabelledDigits;
    }

    private static bool Fits(SchemaPlace place, string value) => place.Accepts(JsonSerializer.Serialize(value));

    // Zeroing digits alone is no mask where letters carry the meaning.
    private static bool HoldsLetters(string candidate, ReadOnlySpan<char> original) =>
        candidate.Length == original.Length && original.IndexOfAnyInRange('A', 'z') >= 0 && SameLetters(candidate, original);

    private static bool SameLetters(string candidate, ReadOnlySpan<char> original)
    {
        var letters = 0;
        for (var i = 0; i < original.Length; i++)
        {
            if (char.IsLetter(original[i]) && original[i] != 'T' && original[i] != 'Z')
            {
                letters += candidate[i] == original[i] ? 1 : 0;
            }
        }

        return letters > 0;
    }

    private static string Shape(ReadOnlySpan<char> original, char digit, char letter)
    {
        var shape = original.ToString().ToCharArray();
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = char.IsDigit(shape[i]) ? digit : char.IsUpper(shape[i]) ? letter : char.IsLetter(shape[i]) ? char.ToLowerInvariant(letter) : shape[i];
        }

        return new string(shape);
    }

    private static string Length(SchemaPlace place, string masked)
    {
        for (var length = 1; length <= 64; length++)
        {
            var candidate = new string('X', length);
            if (Fits(place, candidate))
            {
                return candidate;
            }
        }

        return masked;
    }
}
