using System.Text.RegularExpressions;
using Chaperone.TestKit;

namespace Chaperone.Architecture.Tests;

/// <summary>What no file of the project may be or hold.</summary>
public sealed partial class SourceFileTests
{
    private const int MostLines = 400;
    private const int LongestText = 4 * 1024 * 1024;
    private static readonly string[] Pictures = [".png", ".ico", ".woff2"];

    [Fact]
    public void SourceFile_Length_StaysUnderTheCeiling()
    {
        var files = SourceTree.Files().Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(files);
        Assert.Empty(files.Select(f => (f, Lines: Read(f).Count(c => c == '\n'))).Where(f => f.Lines > MostLines).Select(f => $"{f.f}: {f.Lines} lines"));
    }

    /// <summary>A clean clone must work anywhere: no path of the machine it was written on.</summary>
    [Fact]
    public void AnyFile_MachinePaths_AreAbsent() => Assert.Empty(Findings(MachinePath()));

    /// <summary>Where packages come from is the site's own setting.</summary>
    [Fact]
    public void AnyFile_PackageRegistries_AreAbsent() => Assert.Empty(Findings(RegistryHost()));

    /// <summary>The two searches find what they are for.</summary>
    [Theory]
    [InlineData("/ro" + "ot/.nuget/packages", true)]
    [InlineData("cd /ho" + "me/ann/chaperone", true)]
    [InlineData("\"/wo" + "rk/main\"", true)]
    [InlineData("/mcp/work/flow", false)]
    [InlineData("see work/home/root", false)]
    public void MachinePath_Text_IsTold(string text, bool found) => Assert.Equal(found, MachinePath().IsMatch(text));

    [Theory]
    [InlineData("https://api.nu" + "get.org/v3/index.json", true)]
    [InlineData("https://regi" + "stry.npmjs.org/", true)]
    [InlineData("http://arti" + "factory.corp/x", true)]
    [InlineData("https://chaperone.example.org/registry", false)]
    public void RegistryHost_Text_IsTold(string text, bool found) => Assert.Equal(found, RegistryHost().IsMatch(text));

    private static IEnumerable<string> Findings(Regex pattern) =>
        from file in SourceTree.Files()
        where !Pictures.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        let text = Read(file)
        from Match match in pattern.Matches(text)
        select $"{file}:{text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Value}";

    private static string Read(string file)
    {
        var path = Path.Combine(SourceTree.Root, file);
        return new FileInfo(path).Length <= LongestText ? File.ReadAllText(path) : "";
    }

    [GeneratedRegex(@"(?:^|[^\w./\-])/(?:root|work|home/[a-z]+)/[\w.]", RegexOptions.NonBacktracking | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://[\w.\-]*(registry|nuget|npmjs|pypi|artifactory|nexus|proxy\.golang|sum\.golang)[\w.\-]*", RegexOptions.NonBacktracking, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RegistryHost();
}
