using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Ledger.Tests.Witnessing;

public sealed class LogWitnessTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 6, 40, 16, TimeSpan.Zero);

    private readonly MemoryFiles _memory = new();
    private readonly TestLog _log = new();
    private readonly NoteSigner _signer = new("witness.example/w1", SHA256.HashData("the key of the test witness"u8));
    private LogWitness? _witness;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_LogThatGrows_CosignsEachCheckpointAndRemembersTheLast()
    {
        var witness = await StartAsync();
        var sizes = new long[] { 1, 2, 7, 256, 257, 600 };
        var old = 0L;
        foreach (var size in sizes)
        {
            var note = await _log.AppendAsync(size - old);

            var answer = await AddAsync(witness, old, note);

            Assert.Equal((WitnessVerdict.Cosigned, size), (answer.Verdict, answer.Size));
            Assert.True(_signer.WitnessKey.Verify(TextOf(note), answer.Signature!));
            Assert.Equal(Now, Cosignature.TimeOf(answer.Signature!));
            old = size;
        }

        var last = await witness.ReadLastAsync(TestLog.Origin, Cancel);
        Assert.Equal(NoteFault.None, Checkpoint.TryOpen(last, [_signer.WitnessKey], out var remembered));
        Assert.Equal(_log.Store.Head, remembered!.Head);
        Assert.Equal(NoteFault.None, Checkpoint.TryOpen(last, [_log.Signer.LogKey], out _));
    }

    [Fact]
    public async Task Add_SameCheckpointAgain_IsCosignedAgain()
    {
        var witness = await StartAsync();
        var note = await _log.AppendAsync(5);
        await AddAsync(witness, 0, note);

        var again = await AddAsync(witness, 5, note);

        Assert.Equal(WitnessVerdict.Cosigned, again.Verdict);
    }

    [Fact]
    public async Task Add_OtherOldSize_IsTheConflictThatNamesTheSize()
    {
        var witness = await StartAsync();
        await AddAsync(witness, 0, await _log.AppendAsync(5));
        var later = await _log.AppendAsync(4);

        Assert.Equal(new WitnessAnswer(WitnessVerdict.OtherSize, 5), await AddAsync(witness, 0, later));
        Assert.Equal(new WitnessAnswer(WitnessVerdict.OtherSize, 5), await AddAsync(witness, 7, later));
        Assert.Equal(WitnessVerdict.Cosigned, (await AddAsync(witness, 5, later)).Verdict);
    }

    /// <summary>A log that goes back, as from an old backup, is refused, also when it says the right old size.</summary>
    [Fact]
    public async Task Add_SmallerCheckpoint_IsRefused()
    {
        var witness = await StartAsync();
        var early = await _log.AppendAsync(3);
        await AddAsync(witness, 0, await _log.AppendAsync(5));

        Assert.Equal(new WitnessAnswer(WitnessVerdict.OtherSize, 8), await AddAsync(witness, 3, early));
        Assert.Equal(WitnessVerdict.Malformed, (await witness.AddAsync(new AddCheckpoint(8, [], early), Cancel)).Verdict);
    }

    [Fact]
    public async Task Add_OtherHistoryOfTheSameSize_IsAForkAndBothCheckpointsAreKept()
    {
        var witness = await StartAsync();
        var note = await _log.AppendAsync(5);
        await AddAsync(witness, 0, note);
        using var forged = await ForgedAsync(5);

        var answer = await witness.AddAsync(new AddCheckpoint(5, [], forged.Note), Cancel);

        Assert.Equal(new WitnessAnswer(WitnessVerdict.Fork, 5), answer);
        Assert.Contains(_memory.Files, f => f.Key.StartsWith("evidence/", StringComparison.Ordinal) && f.Value.AsSpan().SequenceEqual(forged.Note));
        Assert.Contains(_memory.Files, f => f.Key.EndsWith("/cosigned", StringComparison.Ordinal) && Encoding.UTF8.GetString(f.Value).StartsWith(TextOf(note), StringComparison.Ordinal));
        Assert.Equal(WitnessVerdict.Cosigned, (await AddAsync(witness, 5, note)).Verdict);
    }

    [Fact]
    public async Task Add_LargerCheckpointOfAnotherHistory_IsNotConsistent()
    {
        var witness = await StartAsync();
        await AddAsync(witness, 0, await _log.AppendAsync(5));
        using var forged = await ForgedAsync(9);
        var proof = await new TreeReader(forged.Log.Files, 9).ConsistencyProofAsync(5, Cancel);

        var answer = await witness.AddAsync(new AddCheckpoint(5, proof, forged.Note), Cancel);

        Assert.Equal(new WitnessAnswer(WitnessVerdict.NotConsistent, 5), answer);
    }

    [Fact]
    public async Task Add_ForeignLogOrKey_IsTold()
    {
        var witness = await StartAsync();
        var checkpoint = new Checkpoint("other.example/log", new TreeHead(0, Rfc6962.EmptyRoot));
        using var other = new NoteSigner("other.example/log", SHA256.HashData("other"u8));
        using var thief = new NoteSigner(TestLog.Origin, SHA256.HashData("thief"u8));

        Assert.Equal(WitnessVerdict.UnknownLog, (await witness.AddAsync(new AddCheckpoint(0, [], checkpoint.Sign(other).ToBytes()), Cancel)).Verdict);
        Assert.Equal(WitnessVerdict.NotSigned, (await witness.AddAsync(new AddCheckpoint(0, [], (checkpoint with { Origin = TestLog.Origin }).Sign(thief).ToBytes()), Cancel)).Verdict);
        Assert.Equal(WitnessVerdict.Malformed, (await witness.AddAsync(new AddCheckpoint(0, [], "hello\n\n"u8.ToArray()), Cancel)).Verdict);
    }

    /// <summary>What could not be remembered was not signed, and nothing changed.</summary>
    [Fact]
    public async Task Add_MemoryThatCannotBeWritten_GivesNoSignature()
    {
        var witness = await StartAsync();
        await AddAsync(witness, 0, await _log.AppendAsync(2));
        _memory.FailAfterWrites = _memory.Writes.Count;
        var next = await _log.AppendAsync(2);

        await Assert.ThrowsAsync<IOException>(() => AddAsync(witness, 2, next));
        _memory.FailAfterWrites = null;

        Assert.Equal(WitnessVerdict.Cosigned, (await AddAsync(witness, 2, next)).Verdict);
    }

    [Fact]
    public async Task Add_MemoryThatIsGoneOrAltered_GivesNoSignature()
    {
        var witness = await StartAsync();
        var note = await _log.AppendAsync(2);
        await AddAsync(witness, 0, note);
        var file = _memory.Files.Keys.Single(k => k.StartsWith("logs/", StringComparison.Ordinal));

        // The log's own signature does not make it something that this witness cosigned.
        _memory.Files[file] = note;
        await Assert.ThrowsAsync<LedgerFaultException>(() => AddAsync(witness, 2, note));
        _memory.Files.Remove(file);
        await Assert.ThrowsAsync<LedgerFaultException>(() => AddAsync(witness, 0, note));
    }

    /// <summary>Of two histories that race for the same place one is cosigned, never both (the race that the protocol describes).</summary>
    [Fact]
    public async Task Add_TwoHistoriesAtOnce_CosignsOne()
    {
        for (var round = 0; round < 20; round++)
        {
            var files = new MemoryFiles();
            using var witness = new LogWitness(new SlowFiles(files), _signer, [_log.Signer.LogKey], new FakeTimeProvider(Now));
            await witness.BeginAsync(_log.Signer.LogKey, Cancel);
            using var one = new TestLog();
            var note = await one.AppendAsync(3);
            using var forged = await ForgedAsync(4);

            var answers = await Task.WhenAll(
                Task.Run(async () => await witness.AddAsync(new AddCheckpoint(0, [], note), Cancel)),
                Task.Run(async () => await witness.AddAsync(new AddCheckpoint(0, [], forged.Note), Cancel)));

            Assert.Single(answers, a => a.Verdict == WitnessVerdict.Cosigned);
        }
    }

    public void Dispose()
    {
        _witness?.Dispose();
        _signer.Dispose();
        _log.Dispose();
    }

    private static string TextOf(byte[] note)
    {
        Assert.Equal(NoteFault.None, SignedNote.TryParse(note, out var parsed));
        return parsed!.Text;
    }

    private async Task<LogWitness> StartAsync()
    {
        _witness = new LogWitness(_memory, _signer, [_log.Signer.LogKey], new FakeTimeProvider(Now));
        await _witness.BeginAsync(_log.Signer.LogKey, Cancel);
        return _witness;
    }

    private async Task<WitnessAnswer> AddAsync(LogWitness witness, long old, byte[] note)
    {
        Assert.Equal(NoteFault.None, Checkpoint.TryOpen(note, [_log.Signer.LogKey], out var checkpoint));
        var proof = old <= checkpoint!.Head.Size ? await new TreeReader(_log.Files, _log.Store.Head.Size).ConsistencyProofAsync(old, Cancel) : [];
        return await witness.AddAsync(new AddCheckpoint(old, proof, note), Cancel);
    }

    /// <summary>Another history, signed with the log's own key.</summary>
    private static async Task<Forgery> ForgedAsync(long size)
    {
        var log = new TestLog();
        log.Store.Append("a leaf that the true log does not have"u8.ToArray());
        return new Forgery(log, await log.AppendAsync(size - 1));
    }

    private sealed record Forgery(TestLog Log, byte[] Note) : IDisposable
    {
        public void Dispose() => Log.Dispose();
    }

    private sealed class SlowFiles(MemoryFiles inner) : ILedgerFiles
    {
        public async ValueTask<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return await inner.ReadAsync(path, cancellationToken);
        }

        public async ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            await Task.Yield();
            await inner.WriteAsync(path, content, cancellationToken);
        }

        public ValueTask<IReadOnlyList<string>> ListFolderAsync(string path, CancellationToken cancellationToken) => inner.ListFolderAsync(path, cancellationToken);

        public ValueTask DeleteFolderAsync(string path, CancellationToken cancellationToken) => inner.DeleteFolderAsync(path, cancellationToken);
    }
}
