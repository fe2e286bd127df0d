using System.Globalization;
using System.Net;

namespace Chaperone.Masking.Masks;

/// <summary>
/// Keyed tokens, so that rows, tools and calls can still be joined by what is masked, and dates moved by one number of days
/// per person. Ages and dates that show an age over 89, ZIP codes, secrets and blobs are masked as in <see cref="SafeHarborMask"/>.
/// Not Safe Harbor: a token is derived from its value.
/// </summary>
/// <param name="keys">By which tokens are made.</param>
/// <param name="plain">Masks what gets no token.</param>
/// <param name="movesDates">False where dates are masked as in <paramref name="plain"/>.</param>
internal sealed class LinkedMask(LinkKeys keys, SafeHarborMask plain, bool movesDates = true) : IMaskForm
{
    private const int OldestAge = 89;
    private const string MailEnd = "@masked.invalid";
    private const string UrlStart = "https://masked.invalid/";

    // Numbers that are masks have this many digits, as many as a double holds exactly, and start with 9.
    private const int NumberLength = 15;
    private const long NumberPayloads = 1_000_000_000;
    private const long NumberChecks = 100_000;

    public bool FollowsPeople => movesDates;

    public bool IsMask(ReadOnlySpan<char> value) => plain.IsMask(value) || (value.Length >= ShapedMask.Shortest && IsShapedMask(value));

    public string InText(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene)
    {
        switch (identifier)
        {
            case Identifier.Date:
                return Shift(value, scene) is { } shifted ? $"[DATE:{keys.KeyId}:{shifted.Date.Iso(shifted.Day)}]" : plain.InText(identifier, value, scene);
            case Identifier.Age or Identifier.Zip or Identifier.Secret or Identifier.Blob or Identifier.Photo or Identifier.Biometric or Identifier.Withheld:
                return plain.InText(identifier, value, scene);
            default:
                return IsMask(value) ? value.ToString() : Token(identifier, value);
        }
    }

    public string InField(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene)
    {
        if (IsMask(value) || Shapes.SaysNothing(value))
        {
            return value.ToString();
        }

        switch (identifier)
        {
            case Identifier.Date:
                return Shift(value, scene) is { } shifted ? shifted.Date.Shape == Words.DateShape.Words ? InText(identifier, value, scene) : shifted.Date.With(shifted.Day) : plain.InField(identifier, value, scene);
            case Identifier.Age or Identifier.Zip or Identifier.Secret or Identifier.Blob or Identifier.Photo or Identifier.Biometric or Identifier.Withheld:
                return plain.InField(identifier, value, scene);
            default:
                return Token(identifier, value);
        }
    }

    public string InNumber(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene) => identifier switch
    {
        Identifier.Date => DateNumber(value, scene),
        Identifier.Age or Identifier.Zip or Identifier.Secret => plain.InNumber(identifier, value, scene),
        _ when value.ContainsAnyExceptInRange('0', '9') || value is "0" => plain.InNumber(identifier, value, scene),
        _ when IsMaskNumber(value) => value.ToString(),
        _ => Number(identifier, value),
    };

    public IEnumerable<string> InShape(Identifier identifier, string value)
    {
        if (identifier is Identifier.Date or Identifier.Age or Identifier.Zip or Identifier.Secret or Identifier.Blob or Identifier.Withheld or Identifier.None)
        {
            yield break;
        }

        var spelling = Spelling.Of(identifier, value);
        var token = keys.Token(identifier, spelling);
        yield return $"{token.ToLowerInvariant()}{MailEnd}";
        yield return $"{UrlStart}{token.ToLowerInvariant()}";
        yield return ShapedMask.Uuid(token);
        yield return ShapedMask.Six(token);
        yield return Four(identifier, spelling);
        foreach (var shaped in ShapedMask.SameShape(keys, identifier, spelling, value))
        {
            yield return shaped;
        }

        yield return token;
    }

    private string Token(Identifier identifier, ReadOnlySpan<char> value) =>
        $"[{identifier.Name()}:{keys.KeyId}:{keys.Token(identifier, Spelling.Of(identifier, value))}]";

    private (WrittenDate Date, DateOnly Day)? Shift(ReadOnlySpan<char> value, MaskScene scene)
    {
        if (!movesDates || !WrittenDate.TryRead(value, out var date) || date.Day.Year < scene.Year - OldestAge)
        {
            return null;
        }

        var day = date.Day.AddDays(keys.Shift(scene.Person));
        return day.Year < scene.Year - OldestAge ? null : (date, day);
    }

    private string DateNumber(ReadOnlySpan<char> value, MaskScene scene)
    {
        if (!movesDates)
        {
            return plain.InNumber(Identifier.Date, value, scene);
        }

        if (value.Length == 8 && Shift(value, scene) is { } shifted)
        {
            return shifted.Date.With(shifted.Day);
        }

        const double LeastSeconds = 100_000_000;
        var whole = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (value.Length == 8 || !whole || Math.Abs(number) < LeastSeconds || plain.InNumber(Identifier.Date, value, scene) is "0")
        {
            return plain.InNumber(Identifier.Date, value, scene);
        }

        var unit = Math.Abs(number) >= 1e11 ? 1000L : 1L;
        var moved = number + (keys.Shift(scene.Person) * 86_400L * unit);
        return DateTimeOffset.FromUnixTimeSeconds(Math.Min(number, moved) / unit).Year < scene.Year - OldestAge
            ? plain.InNumber(Identifier.Date, value, scene)
            : moved.ToString(CultureInfo.InvariantCulture);
    }

    private string Number(Identifier identifier, ReadOnlySpan<char> value)
    {
        var payload = (long)(keys.Number(0, $"number {identifier.Name()}", Spelling.Of(identifier, value)) % (ulong)NumberPayloads);
        return $"9{payload:000000000}{NumberCheck(0, payload):00000}";
    }

    // Never a card or a device's IMEI, which end on a Luhn digit.
    private long NumberCheck(int key, long payload)
    {
        var check = (long)(keys.Number(key, "number check", payload.ToString(CultureInfo.InvariantCulture)) % (ulong)NumberChecks);
        return Detectors.Checksums.Luhn($"9{payload:000000000}{check:00000}") ? check ^ 1 : check;
    }

    private bool IsMaskNumber(ReadOnlySpan<char> value)
    {
        if (value.Length != NumberLength || value[0] != '9')
        {
            return false;
        }

        var payload = long.Parse(value[1..10], CultureInfo.InvariantCulture);
        var check = long.Parse(value[10..], CultureInfo.InvariantCulture);
        for (var key = 0; key < keys.Count; key++)
        {
            if (NumberCheck(key, payload) == check)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsShapedMask(ReadOnlySpan<char> value)
    {
        if (value.EndsWith(MailEnd))
        {
            return keys.Made(value[..^MailEnd.Length]);
        }

        if (value.StartsWith(UrlStart))
        {
            return keys.Made(value[UrlStart.Length..]);
        }

        return ShapedMask.TokenOf(value) is { } token ? keys.Made(token) : ShapedMask.IsReserved(value) || keys.Made(value) || ShapedMask.IsSameShape(keys, value);
    }

    // Addresses that are reserved and given to nobody (RFC 1112, section 4).
    private string Four(Identifier identifier, string spelling)
    {
        var number = keys.Number(0, $"four {identifier.Name()}", spelling);
        return new IPAddress([(byte)(240 + (number & 7)), (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24)]).ToString();
    }
}
