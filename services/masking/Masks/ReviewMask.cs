using System.Text;

namespace Chaperone.Masking.Masks;

/// <summary>
/// Partial masks by which people who know a record recognise it: initials, the last characters of numbers, month and year.
/// What such a part would give away, or would not help, is masked as in <see cref="SafeHarborMask"/>. Not Safe Harbor.
/// </summary>
internal sealed class ReviewMask(SafeHarborMask plain) : IMaskForm
{
    private const int OldestAge = 89;
    private const int MostInitials = 4;

    public bool FollowsPeople => false;

    public IEnumerable<string> InShape(Identifier identifier, string value) => [];

    public bool IsMask(ReadOnlySpan<char> value) => plain.IsMask(value);

    public string InText(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene) => identifier switch
    {
        _ when IsMask(value) => value.ToString(),
        Identifier.Date => Month(value, scene) is { } date ? $"[DATE:{date.Day:yyyy-MM}]" : plain.InText(identifier, value, scene),
        _ => Part(identifier, value) ?? plain.InText(identifier, value, scene),
    };

    public string InField(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene)
    {
        if (IsMask(value) || Shapes.SaysNothing(value))
        {
            return value.ToString();
        }

        if (identifier == Identifier.Date)
        {
            return Month(value, scene) is { } date ? Written(date, value, scene) : plain.InField(identifier, value, scene);
        }

        return Part(identifier, value) ?? plain.InField(identifier, value, scene);
    }

    public string InNumber(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene) =>
        identifier == Identifier.Date && value.Length == 8 && Month(value, scene) is { } date ? Written(date, value, scene) : plain.InNumber(identifier, value, scene);

    private static string? Part(Identifier identifier, ReadOnlySpan<char> value)
    {
        switch (identifier)
        {
            case Identifier.Name:
                return Initials(value) is { Length: > 0 } initials ? $"[NAME:{initials}]" : null;
            case Identifier.Email:
                return value.IndexOf('@') > 1 && char.IsAsciiLetterOrDigit(value[0]) ? $"[EMAIL:{value[0]}*]" : null;
            case Identifier.Phone or Identifier.Fax or Identifier.Ssn or Identifier.Mrn or Identifier.Plan or Identifier.Account or Identifier.Card
                or Identifier.License or Identifier.Vehicle or Identifier.Device or Identifier.Id:
                return Last(value) is { Length: > 0 } last ? $"[{identifier.Name()}:*{last}]" : null;
            default:
                return null;
        }
    }

    private static string Initials(ReadOnlySpan<char> value)
    {
        var initials = new StringBuilder();
        var inside = false;
        foreach (var c in value)
        {
            var letter = char.IsLetter(c) && !char.IsSurrogate(c);
            if (letter && !inside && initials.Length < 2 * MostInitials)
            {
                initials.Append(char.ToUpperInvariant(c)).Append('.');
            }

            inside = letter || c is '\'' or '’' || (inside && char.IsDigit(c));
        }

        return initials.ToString();
    }

    // Four of eight or more, two of five or more: never as much as half of it.
    private static string Last(ReadOnlySpan<char> value)
    {
        var kept = string.Concat(value.ToString().Where(char.IsAsciiLetterOrDigit));
        return kept.Length > 8 ? kept[^4..] : kept.Length > 4 ? kept[^2..] : "";
    }

    private static WrittenDate? Month(ReadOnlySpan<char> value, MaskScene scene) =>
        WrittenDate.TryRead(value, out var date) && date.Day.Year >= scene.Year - OldestAge ? date : null;

    private string Written(WrittenDate date, ReadOnlySpan<char> value, MaskScene scene) => date.Shape == Words.DateShape.Words
        ? InText(Identifier.Date, value, scene)
        : (date with { Rest = Shapes.Zero(date.Rest) }).With(new DateOnly(date.Day.Year, date.Day.Month, 1));
}
