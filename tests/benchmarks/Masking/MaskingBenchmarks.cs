using BenchmarkDotNet.Attributes;
using Chaperone.Masking;

namespace Chaperone.Benchmarks.Masking;

/// <summary>The masking engine on one core: JSON without identifiers, JSON full of them, and 4 KB notes; bytes per second are size over mean.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class MaskingBenchmarks
{
    private const int Size = 64 << 10;

    private static readonly MaskContext Context = new() { Method = "tools/call", Server = "clinic", Tool = "query" };

    private readonly Masker _masker = new(new MaskingOptions(), TimeProvider.System);
    private readonly byte[] _rows = Payloads.CleanRows(Size);
    private readonly byte[] _prose = Payloads.CleanProse(Size);
    private readonly byte[] _fhir = Payloads.CleanFhir(Size);
    private readonly byte[] _dense = Payloads.Dense(Size);
    private readonly byte[] _note = Payloads.Note();
    private readonly byte[] _sections = Payloads.Sections();

    [Benchmark]
    public int CleanRows() => Mask(_rows);

    [Benchmark]
    public int CleanProse() => Mask(_prose);

    [Benchmark]
    public int CleanFhir() => Mask(_fhir);

    [Benchmark]
    public int DensePhiJson() => Mask(_dense);

    [Benchmark]
    public int Note4Kb() => Mask(_note);

    [Benchmark]
    public int NoteInSections4Kb() => Mask(_sections);

    private int Mask(byte[] message) => _masker.Mask(message, MaskingProfile.SafeHarbor, Context).Bytes.Length;
}
