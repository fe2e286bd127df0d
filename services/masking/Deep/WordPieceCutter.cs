using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace Chaperone.Masking.Deep;

/// <summary>
/// The way of BERT: blanks part words, punctuation and Chinese characters are words of their own, and a word is made of the longest pieces
/// that the vocabulary has. Places are those of the given text, whatever case and accents become of.
/// </summary>
internal sealed class WordPieceCutter(Tokenizer pieces, bool lower, bool plain, int? before, int? behind) : ITokenCutter
{
    private const int LongestWord = 512;

    // NFD is not there without ICU (InvariantGlobalization): the letters of Europe and Vietnam by hand.
    private static readonly Dictionary<char, char> Bare = """
        aàáâãäåāăąǎạảấầẩẫậắằẳẵặ cçćĉċč dď eèéêëēĕėęěẹẻẽếềểễệ gĝğġģ hĥ iìíîïĩīĭįǐỉị jĵ kķ lĺļľ nñńņň oòóôõöōŏőǒơọỏốồổỗộớờởỡợ rŕŗř sśŝşšș
        tţťț uùúûüũūŭůűųǔưụủứừửữự wŵ yýÿŷỳỵỷỹ zźżž
        AÀÁÂÃÄÅĀĂĄ CÇĆĈĊČ DĎ EÈÉÊËĒĔĖĘĚ GĜĞĠĢ HĤ IÌÍÎÏĨĪĬĮİ JĴ KĶ LĹĻĽ NÑŃŅŇ OÒÓÔÕÖŌŎŐ RŔŖŘ SŚŜŞŠȘ TŢŤȚ UÙÚÛÜŨŪŬŮŰŲ WŴ YÝŶŸ ZŹŻŽ
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).SelectMany(g => g[1..].Select(c => (c, g[0]))).ToDictionary(p => p.c, p => p.Item2);

    public int? Before => before;

    public int? Behind => behind;

    public void Cut(ReadOnlySpan<char> text, DeepWords words)
    {
        Span<char> word = stackalloc char[LongestWord];
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text[i..], out var rune, out var length);
            if (IsNothing(rune))
            {
                i += length;
                continue;
            }

            var start = i;
            i += length;
            while (!IsAlone(rune) && i < text.Length)
            {
                Rune.DecodeFromUtf16(text[i..], out var next, out length);
                if (IsNothing(next) || IsAlone(next))
                {
                    break;
                }

                i += length;
            }

            var piece = DeepWords.Piece(text[start..i]);
            while (start < i)
            {
                var end = start + DeepWords.LengthOfPiece(text[start..i], piece);
                words.Add(start, end, pieces.EncodeToIds(Normal(text[start..end], word), considerPreTokenization: false, considerNormalization: false));
                start = end;
            }
        }
    }

    private ReadOnlySpan<char> Normal(ReadOnlySpan<char> text, Span<char> word)
    {
        text = text[..Math.Min(text.Length, word.Length)];
        for (var i = 0; i < text.Length; i++)
        {
            var c = lower ? char.ToLowerInvariant(text[i]) : text[i];
            word[i] = plain && c >= 0x80 ? Bare.GetValueOrDefault(c, c) : c;
        }

        return word[..text.Length];
    }

    private static bool IsNothing(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is 0 or 0xFFFD || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate;

    private static bool IsAlone(Rune rune) =>
        rune.IsAscii ? !char.IsAsciiLetterOrDigit((char)rune.Value) : Rune.IsPunctuation(rune) || IsChinese(rune.Value);

    private static bool IsChinese(int code) =>
        code is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
