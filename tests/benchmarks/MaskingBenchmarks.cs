using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Chaperone.Masking;

namespace Chaperone.Benchmarks;

/// <summary>The masking engine on one core: JSON without identifiers, JSON full of them, and a 4 KB note; bytes per second are size over mean.</summary>
[MemoryDiagnoser]
public class MaskingBenchmarks
{
    private static readonly MaskContext Context = new() { Method = "tools/call", Server = "clinic", Tool = "query" };

    private readonly Masker _masker = new(new MaskingOptions(), TimeProvider.System);
    private byte[] _clean = [];
    private byte[] _dense = [];
    private byte[] _note = [];

    [GlobalSetup]
    public void Fill()
    {
        _clean = Message(Enumerable.Range(0, 400).Select(i => new { code = "e11.9", unit = "mg/dl", value = 100 + i, flag = "normal", comment = "within the reference range of the analyser" }));
        _dense = Message(Enumerable.Range(0, 200).Select(i => new { mrn = $"A{i}442{i}", first_name = "Ann", last_name = $"Lee{(char)('a' + (i % 26))}ton", dob = "1980-03-04", phone = "415-555-0100", email = $"ann{i}@clinic.org", note = $"Seen on 2021-03-{1 + (i % 28):00} by Dr. Jackson, SSN 123-45-6789." }));
        const string Paragraph = "Evelyn Morris is a 56-year-old female with a history of coronary artery disease, admitted on 2021-03-04 with chest pain. BP 120/80, HR 72, troponin 0.02 ng/mL. She takes metoprolol 25 mg twice daily and was told to return if symptoms recur. MRN: 4432187. ";
        _note = Wrap(string.Concat(Enumerable.Repeat(Paragraph, 16)));
    }

    [Benchmark]
    public int CleanJson() => _masker.Mask(_clean, MaskingProfile.SafeHarbor, Context).Bytes.Length;

    [Benchmark]
    public int DensePhiJson() => _masker.Mask(_dense, MaskingProfile.SafeHarbor, Context).Bytes.Length;

    [Benchmark]
    public int Note4Kb() => _masker.Mask(_note, MaskingProfile.SafeHarbor, Context).Bytes.Length;

    private static byte[] Message<T>(IEnumerable<T> rows) =>
        Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{"rows":""" + JsonSerializer.Serialize(rows) + "}}}");

    private static byte[] Wrap(string text) =>
        Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":""" + JsonSerializer.Serialize(text) + "}]}}");
}
