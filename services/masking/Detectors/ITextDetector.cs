using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Finds one family of identifiers in running text. Stateless and thread-safe; linear in the length of the text; no regular expressions.</summary>
internal interface ITextDetector
{
    /// <summary>Adds what it finds in <paramref name="scan"/> to <paramref name="spans"/>; may look at what earlier detectors found.</summary>
    void Find(TextScan scan, TextSpans spans);
}
