using System.Collections.Concurrent;
using Chaperone.Masking.Detectors;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Own;
using Chaperone.Masking.Structures;
using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking;

/// <summary>What a masker works with: keys, detectors, structures, and the maskers of texts that are idle; one for the engine alone and one for each set of an operator's own rules. Thread-safe.</summary>
internal sealed class Toolset
{
    private static readonly KeyLexicon Plain = new();
    private static readonly TaggedNames Tagged = new(NameModel.Shipped);
    private static readonly ITextStructure[] Structures =
        [new JsonStructure(), new Hl7Structure(), new X12Structure(), new NcpdpStructure(), new VcardStructure(), new DicomStructure(), new MarkupStructure(), new FencedStructure(), new SqlStructure(), new TableStructure(), new EncodedStructure()];

    private readonly OwnRuleSet? _own;
    private readonly bool _deep;
    private readonly KeyLexicon _lexicon;
    private readonly PublicHosts _hosts;
    private readonly ITextDetector[] _detectors;
    private readonly ConcurrentBag<TextMasker> _idle = [];

    public Toolset(IEnumerable<string> hosts, OwnRuleSet? own, bool deep = false)
    {
        (_own, _deep) = (own, deep);
        _lexicon = own is null ? Plain : new KeyLexicon(own.Keys);
        _hosts = new PublicHosts(own is null ? hosts : hosts.Concat(own.Hosts));

        // Order matters where findings are equally long: the surer one comes first.
        ITextDetector[] built =
        [
            new SecretDetector(), new UrlDetector(_hosts), new EmailDetector(), new NetworkDetector(), new LabelDetector(_lexicon), new DateDetector(),
            new NumberDetector(), new TokenDetector(), new UdiShapes(), new AgeDetector(), new AddressDetector(), new PostalDetector(), new NameDetector(), new LoginDetector(), new SpelledDetector(), new BracketDetector(), new ErrorRowDetector(_lexicon), new RowDetector(),
        ];
        _detectors = own is null ? built : [own.Detector, .. built];
    }

    public TextMasker Rent() => _idle.TryTake(out var idle) ? idle : new TextMasker(_lexicon, _hosts, Structures, new FreeText(_detectors, Tagged, _own, _deep));

    public void Return(TextMasker masker)
    {
        masker.Trim();
        _idle.Add(masker);
    }
}
