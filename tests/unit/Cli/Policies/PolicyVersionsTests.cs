using System.Text.Json;
using Chaperone.Recorder.Tests;

namespace Chaperone.Cli.Tests.Policies;

/// <summary><c>policy versions</c> and <c>policy show</c>, over a folder as the policy room writes it.</summary>
public sealed class PolicyVersionsTests
{
    private static readonly string First = new('a', 64);
    private static readonly string Second = "ab" + new string('c', 62);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_Kept_AreListedInOrderWithWhatTheyChanged()
    {
        var folder = await FolderAsync();

        var run = await CliRun.OfAsync("policy", "versions", "--folder", folder);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            [
                $"2026-03-02 07:30:00Z {First} 1 rules, not signed",
                $"2026-03-03 07:30:00Z {Second} 2 rules, signed by ann, ben",
                "  added: rule new",
                "  changed: role nurse, rule a",
            ],
            run.Lines);
    }

    /// <summary>A crash may cut the last line; one that was tampered with must not lead out of the folder.</summary>
    [Fact]
    public async Task Versions_BrokenLines_ArePassedOver()
    {
        var folder = await FolderAsync();
        var journal = Path.Combine(folder, "versions.jsonl");
        await File.AppendAllTextAsync(journal, Line(new string('e', 64), "2026-03-04T07:30:00Z", [], 1, [], [], ["../policy.yaml"]) + "\n{\"digest\":\"ff", Token);

        var listed = await CliRun.OfAsync("policy", "versions", "--folder", folder);
        var shown = await CliRun.OfAsync("policy", "show", "eeee", "--folder", folder);

        Assert.DoesNotContain("eeee", listed.Output, StringComparison.Ordinal);
        Assert.Equal((0, 2), (listed.Code, shown.Code));
    }

    [Fact]
    public async Task Versions_NoneOrNoFolder_SaysWhereToLook()
    {
        var run = await CliRun.OfAsync("policy", "versions", "--folder", RecorderRig.NewFolder());

        Assert.Equal(2, run.Code);
        Assert.Contains("Policy:VersionsFolder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_DigestOrItsBeginning_ShowsTheFilesAsTheyWere()
    {
        var folder = await FolderAsync();

        var whole = await CliRun.OfAsync("policy", "show", Second, "--folder", folder);
        var start = await CliRun.OfAsync("policy", "show", "ABC", "--folder", folder);

        Assert.Equal((0, "# policy.yaml\nsecond\n\n# more/roles.yaml\nroles\n\n", ""), (whole.Code, whole.Output, whole.Error));
        Assert.Equal(whole, start);
    }

    [Fact]
    public async Task Show_Out_WritesTheFiles()
    {
        var (folder, target) = (await FolderAsync(), Path.Combine(RecorderRig.NewFolder(), "was"));

        var run = await CliRun.OfAsync("policy", "show", Second, "--folder", folder, "--out", target);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("second\n", await File.ReadAllTextAsync(Path.Combine(target, "policy.yaml"), Token));
        Assert.Equal("roles\n", await File.ReadAllTextAsync(Path.Combine(target, "more", "roles.yaml"), Token));
        Assert.Equal(2, run.Lines.Length);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("0000")]
    public async Task Show_SeveralOrNone_ShowsNothing(string digest)
    {
        var run = await CliRun.OfAsync("policy", "show", digest, "--folder", await FolderAsync());

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains("chaperone policy versions lists them", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_FilesGone_SaysSo()
    {
        var folder = await FolderAsync();
        Directory.Delete(Path.Combine(folder, Second), recursive: true);

        var run = await CliRun.OfAsync("policy", "show", Second, "--folder", folder);

        Assert.Equal(2, run.Code);
        Assert.StartsWith("Cannot show the version:", run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> FolderAsync()
    {
        var folder = RecorderRig.NewFolder();
        foreach (var (path, text) in new[] { ($"{First}/policy.yaml", "first\n"), ($"{Second}/policy.yaml", "second\n"), ($"{Second}/more/roles.yaml", "roles\n") })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            await File.WriteAllTextAsync(Path.Combine(folder, path), text, Token);
        }

        await File.WriteAllTextAsync(
            Path.Combine(folder, "versions.jsonl"),
            Line(First, "2026-03-02T07:30:00Z", [], 1, [], [], ["policy.yaml"]) + "\n"
            + Line(Second, "2026-03-03T07:30:00Z", ["ann", "ben"], 2, ["rule new"], ["role nurse", "rule a"], ["policy.yaml", "more/roles.yaml"]) + "\n",
            Token);
        return folder;
    }

    private static string Line(string digest, string at, string[] signers, int rules, string[] added, string[] changed, string[] files) =>
        JsonSerializer.Serialize(new { digest, at, signers, rules, file = "policy.yaml", files, changes = new { added, removed = Array.Empty<string>(), changed } });
}
