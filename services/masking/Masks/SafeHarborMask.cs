using System.Globalization;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Masks;

/// <summary>Type tags, zeros where a shape must stay, years only, ages capped at 90, three digits of a ZIP code.</summary>
internal sealed class SafeHarborMask : IMaskForm
{
    private const string NoMail = "redacted@example.invalid";
    private const string NoUrl = "https://redacted.invalid/";
    private const int OldestAge = 89;
    private const int YearLength = 4;
    private const int FirstYear = 1800;
    private const int LastYear = 2199;

    private static readonly string?[] YearTags = new string?[LastYear - FirstYear + 1];

    public bool FollowsPeople => false;

    public IEnumerable<string> InShape(Identifier identifier, string value) => [];

    public bool IsMask(ReadOnlySpan<char> value) => value.Length > 0 && IdentifierTags.TagLength(value) == value.Length;

    public string InText(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene) => identifier switch
    {
        Identifier.Date => DateTag(value, scene.Year),
        Identifier.Zip => $"[ZIP {ZipCodes.Prefix(value)}]",
        Identifier.Age => "90+",
        _ => identifier.Tag(),
    };

    public string InField(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene)
    {
        if (IsMask(value) || Shapes.SaysNothing(value))
        {
            return value.ToString();
        }

        return identifier switch
        {
            Identifier.Date => DateField(value, scene.Year),
            Identifier.Age => AgeField(value),
            Identifier.Zip => ZipField(value),
            Identifier.Email => value.Contains('@') ? NoMail : identifier.Tag(),
            Identifier.Url => value.Contains("://", StringComparison.Ordinal) ? NoUrl : identifier.Tag(),
            Identifier.Name or Identifier.Secret => identifier.Tag(),
            _ => ByShape(identifier, value),
        };
    }

    public string InNumber(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene) => identifier switch
    {
        Identifier.Age => AgeNumber(value),
        Identifier.Zip => ZipNumber(value),
        Identifier.Date => DateNumber(value, scene.Year),
        _ => "0",
    };

    private static string ByShape(Identifier identifier, ReadOnlySpan<char> value)
    {
        if (Shapes.IsUuid(value) || Shapes.IsMac(value))
        {
            return Shapes.Zero(value, letters: true);
        }

        if (Shapes.IsIp(value, out var six))
        {
            return six ? "::" : "0.0.0.0";
        }

        if (value.Contains('@') && !value.Contains(' '))
        {
            return NoMail;
        }

        return Shapes.IsDigits(value) ? Shapes.Zero(value) : identifier.Tag();
    }

    private static string DateTag(ReadOnlySpan<char> value, int year)
    {
        var shown = DateReader.TryRead(Months.WithoutWeekday(value), 0, out var reading) ? reading.Year : 0;
        return Shows(shown, year) ? YearTag(shown) : Identifier.Date.Tag();
    }

    private static string DateField(ReadOnlySpan<char> value, int year)
    {
        var trimmed = value.Trim();
        if (!DateReader.TryRead(trimmed, 0, out var reading) || reading.Length != trimmed.Length)
        {
            return IsBareYear(trimmed, year) || !HasDigitOrMonth(trimmed) ? value.ToString() : Identifier.Date.Tag();
        }

        var shown = Shows(reading.Year, year) ? reading.Year : 1900;
        Span<char> text = stackalloc char[YearLength];
        shown.TryFormat(text, out _, "0000", CultureInfo.InvariantCulture);
        switch (reading.Shape)
        {
            case DateShape.YearFirst when trimmed.Length > 4 && !trimmed.ContainsAnyInRange('a', 'z'):
                Span<char> first = stackalloc char[trimmed.Length];
                text.CopyTo(first);
                ToFirst(trimmed[YearLength..], first[YearLength..]);
                return SharedMasks.Of(first);
            case DateShape.Compact:
                return string.Concat(text, "0101", Shapes.Zero(trimmed[8..]));
            case DateShape.YearLast when trimmed.LastIndexOfAny("/-.") is var last && trimmed[(last + 1)..].Length == 4:
                return string.Concat(ToFirst(trimmed[..(last + 1)], stackalloc char[last + 1]), text);
            default:
                return Shows(reading.Year, year) ? YearTag(reading.Year) : Identifier.Date.Tag();
        }
    }

