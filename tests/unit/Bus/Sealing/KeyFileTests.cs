using Chaperone.Bus.Sealing;

namespace Chaperone.Bus.Tests.Sealing;

/// <summary>The file of payload keys.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("chaperone-keys-");

    private string KeyPath => Path.Combine(_files.FullName, "keys", "bus.key");

    public void Dispose() => _files.Delete(recursive: true);

    [Fact]
    public void LoadOrCreate_FirstRun_MakesAnOwnerOnlyFileThatStays()
    {
        var first = KeyFile.LoadOrCreate(KeyPath);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        Assert.Equal(32, first.Current.Key.Length);
        Assert.Equal(first.Current.Key, KeyFile.LoadOrCreate(KeyPath).Current.Key);
    }

    [Fact]
    public async Task LoadOrCreate_ManyAtOnce_AllHoldTheSameKeyAndNoTemporaryIsLeft()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => KeyFile.LoadOrCreate(KeyPath).Current.Id)));

        Assert.Single(keys.Distinct());
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(KeyPath)!));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void LoadOrCreate_OthersMayTouchIt_IsRefusedWithTheRemedy(UnixFileMode others)
    {
        KeyFile.LoadOrCreate(KeyPath);
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

        var e = Assert.Throws<InvalidDataException>(() => KeyFile.LoadOrCreate(KeyPath));

        Assert.Contains("chmod 600", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("k1")]
    [InlineData("k1 AAAA")]
    [InlineData("k1 not-base64-not-base64-not-base64-not-base64")]
    [InlineData("k1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= more")]
    [InlineData(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void LoadOrCreate_NotKeys_IsRefusedWithoutQuotingThem(string text)
    {
        KeyFile.LoadOrCreate(KeyPath);
        File.WriteAllText(KeyPath, text);

        var e = Assert.Throws<InvalidDataException>(() => KeyFile.LoadOrCreate(KeyPath));

        Assert.DoesNotContain("AAAA", e.Message, StringComparison.Ordinal);
    }
}
