using System.Text.RegularExpressions;
using Chaperone.Masking.Detectors;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Own;

/// <summary>What the operator's own words and patterns find. Patterns run in linear time; one that takes too long withholds the message.</summary>
internal sealed class OwnDetector(OwnWords words, IReadOnlyList<(Regex Pattern, Identifier Identifier)> patterns) : ITextDetector
{
    public void Find(TextScan scan, TextSpans spans)
    {
        if (!words.IsEmpty)
        {
            words.Find(scan, (start, end, identifier) => spans.Add(start, end, identifier));
        }

        foreach (var (pattern, identifier) in patterns)
        {
            try
            {
                foreach (var match in pattern.EnumerateMatches(scan.Text))
                {
                    spans.Add(match.Index, match.Index + match.Length, identifier);
                }
            }
            catch (RegexMatchTimeoutException)
            {
                throw new WithheldException(WithheldReason.TooSlow);
            }
        }
    }
}
