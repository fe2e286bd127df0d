using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Ledger.Tests;

/// <summary>A whole log in memory, published and verified as the recorder and the command line do.</summary>
public sealed class TestLog : IDisposable
{
    public const string Origin = "test.example/ledger";

    public static byte[] Seed { get; } = SHA256.HashData(Encoding.UTF8.GetBytes("the key of the test log"));

    public TestLog() => Publisher = new LedgerPublisher(Files, Store, Signer);

    public MemoryFiles Files { get; } = new();

    public MemoryLeaves Store { get; } = new();

    public NoteSigner Signer { get; } = new(Origin, Seed);

    public LedgerPublisher Publisher { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestLog> OfSizeAsync(long size)
    {
        var log = new TestLog();
        await log.AppendAsync(size);
        return log;
    }

    public async Task<byte[]> AppendAsync(long count)
    {
        Store.AppendNumbered(count);
        return await PublishAsync();
    }

    public async Task<byte[]> PublishAsync() => (await Publisher.PublishAsync(Store.Head, Cancellation)).ToBytes();

    public async Task<LedgerReport> VerifyAsync(params IEnumerable<byte[]> earlier) => await new LedgerVerifier(Files, Signer.LogKey).VerifyAsync(
        new LedgerVerification { Store = Store, Earlier = [.. earlier.Select(note => new ReadOnlyMemory<byte>(note))] }, Cancellation);

    /// <summary>Fails unless the whole log verifies.</summary>
    public async Task CheckAsync(params IEnumerable<byte[]> earlier)
    {
        var report = await VerifyAsync(earlier);
        Assert.True(report.IsIntact, report.Summary);
        Assert.Equal(Store.Head, report.Checkpoint!.Head);
    }

    public void Dispose() => Signer.Dispose();
}
