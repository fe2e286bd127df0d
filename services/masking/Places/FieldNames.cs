using Chaperone.Masking.Keys;
using Chaperone.Masking.Masks;
using Chaperone.Masking.Tagging;

namespace Chaperone.Masking.Places;

/// <summary>Keys and columns as a record may name them: callers choose them, and may have put a person there.</summary>
internal static class FieldNames
{
    /// <summary>Stands for a name that may be somebody's.</summary>
    public const string Hidden = "*";

    private const int Longest = 40;
    private const int MostDigits = 2;
    private const NameLists Names = NameLists.Given | NameLists.Family | NameLists.Town;

    /// <summary>The name if it looks like that of a field and holds no person's or town's, else <see cref="Hidden"/>.</summary>
    public static string Shown(string name, KeyRule rule) => IsPlain(name) && (rule.Use != KeyUse.None || !HoldsName(name)) ? name : Hidden;

    private static bool IsPlain(string name)
    {
        if (name.Length is 0 or > Longest || !(char.IsAsciiLetter(name[0]) || name[0] is '_' or '$') || Shapes.CountDigits(name) > MostDigits)
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '$'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HoldsName(string name)
    {
        Span<char> buffer = stackalloc char[KeyWords.Room];
        ReadOnlySpan<char> words = KeyWords.Normalise(name, buffer);
        foreach (var range in words.Split(' '))
        {
            var lists = NameModel.Shipped.Find(words[range]);
            if ((lists & Names) != 0 && (lists & NameLists.Word) == 0)
            {
                return true;
            }
        }

        return words.IsEmpty;
    }
}
