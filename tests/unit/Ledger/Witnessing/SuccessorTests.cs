using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Ledger.Tests.Witnessing;

/// <summary>A witness of a ledger that opens a log each year: it follows only where it is told to, and never back.</summary>
public sealed class SuccessorTests : IDisposable
{
    private readonly MemoryFiles _memory = new();
    private readonly NoteSigner _signer = new("witness.example/w1", SHA256.HashData("the key of the test witness"u8));
    private readonly NoteSigner _ledger = new("test.example/ledger", TestLog.Seed);
    private readonly List<LogWitness> _witnesses = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_NextYear_IsCosignedFromNothing_AndGrows()
    {
        var witness = await StartAsync();
        Assert.Equal(WitnessVerdict.Cosigned, (await AddAsync(witness, "test.example/ledger", 0, 5)).Verdict);

        Assert.Equal(WitnessVerdict.Cosigned, (await AddAsync(witness, "test.example/ledger/2027", 0, 1)).Verdict);
        Assert.Equal(WitnessVerdict.Cosigned, (await AddAsync(witness, "test.example/ledger/2027", 1, 9)).Verdict);

        Assert.Equal((WitnessVerdict.OtherSize, 9L), await SaidAsync(Restart(), "test.example/ledger/2027", 0, 9));
        Assert.Equal(WitnessVerdict.Cosigned, (await AddAsync(Restart(), "test.example/ledger/2029", 0, 2)).Verdict);
        Assert.NotNull(await witness.ReadLastAsync("test.example/ledger/2027", Cancel));
    }

    /// <summary>Attack: the holder of the key goes on with a log that was closed, or opens one of a year that passed.</summary>
    [Fact]
    public async Task Add_OfAnEarlierYear_IsRefusedOnceALaterOneWasBegun()
    {
        var witness = await StartAsync();
        await AddAsync(witness, "test.example/ledger", 0, 5);
        await AddAsync(witness, "test.example/ledger/2028", 0, 1);

        Assert.Equal((WitnessVerdict.Fork, 5L), await SaidAsync(witness, "test.example/ledger", 5, 6));
        Assert.Equal(WitnessVerdict.Cosigned, (await AddAsync(witness, "test.example/ledger", 5, 5)).Verdict);
        await Assert.ThrowsAsync<LedgerFaultException>(() => AddAsync(witness, "test.example/ledger/2027", 0, 1));
        Assert.Contains(_memory.Files.Keys, path => path.StartsWith("evidence/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("test.example/ledger/27")]
    [InlineData("test.example/ledger/2027x")]
    [InlineData("test.example/ledger2027")]
    [InlineData("test.example/ledger/0000")]
    [InlineData("test.example/other/2027")]
    public async Task Add_OriginOfNoYear_IsUnknown(string origin)
    {
        var witness = await StartAsync();

        Assert.Equal(WitnessVerdict.UnknownLog, (await AddAsync(witness, origin, 0, 1)).Verdict);
    }

    [Fact]
    public async Task Add_OtherKeyOrNotToldTo_IsRefused()
    {
        using var other = new NoteSigner("test.example/ledger", SHA256.HashData("another key"u8));
        var witness = await StartAsync();
        var plain = Restart(withSuccessors: false);

        Assert.Equal(WitnessVerdict.NotSigned, (await AddAsync(witness, "test.example/ledger/2027", 0, 1, other)).Verdict);
        Assert.Equal(WitnessVerdict.UnknownLog, (await AddAsync(plain, "test.example/ledger/2027", 0, 1)).Verdict);
        Assert.Null(await plain.ReadLastAsync("test.example/ledger/2027", Cancel));
    }

    /// <summary>A memory that is gone is a loss for a log that was begun, never a new log.</summary>
    [Fact]
    public async Task Add_MemoryOfABegunLogGone_SignsNothing()
    {
        var witness = await StartAsync();
        await AddAsync(witness, "test.example/ledger/2027", 0, 3);
        Assert.True(_memory.Files.Remove($"logs/{Convert.ToHexStringLower(SHA256.HashData("test.example/ledger/2027"u8))}"));

        await Assert.ThrowsAsync<LedgerFaultException>(() => AddAsync(Restart(), "test.example/ledger/2027", 0, 3));
    }

    public void Dispose()
    {
        _witnesses.ForEach(w => w.Dispose());
        _signer.Dispose();
        _ledger.Dispose();
    }

    private async Task<LogWitness> StartAsync()
    {
        var witness = Restart();
        await witness.BeginAsync(_ledger.LogKey, Cancel);
        return witness;
    }

    private LogWitness Restart(bool withSuccessors = true)
    {
        var witness = new LogWitness(_memory, _signer, [_ledger.LogKey], new FakeTimeProvider(), withSuccessors);
        _witnesses.Add(witness);
        return witness;
    }

    private async Task<(WitnessVerdict Verdict, long Size)> SaidAsync(LogWitness witness, string origin, long old, long size)
    {
        var answer = await AddAsync(witness, origin, old, size);
        return (answer.Verdict, answer.Size);
    }

    private async Task<WitnessAnswer> AddAsync(LogWitness witness, string origin, long old, long size, NoteSigner? by = null)
    {
        using var signer = (by ?? _ledger).Named(origin);
        var store = new MemoryLeaves();
        store.AppendNumbered(size);
        var files = new MemoryFiles();
        var note = await new LedgerPublisher(files, store, signer).PublishAsync(store.Head, Cancel);
        var proof = await new TreeReader(files, size).ConsistencyProofAsync(old, Cancel);
        return await witness.AddAsync(new AddCheckpoint(old, proof, note.ToBytes()), Cancel);
    }
}
