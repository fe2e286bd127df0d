using BenchmarkDotNet.Attributes;
using Chaperone.Masking;

namespace Chaperone.Benchmarks.Masking;

/// <summary>Masking from 1 KB to 16 MB: time must grow with size and no faster.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class MaskingSizes
{
    private static readonly MaskContext Context = new() { Method = "tools/call", Server = "clinic", Tool = "query" };

    private readonly Masker _masker = new(new MaskingOptions { MaxBytes = 32 << 20, TimeBudget = TimeSpan.FromMinutes(1) }, TimeProvider.System);
    private byte[] _clean = [];
    private byte[] _dense = [];

    [Params(1 << 10, 16 << 10, 256 << 10, 4 << 20, 16 << 20)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _clean = Payloads.CleanRows(Size);
        _dense = Payloads.Dense(Size);
    }

    [Benchmark]
    public int Clean() => _masker.Mask(_clean, MaskingProfile.SafeHarbor, Context).Bytes.Length;

    [Benchmark]
    public int Dense() => _masker.Mask(_dense, MaskingProfile.SafeHarbor, Context).Bytes.Length;
}
