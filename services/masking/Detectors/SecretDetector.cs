using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Secrets by their make: JWT, PEM blocks, keys of cloud and code hosts, bearer tokens. Passwords come by their label.</summary>
internal sealed class SecretDetector : ITextDetector
{
    private static readonly string[] Prefixes =
    [
        "eyJ", "AKIA", "ASIA", "sk-", "sk_live_", "sk_test_", "pk_live_", "rk_live_", "ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "xoxs-", "AIza", "SG.", "npm_", "hf_", "dop_v1_", "ya29.",
        "ABIA", "ACCA", "AROA", "AIDA", "ghr_", "shpat_", "shpss_", "sq0atp-", "sq0csp-", "rk_test_", "pk_test_", "whsec_", "xapp-", "glptt-", "pypi-", "dckr_pat_", "lin_api_", "PMAK-", "hvs.", "AGE-SECRET-KEY-",
    ];

    // SQL gives passwords as quoted literals; "Basic " goes before user:password in base64.
    private static readonly string[] Quoted = ["IDENTIFIED BY '", "identified by '", "PASSWORD '", "password '", "Password '", "Basic ", "-u "];

    private static readonly SearchValues<string> Starts = SearchValues.Create(["-----BEGIN ", "Bearer ", .. Quoted], StringComparison.Ordinal);

    // A bit for each pair of characters that a prefix begins with: most words of a text are told apart by it.
    private static readonly ulong[] Pairs = PairsOf(Prefixes);
    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/=~");

    public void Find(TextScan scan, TextSpans spans)
    {
        Marked(scan.Text, spans);
        if (!scan.HasDigit)
        {
            return;
        }

        foreach (var word in scan.Words)
        {
            Prefixed(scan, word.Start, spans);

            // A picture or an accent may stand before a key, and is read as part of the word.
            for (var at = word.Start + 1; scan.IsFolded && at < word.End; at++)
            {
                if (!char.IsLetterOrDigit(scan.At(at - 1)))
                {
                    Prefixed(scan, at, spans);
                }
            }
        }
    }

    private static void Prefixed(TextScan scan, int start, TextSpans spans)
    {
        var pair = Pair(scan.At(start), scan.At(start + 1));
        if ((Pairs[pair >> 6] & (1UL << (pair & 63))) != 0 && IsPrefixed(scan.Text[start..]))
        {
            Token(scan.Text, start, least: 16, spans);
        }
    }

    private static void Marked(ReadOnlySpan<char> text, TextSpans spans)
    {
        for (var at = 0; at < text.Length;)
        {
            var found = text[at..].IndexOfAny(Starts);
            if (found < 0)
            {
                return;
            }

            found += at;
            at = found + 2;
            if (text[found..].StartsWith("-----BEGIN "))
            {
                var stop = text[found..].IndexOf("-----END ", StringComparison.Ordinal);
                var close = stop < 0 ? -1 : text[(found + stop + 9)..].IndexOf("-----", StringComparison.Ordinal);
                var end = close < 0 ? text.Length : found + stop + 9 + close + 5;
                spans.Add(found, end, Identifier.Secret);
                at = end;
                continue;
            }

            if (Literal(text, found) is var literal and > 0)
            {
                var open = text[found..].IndexOfAny('\'', ' ') is var blank && text[found..].StartsWith("Basic ") ? found + blank + 1 : found + text[found..].IndexOf('\'') + 1;
                spans.Add(open, literal, Identifier.Secret);
                at = literal;
                continue;
            }

            if (text[found..].StartsWith("Bearer "))
            {
                at = Math.Max(at, Token(text, found + 7, least: 20, spans));
            }
        }
    }

    // Answers where the token ends; 0 if it is none.
    private static int Token(ReadOnlySpan<char> text, int start, int least, TextSpans spans)
    {
        var length = text[start..].IndexOfAnyExcept(Letters);
        length = length < 0 ? text.Length - start : length;
        var token = text.Slice(start, length).TrimEnd(".,");
        if (token.Length < least || !token.ContainsAnyInRange('0', '9') || (token.StartsWith("eyJ") && !token.Contains('.') && token.Length < 40))
        {
            return 0;
        }

        spans.Add(start, start + token.Length, Identifier.Secret);
        return start + token.Length;
    }

    private static bool IsPrefixed(ReadOnlySpan<char> text)
    {
        foreach (var prefix in Prefixes)
        {
            if (text.StartsWith(prefix))
            {
                return true;
            }
        }

        return false;
    }

    private static ulong[] PairsOf(string[] prefixes)
    {
        var pairs = new ulong[4096 / 64];
        foreach (var prefix in prefixes)
        {
            var pair = Pair(prefix[0], prefix[1]);
            pairs[pair >> 6] |= 1UL << (pair & 63);
        }

        return pairs;
    }

    private static int Pair(char first, char second) => ((first & 63) << 6) | (second & 63);

    // End of the quoted password or of the base64 that starts behind the words at `found`; 0 where none does.
    private static int Literal(ReadOnlySpan<char> text, int found)
    {
        foreach (var words in Quoted)
        {
            if (!text[found..].StartsWith(words))
            {
                continue;
            }

            var start = found + words.Length;
            var length = words[^1] == '\'' ? text[start..].IndexOf('\'') : text[start..].IndexOfAnyExcept(Base64);
            length = length < 0 && words[^1] != '\'' ? text.Length - start : length;
            var value = length > 0 ? text.Slice(start, length) : default;
            return words[^1] == '\'' ? (length is > 0 and <= 128 ? start + length : 0) : value.Length >= 12 && value.ContainsAnyInRange('A', 'Z') && value.ContainsAnyInRange('a', 'z') && (value.ContainsAnyInRange('0', '9') || value[^1] == '=') ? start + length : 0;
        }

        return 0;
    }
}
