using System.Text.Json;
using System.Text.RegularExpressions;
using Chaperone.TestKit;
using YamlDotNet.Serialization;

namespace Chaperone.Architecture.Tests;

/// <summary>What operators read about metrics, alerts and dashboards is what the code has.</summary>
public partial class ObservabilityTests
{
    private static readonly string Documentation = Read("docs/observability.md");

    [Fact]
    public void Documentation_OfMetrics_IsWhatTheCodeHas()
    {
        var code = SourceTree.Files()
            .Where(f => f.StartsWith("services/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => Instrument().Matches(Read(f)).Select(m => m.Groups[1].Value));
        var documented = DocumentedMetric().Matches(Documentation).Select(m => m.Groups[1].Value);

        Assert.Equal(code.Order(), documented.Order());
    }

    [Fact]
    public void Alerts_NameMetricsAndRunbooksThatExist()
    {
        var runbooks = Heading().Matches(Read("docs/runbooks.md")).Select(m => "docs/runbooks.md#" + m.Groups[1].Value.ToLowerInvariant().Replace(' ', '-')).ToHashSet();
        var root = ComposeFile.Mapping(new DeserializerBuilder().Build().Deserialize<object>(Read("compose/prometheus/alerts.yml")));
        var rules = ((List<object>)root["groups"]!).SelectMany(g => (List<object>)ComposeFile.Mapping(g)["rules"]!).Select(ComposeFile.Mapping).ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule =>
        {
            AssertKnown((string)rule["expr"]!);
            Assert.Contains((string)ComposeFile.Mapping(rule["annotations"])["runbook"]!, runbooks);
        });
    }

    [Fact]
    public void Dashboard_AsksForMetricsThatExist()
    {
        using var dashboard = JsonDocument.Parse(Read("compose/grafana/chaperone.json"));
        var asked = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(p => p.TryGetProperty("targets", out _))
            .SelectMany(p => p.GetProperty("targets").EnumerateArray())
            .Select(t => t.GetProperty("expr").GetString()!)
            .ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, AssertKnown);
    }

    private static void AssertKnown(string expression)
    {
        var known = DocumentedMetric().Matches(Documentation).Select(m => m.Groups[1].Value.Replace('.', '_')).ToList();
        var used = PrometheusName().Matches(expression).Select(m => m.Value).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Contains(known, k => name == k || (name.StartsWith(k + "_", StringComparison.Ordinal) && Suffix().IsMatch(name[k.Length..]))));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(SourceTree.Root, file));

    [GeneratedRegex("""Create(?:Counter|Histogram|Gauge|ObservableGauge)(?:<\w+>)?\(\s*"(chaperone\.[a-z.]+)""")]
    private static partial Regex Instrument();

    [GeneratedRegex("(?m)^\\| `(chaperone\\.[a-z.]+)` \\|")]
    private static partial Regex DocumentedMetric();

    [GeneratedRegex("(?m)^## (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex("chaperone_[a-z_]+")]
    private static partial Regex PrometheusName();

    [GeneratedRegex("^_(total|milliseconds_(bucket|sum|count)|seconds_(bucket|sum|count)|bucket|sum|count)$")]
    private static partial Regex Suffix();
}
