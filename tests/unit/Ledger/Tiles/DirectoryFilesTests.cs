namespace Chaperone.Ledger.Tests;

public sealed class DirectoryFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("chaperone-ledger-").FullName;
    private readonly DirectoryFiles _files;

    public DirectoryFilesTests() => _files = new DirectoryFiles(Path.Combine(_root, "log"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Write_NewAndExistingFile_ReplacedWhole()
    {
        await _files.WriteAsync("tile/0/x001/000", "first, and longer"u8.ToArray(), Cancellation);
        await _files.WriteAsync("tile/0/x001/000", "second"u8.ToArray(), Cancellation);

        Assert.Equal("second"u8.ToArray(), await _files.ReadAsync("tile/0/x001/000", Cancellation));
        Assert.Single(Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Read_Missing_Null() => Assert.Null(await _files.ReadAsync("tile/0/000", Cancellation));

    /// <summary>A crash before the rename leaves a temporary file: readers do not see it, and the next write replaces it.</summary>
    [Fact]
    public async Task Write_AfterCrashBeforeRename_Mended()
    {
        await _files.WriteAsync("checkpoint", "old"u8.ToArray(), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_root, "log", ".checkpoint.tmp"), "torn, and much longer than the new one", Cancellation);

        Assert.Equal("old"u8.ToArray(), await _files.ReadAsync("checkpoint", Cancellation));
        await _files.WriteAsync("checkpoint", "new"u8.ToArray(), Cancellation);

        Assert.Equal("new"u8.ToArray(), await _files.ReadAsync("checkpoint", Cancellation));
        Assert.Single(Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Write_PathBlocked_IOException()
    {
        await _files.WriteAsync("tile", "a file where a folder should be"u8.ToArray(), Cancellation);

        await Assert.ThrowsAnyAsync<IOException>(async () => await _files.WriteAsync("tile/0/000", new byte[1], Cancellation));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("tile/../../outside")]
    [InlineData("/outside")]
    [InlineData("")]
    public async Task Write_PathOutside_Refused(string path) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await _files.WriteAsync(path, new byte[1], Cancellation));

    [Fact]
    public async Task DeleteFolder_ThereOrNot_Gone()
    {
        await _files.WriteAsync("tile/0/000.p/1", new byte[32], Cancellation);

        await _files.DeleteFolderAsync("tile/0/000.p", Cancellation);
        await _files.DeleteFolderAsync("tile/0/000.p", Cancellation);

        Assert.Null(await _files.ReadAsync("tile/0/000.p/1", Cancellation));
    }

    [Fact]
    public async Task Publish_ToDirectory_Verifies()
    {
        using var signer = new NoteSigner(TestLog.Origin, TestLog.Seed);
        var store = new MemoryLeaves();
        var publisher = new LedgerPublisher(_files, store, signer);
        foreach (var batch in new[] { 3, 300, 700 })
        {
            store.AppendNumbered(batch);
            await publisher.PublishAsync(store.Head, Cancellation);

            var report = await new LedgerVerifier(_files, signer.LogKey).VerifyAsync(new LedgerVerification { Store = store }, Cancellation);
            Assert.True(report.IsIntact, report.Summary);
        }
    }
}