    // "-03-04T10:15:00Z" to "-01-01T00:00:00Z": the first two numbers are month and day, what follows is the time.
    private static ReadOnlySpan<char> ToFirst(ReadOnlySpan<char> rest, Span<char> first)
    {
        Shapes.Zero(rest, letters: false, first);
        var numbers = 0;
        for (var i = 0; i < first.Length && numbers < 2; i++)
        {
            if (first[i] == '0' && (i + 1 == first.Length || first[i + 1] != '0'))
            {
                first[i] = '1';
                numbers++;
            }
        }

        return first;
    }

    // The same few years stand in every row.
    private static string YearTag(int year) => YearTags[year - FirstYear] ??= $"[DATE {year}]";

    private static bool Shows(int shown, int year) => shown > 0 && shown >= year - OldestAge && shown is >= FirstYear and <= LastYear;

    private static bool IsBareYear(ReadOnlySpan<char> value, int year) =>
        value.Length == 4 && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (Shows(number, year) || number == 1900);

    private static bool HasDigitOrMonth(ReadOnlySpan<char> value)
    {
        if (value.ContainsAnyInRange('0', '9'))
        {
            return true;
        }

        foreach (var word in value.Split(' '))
        {
            if (Months.Number(value[word].Trim(".,")) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static string AgeField(ReadOnlySpan<char> value)
    {
        var digits = value.TrimStart();
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? digits.Length : length;
        return int.TryParse(digits[..length], out var age) && age > OldestAge && !digits[length..].StartsWith("+") && !digits[length..].ContainsAnyInRange('0', '9')
            ? string.Concat("90", digits[length..])
            : value.ToString();
    }

    private static string ZipField(ReadOnlySpan<char> value)
    {
        var trimmed = value.Trim();
        return trimmed.Length is 5 or 9 or 10 && Shapes.IsDigits(trimmed)
            ? string.Concat(ZipCodes.Prefix(trimmed), Shapes.Zero(trimmed[3..]))
            : trimmed.Length == 3 && Shapes.IsDigits(trimmed) ? ZipCodes.Prefix(trimmed) : Identifier.Zip.Tag();
    }

    private static string AgeNumber(ReadOnlySpan<char> value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var age) && age is >= 0 and < OldestAge + 1 ? value.ToString() : "90";

    private static string ZipNumber(ReadOnlySpan<char> value)
    {
        if (value.Length is not (3 or 4 or 5 or 8 or 9) || value.ContainsAnyExceptInRange('0', '9'))
        {
            return "0";
        }

        var full = value.ToString().PadLeft(value.Length > 5 ? 9 : 5, '0');
        return long.Parse(ZipCodes.Prefix(full) + new string('0', full.Length - 3), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }

    private static string DateNumber(ReadOnlySpan<char> value, int year)
    {
        if (value.Length == 8 && DateReader.TryRead(value, 0, out var reading) && reading.Shape == DateShape.Compact)
        {
            return (Shows(reading.Year, year) ? reading.Year : 1900).ToString(CultureInfo.InvariantCulture) + "0101";
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return "0";
        }

        // Small numbers are durations, counts and years, not points in time.
        if (Math.Abs(number) < 10_000)
        {
            return value.ToString();
        }

        var milliseconds = Math.Abs(number) >= 1e11;
        var seconds = milliseconds ? number / 1000 : number;
        if (seconds is < -5_000_000_000d or > 5_000_000_000d)
        {
            return "0";
        }

        var shown = DateTimeOffset.FromUnixTimeSeconds((long)seconds).Year;
        shown = Shows(shown, year) ? shown : 1900;
        var first = new DateTimeOffset(shown, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return (milliseconds ? first.ToUnixTimeMilliseconds() : first.ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
    }
}
