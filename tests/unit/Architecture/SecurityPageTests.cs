using System.Text.RegularExpressions;
using Chaperone.TestKit;

namespace Chaperone.Architecture.Tests;

/// <summary>The threat model names tests that are there, and the list of dependencies is that of the lock files.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void ThreatModel_EveryTestItNames_IsThere()
    {
        var tests = SourceTree.Files()
            .Where(f => f.StartsWith("tests/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => TestMethod().Matches(Read(f)).Select(m => m.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);

        var named = NamedTest().Matches(Read("docs/security.md")).Select(m => m.Groups[1].Value).ToArray();

        Assert.True(named.Length > 50, $"{named.Length} tests are named");

        // Two underscores are those of a setting.
        Assert.DoesNotContain(named, n => !n.Contains("__", StringComparison.Ordinal) && !tests.Contains(n));
    }

    [Fact]
    public void Dependencies_EveryShippedPackage_IsListedAsLocked()
    {
        var page = Read("docs/dependencies.md");
        var locks = SourceTree.Files().Where(f => f.StartsWith("services/", StringComparison.Ordinal) && Path.GetFileName(f) == "packages.lock.json").ToArray();
        var locked = locks
            .SelectMany(f => System.Text.Json.Nodes.JsonNode.Parse(Read(f))!["dependencies"]!.AsObject().SelectMany(framework => framework.Value!.AsObject()))
            .Where(p => p.Value!["type"]!.GetValue<string>() != "Project" && p.Key != "Microsoft.CodeAnalysis.BannedApiAnalyzers")
            .Select(p => (p.Key, Version: p.Value!["resolved"]!.GetValue<string>()))
            .Distinct()
            .ToArray();

        Assert.NotEmpty(locked);
        Assert.Empty(locked.Where(p => !Regex.IsMatch(page, $@"^\| (\*\*)?{Regex.Escape(p.Key)}(\*\*)? \| {Regex.Escape(p.Version)} \|", RegexOptions.Multiline)).Select(p => $"{p}: run .ci/dependencies.py"));
        Assert.DoesNotContain("unknown", page, StringComparison.Ordinal);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(SourceTree.Root, file));

    [GeneratedRegex(@"public (?:async )?(?:Task|void|ValueTask) (\w+)\(", RegexOptions.NonBacktracking)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"`([A-Z]\w+_\w+)`", RegexOptions.NonBacktracking)]
    private static partial Regex NamedTest();
}
