using System.Text;

namespace Chaperone.Masking.Masks;

/// <summary>One spelling for all that mean the same: without case, spaces and punctuation; the words of a name in one order.</summary>
internal static class Spelling
{
    public static string Of(Identifier identifier, ReadOnlySpan<char> value)
    {
        var text = value.ToString().Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        switch (identifier)
        {
            case Identifier.Name:
                var words = Words(text);
                Array.Sort(words, StringComparer.Ordinal);
                return string.Join(' ', words);
            case Identifier.Address or Identifier.City or Identifier.Location:
                return string.Join(' ', Words(text));
            case Identifier.Email or Identifier.Url:
                return text.Trim();
            case Identifier.Phone or Identifier.Fax:
                var digits = Only(text, char.IsAsciiDigit);
                return digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
            default:
                var kept = Only(text, char.IsLetterOrDigit);
                return kept.Length > 0 ? kept : text.Trim();
        }
    }

    private static string Only(string text, Func<char, bool> kept) => string.Concat(text.Where(kept));

    private static string[] Words(string text) =>
        new string([.. text.Select(c => char.IsLetterOrDigit(c) ? c : c is '\'' or '’' ? '\0' : ' ')]).Replace("\0", "", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
