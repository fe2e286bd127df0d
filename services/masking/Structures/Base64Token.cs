using System.Buffers;

namespace Chaperone.Masking.Structures;

/// <summary>Finds runs that may be base64 or hexadecimal.</summary>
internal static class Base64Token
{
    /// <summary>Shorter ones are words.</summary>
    public const int Shortest = 16;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary>The next run at or behind <paramref name="from"/>; of no length where there is none.</summary>
    public static (int Start, int Length) Find(ReadOnlySpan<char> text, int from)
    {
        // Of a run of sixteen, one stands at every sixteenth place: most of a text is not looked at.
        for (var at = from + Shortest - 1; at < text.Length; at += Shortest)
        {
            if (!Alphabet.Contains(text[at]))
            {
                continue;
            }

            var start = at;
            while (start > from && Alphabet.Contains(text[start - 1]))
            {
                start--;
            }

            var end = at + 1;
            while (end < text.Length && Alphabet.Contains(text[end]))
            {
                end++;
            }

            // The parts of a JWT belong together: they are a secret, not three texts.
            var joined = (start > 0 && text[start - 1] == '.') || (end + 1 < text.Length && text[end] == '.' && Alphabet.Contains(text[end + 1]));
            if (end - start >= Shortest && !joined)
            {
                for (var padding = 0; padding < 2 && end < text.Length && text[end] == '='; padding++)
                {
                    end++;
                }

                return (start, end - start);
            }

            at = end;
        }

        return (0, 0);
    }
}
