using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Secrets by their make: JWT, PEM blocks, keys of cloud and code hosts, bearer tokens. Passwords come by their label.</summary>
internal sealed class SecretDetector : ITextDetector
{
    private static readonly string[] Prefixes =
    [
        "eyJ", "AKIA", "ASIA", "sk-", "sk_live_", "sk_test_", "pk_live_", "rk_live_", "ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "xoxs-", "AIza", "SG.", "npm_", "hf_", "dop_v1_", "ya29.",
    ];

    private static readonly SearchValues<string> Starts = SearchValues.Create([.. Prefixes, "-----BEGIN ", "Bearer "], StringComparison.Ordinal);
    private static readonly SearchValues<char> Token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+/=~");

    public void Find(TextScan scan, TextSpans spans)
    {
        var text = scan.Text;
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

            var bearer = text[found..].StartsWith("Bearer ");
            var start = bearer ? found + 7 : found;
            if (!bearer && start > 0 && char.IsLetterOrDigit(text[start - 1]))
            {
                continue;
            }

            var length = text[start..].IndexOfAnyExcept(Token);
            length = length < 0 ? text.Length - start : length;
            var token = text.Slice(start, length).TrimEnd(".,");
            if (token.Length >= (bearer ? 20 : 16) && token.ContainsAnyInRange('0', '9') && (!token.StartsWith("eyJ") || token.Contains('.') || token.Length >= 40))
            {
                spans.Add(start, start + token.Length, Identifier.Secret);
                at = start + token.Length;
            }
        }
    }
}
