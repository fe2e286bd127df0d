using System.Collections.Frozen;
using System.Text;

namespace Chaperone.Masking.Words;

/// <summary>Reads look-alikes as what they look like: zero-width characters vanish, full-width, Cyrillic and Greek twins of Latin letters, fancy dashes, blanks and quotes become ASCII.</summary>
internal static class Folding
{
    private static readonly FrozenDictionary<char, char> Twins = """
        аa АA ВB еe ЕE оo ОO рp РP сc СC уy УY хx ХX іi ІI јj ЈJ ѕs ЅS ԁd һh ԛq
        ԝw кk КK МM ТT НH νv οo υu ρp αa ιi κk χx ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO
        ΡP ΤT ΥY ΧX ɡg ɑa օo սu հh ոn ıi ӀI ⅼl ѵv ԍG ɩi ϲc ϳj ԼL ՕO ՏS ւi
        ᎪA ᏴB ᏟC ᎠD ᎬE ᏀG ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᏒR ᏚS ᎢT ᏙV ᎳW ᏃZ
        ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz
        ⁰0 ¹1 ²2 ³3 ⁴4 ⁵5 ⁶6 ⁷7 ⁸8 ⁹9 ₀0 ₁1 ₂2 ₃3 ₄4 ₅5 ₆6 ₇7 ₈8 ₉9 ⓪0 ①1 ②2 ③3 ④4 ⑤5 ⑥6 ⑦7 ⑧8 ⑨9
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>
    /// Writes the folded form of <paramref name="text"/> to <paramref name="target"/>, and to <paramref name="origins"/> the
    /// place in the text that each character came from; answers the length.
    /// </summary>
    public static int Fold(ReadOnlySpan<char> text, Span<char> target, Span<int> origins)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsInvisible(c))
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && FoldPair(c, text[i + 1]) is var pair and not '\uFFFF')
            {
                if (pair != '\0')
                {
                    origins[length] = i;
                    target[length++] = pair;
                }

                i++;
                continue;
            }

            origins[length] = i;
            target[length++] = c < 0x80 ? c : FoldOne(c);
        }

        return length;
    }

    // Letters and digits of mathematics (U+1D400 to U+1D7FF) read as plain ones; tags and selectors (U+E0000 to U+E01EF) vanish.
    private static char FoldPair(char high, char low)
    {
        var code = char.IsLowSurrogate(low) ? char.ConvertToUtf32(high, low) : 0;
        switch (code)
        {
            case >= 0x1D7CE and <= 0x1D7FF:
                return (char)('0' + ((code - 0x1D7CE) % 10));
            case >= 0x1D400 and <= 0x1D6A3:
                var letter = (code - 0x1D400) % 52;
                return (char)(letter < 26 ? 'A' + letter : 'a' + letter - 26);
            case >= 0xE0000 and <= 0xE01EF:
                return '\0';
            default:
                return '\uFFFF';
        }
    }

    private static char FoldOne(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u00A0' or (>= '\u2000' and <= '\u200A') or '\u202F' or '\u205F' or '\u3000' => ' ',
        (>= '\u2010' and <= '\u2015') or '\u2212' or '\uFE63' or '\uFE58' => '-',
        '\u2018' or '\u2019' or '\u02BC' or '\u201B' or '\u2032' => '\'',
        '\u201C' or '\u201D' or '\u2033' => '"',
        '\u2044' or '\u2215' => '/',
        '\u2024' => '.',
        '\uFE55' or '\uA789' or '\u2236' => ':',
        >= '\u24B6' and <= '\u24CF' => (char)(c - 0x24B6 + 'A'),
        >= '\u24D0' and <= '\u24E9' => (char)(c - 0x24D0 + 'a'),
        >= '\u0660' and <= '\u0669' => (char)(c - 0x0660 + '0'),
        >= '\u06F0' and <= '\u06F9' => (char)(c - 0x06F0 + '0'),
        _ => Twins.GetValueOrDefault(c, c),
    };

    private static bool IsInvisible(char c) =>
        c is '\u00AD' or '\u034F' or '\u061C' or '\u115F' or '\u1160' or '\u180E' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E')
            or (>= '\u2060' and <= '\u2064') or (>= '\u2066' and <= '\u206F') or '\uFEFF' or (>= '\u0300' and <= '\u036F') or (>= '\uFE00' and <= '\uFE0F');

    /// <summary>The folded form alone.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var target = new char[text.Length];
        var origins = new int[text.Length];
        return new string(target, 0, Fold(text, target, origins));
    }
}
