using System.Text.Json;
using System.Text.RegularExpressions;

namespace Chaperone.TestKit.Conformance;

/// <summary>The official MCP conformance suite, as published on npm.</summary>
public sealed class ConformanceSuite
{
    private readonly string _package;
    private readonly string[] _set;

    private ConformanceSuite(string name, string package, params string[] set)
    {
        Name = name;
        _package = package;
        _set = set;
    }

    /// <summary>0.1.16, every active scenario.</summary>
    public static ConformanceSuite Active016 { get; } = new("0.1.16 active", "conformance-016");

    /// <summary>0.2.0-alpha.12, what 2025-11-25 requires.</summary>
    public static ConformanceSuite Requirements20251125 { get; } = new("alpha.12 2025-11-25", "conformance-alpha12", "--requirements", "2025-11-25");

    /// <summary>0.2.0-alpha.12, what 2026-07-28 requires.</summary>
    public static ConformanceSuite Requirements20260728 { get; } = new("alpha.12 2026-07-28", "conformance-alpha12", "--requirements", "2026-07-28");

    /// <summary>All three, by name.</summary>
    public static IReadOnlyDictionary<string, ConformanceSuite> All { get; } =
        new[] { Active016, Requirements20251125, Requirements20260728 }.ToDictionary(suite => suite.Name, StringComparer.Ordinal);

    /// <summary>E.g. <c>alpha.12 2026-07-28</c>.</summary>
    public string Name { get; }

    /// <summary>True where the protocol has no sessions, so that the stateless endpoint is the one to test.</summary>
    public bool IsStateless => ReferenceEquals(this, Requirements20260728);

    /// <summary>Runs it against an MCP endpoint that needs no credential.</summary>
    /// <exception cref="InvalidOperationException">The suite is not installed, or ended without results.</exception>
    public async Task<ConformanceReport> RunAsync(Uri url, CancellationToken cancellationToken)
    {
        var results = Directory.CreateTempSubdirectory("chaperone-conformance-").FullName;
        try
        {
            string[] command = [NpmPackages.Node, NpmPackages.File($"{_package}/dist/index.js"), "server", "--url", url.ToString(), "-o", results, .. _set];
            var (exitCode, output, _) = await ServerProcess.RunToEndAsync(new Dictionary<string, string> { ["HOME"] = results }, null, cancellationToken, command);
            var unscored = Unscored(output);
            ScenarioReport[] scenarios = [.. Directory.GetDirectories(results, "server-*").Order(StringComparer.Ordinal).Select(folder => Read(folder, unscored))];
            return scenarios.Length > 0
                ? new ConformanceReport { Suite = Name, ExitCode = exitCode, Scenarios = scenarios }
                : throw new InvalidOperationException($"The suite {Name} ended with {exitCode} and without results:\n{output}");
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    // Its last lines list what ran but does not count: "Not scored for 2026-07-28: ..." and then "  ✗ tasks-lifecycle (extension)".
    private static HashSet<string> Unscored(string output)
    {
        var start = output.LastIndexOf("Not scored for", StringComparison.Ordinal);
        return start < 0
            ? []
            : [.. Regex.Matches(output[start..], @"^\s+\S (\S+) \([a-z-]+\)\s*$", RegexOptions.Multiline | RegexOptions.NonBacktracking).Select(match => match.Groups[1].Value)];
    }

    private static ScenarioReport Read(string folder, HashSet<string> unscored)
    {
        // server-SCENARIO-2026-11-23T23-02-54-257Z
        var name = Regex.Match(Path.GetFileName(folder), @"^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$", RegexOptions.NonBacktracking).Groups[1].Value;
        using var checks = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "checks.json")));
        return new ScenarioReport
        {
            Name = name,
            Scored = !unscored.Contains(name),
            Checks = [.. checks.RootElement.EnumerateArray().Select(check => new CheckReport
            {
                Id = check.GetProperty("id").GetString()!,
                Status = check.GetProperty("status").GetString()!,
                Error = check.TryGetProperty("errorMessage", out var error) ? error.GetString() : null,
            })],
        };
    }
}
