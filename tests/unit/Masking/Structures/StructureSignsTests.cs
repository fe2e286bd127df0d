using Chaperone.Masking.Detectors;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Masks;
using Chaperone.Masking.Structures;
using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chaperone.Masking.Tests.Structures;

/// <summary>A text that is said to have no structure is taken by none: else its fields would be read as one sentence.</summary>
public sealed class StructureSignsTests
{
    private static readonly string[] Pieces =
    [
        " ", " ", "\n", "\r", "{", "}", "[", "]", "<", ">", "</a>", "/>", "MSH|^~\\&|", "MSH", "PID|", "ISA*00*", "ISA", "~", "*", "|", ",", ";", "\t", "```", "%41%6e%6e", "&amp;", "\\u0041", "\u001C", "\u001CCAann",
        "\uFEFF", "mrn", "name", "123-45-6789", "aGVsbG8gd29ybGQgaGVsbG8", "48656c6c6f20576f726c642048656c6c6f", "\"", ":", "Ann Lee", "1",
    ];

    private static readonly ITextStructure[] All =
        [new JsonStructure(), new Hl7Structure(), new X12Structure(), new NcpdpStructure(), new MarkupStructure(), new FencedStructure(), new TableStructure(), new EncodedStructure()];

    private static readonly TextMasker Masker = new(new KeyLexicon(), new PublicHosts([]), All, new FreeText([new NumberDetector()], new TaggedNames(NameModel.Shipped)));

    [Property(MaxTest = 5000)]
    public Property Text_WithoutSigns_IsOfNoStructure()
    {
        var texts = Gen.SelectMany(Gen.Choose(1, 8), count => Gen.Select(Gen.ListOf(Gen.Elements(Pieces), count), pieces => string.Concat(pieces)));
        return Prop.ForAll(Arb.From(texts), text => StructureSigns.Any(text) || !All.Any(s => Takes(s, text)));
    }

    private static bool Takes(ITextStructure structure, string text)
    {
        var run = new MaskRun(MaskingBench.ToolCall, new SafeHarborMask(), new KnownValues(), MaskingBench.Time, TimeSpan.FromMinutes(1)) { Tally = new FindingTally() };
        return structure.TryMask(new TextPart(text, 0), new TextEdits(), Masker, run, twin: false);
    }
}
