using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Chaperone.Cli.Kibana;
using Chaperone.Contracts;
using Chaperone.Recorder.Elastic;
using Chaperone.TestKit;

namespace Chaperone.Cli.Tests;

/// <summary>No Kibana runs in tests: what it is given is checked against our own fields and words, and against its documented form.</summary>
public partial class KibanaTests
{
    private static readonly string[] Kinds = Words<RecordKind>();

    private static readonly JsonObject[] Objects = Parse(SavedObjects.Write());

    private static IEnumerable<(string Where, string Query)> Queries =>
        KibanaBoards.All.SelectMany(b => b.Panels).Select(p => (p.Title, p.Query))
            .Concat(KibanaBoards.Searches.Select(s => (s.Title, s.Query)))
            .Concat(DetectionRules.All.Select(r => (r.Name, r.Query)));

    [Theory]
    [InlineData("chaperone.ndjson")]
    [InlineData("rules.ndjson")]
    public void File_InCompose_IsWhatTheCommandWrites(string name)
    {
        var written = name == "rules.ndjson" ? DetectionRules.Write() : SavedObjects.Write();

        // When this fails on purpose: chaperone elastic write --out compose/kibana
        Assert.Equal(File.ReadAllText(Path.Combine(SourceTree.Root, "compose", "kibana", name)), written);
    }

    [Fact]
    public void Ids_AreUnique()
    {
        Assert.Empty(Objects.GroupBy(o => (o["type"]!.ToString(), o["id"]!.ToString())).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(DetectionRules.All.GroupBy(r => r.Id).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void References_LeadToObjectsOfTheFile()
    {
        var ids = Objects.Select(o => (o["type"]!.ToString(), o["id"]!.ToString())).ToHashSet();

        Assert.Subset(ids, Objects.SelectMany(o => o["references"]!.AsArray()).Select(r => (r!["type"]!.ToString(), r["id"]!.ToString())).ToHashSet());
    }

    [Fact]
    public void Panels_OfADashboard_NameTheirReferencesAndDoNotOverlap() => Assert.All(Objects.Where(o => o["type"]!.ToString() == "dashboard"), dashboard =>
    {
        var panels = JsonNode.Parse(dashboard["attributes"]!["panelsJSON"]!.ToString())!.AsArray();
        var places = panels.Select(p => p!["gridData"]!).Select(g => (X: g["x"]!.GetValue<int>(), Y: g["y"]!.GetValue<int>(), W: g["w"]!.GetValue<int>(), H: g["h"]!.GetValue<int>())).ToArray();

        Assert.Equal(dashboard["references"]!.AsArray().Select(r => r!["name"]!.ToString()), panels.Select(p => p!["panelRefName"]!.ToString()));
        Assert.All(places, p => Assert.InRange(p.X + p.W, 1, 48));
        for (var i = 0; i < places.Length; i++)
        {
            for (var j = i + 1; j < places.Length; j++)
            {
                var (a, b) = (places[i], places[j]);
                Assert.True(a.X + a.W <= b.X || b.X + b.W <= a.X || a.Y + a.H <= b.Y || b.Y + b.H <= a.Y, $"{dashboard["id"]}: {i} and {j}");
            }
        }
    });

    [Fact]
    public void Fields_OfPanelsSearchesAndRules_AreMappedAndCanBeCounted()
    {
        var counted = KibanaBoards.All.SelectMany(b => b.Panels).SelectMany(p => p.By.Concat(p.Metrics.Select(m => m.Field).OfType<string>()))
            .Concat(DetectionRules.All.Select(r => r.Threshold).OfType<RuleThreshold>().SelectMany(t => new[] { t.Field, t.Distinct }.OfType<string>()));
        var shown = KibanaBoards.Searches.SelectMany(s => s.Columns);
        var asked = Queries.SelectMany(q => Clause().Matches(q.Query).Select(m => m.Groups["field"].Value));

        Assert.Empty(counted.Where(f => ElasticFields.Types.GetValueOrDefault(f) is null or "text" or "stored").Distinct());
        Assert.Empty(shown.Where(f => !ElasticFields.Types.ContainsKey(f)).Distinct());
        Assert.Empty(asked.Where(f => ElasticFields.Types.GetValueOrDefault(f) is null or "stored").Distinct());
    }

    [Fact]
    public void Metrics_OfNumbers_AreOfNumberFields() => Assert.All(
        KibanaBoards.All.SelectMany(b => b.Panels).SelectMany(p => p.Metrics).Where(m => m.Kind is "sum" or "avg" or "max" or "percentiles"),
        metric => Assert.Contains(ElasticFields.Types[metric.Field!], new[] { "long", "double" }));

    /// <summary>A word that no document holds makes a panel that is empty for ever.</summary>
    [Fact]
    public void Words_OfQueries_AreOnesThatDocumentsHold()
    {
        var known = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["chaperone.record.kind"] = Kinds,
            ["chaperone.decision.effect"] = Words<CallEffect>(),
            ["chaperone.outcome.status"] = Words<OutcomeStatus>(),
            ["chaperone.call.direction"] = Words<CallDirection>(),
            ["chaperone.approval.step"] = ["asked", "notified", "seen", "approved", "denied", "expired", "withdrawn", "released", "refused"],
        };
        var unknown = Queries.SelectMany(q => Clause().Matches(q.Query)
            .Where(m => known.ContainsKey(m.Groups["field"].Value))
            .SelectMany(m => m.Groups["value"].Value.Trim('(', ')').Split(" or ").Where(v => !known[m.Groups["field"].Value].Contains(v)).Select(v => $"{q.Where}: {v}")));

        Assert.Empty(unknown);
    }

    [Fact]
    public void Rules_AreOffAndLookBackOverTheirOwnInterval() => Assert.All(Parse(DetectionRules.Write()), rule =>
    {
        Assert.False(rule["enabled"]!.GetValue<bool>());
        var interval = int.Parse(rule["interval"]!.ToString().TrimEnd('m'));
        Assert.Equal($"now-{2 * interval}m", rule["from"]!.ToString());
        Assert.Equal(rule["type"]!.ToString() == "threshold", rule["threshold"] is not null);
    });

    [Fact]
    public void Boards_CoverWhatAnAnalystOpens() => Assert.Equal(
        ["chaperone-activity", "chaperone-denials", "chaperone-approvals", "chaperone-phi", "chaperone-volume", "chaperone-after-hours", "chaperone-break-glass", "chaperone-changes", "chaperone-integrity"],
        KibanaBoards.All.Select(b => b.Id));

    /// <summary>The recorder's key cannot change or remove what it wrote.</summary>
    [Fact]
    public void Privileges_OfTheRecorder_AreTheFewestItNeeds()
    {
        using var key = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SourceTree.Root, "compose", "elasticsearch", "recorder-key.json")));
        var role = key.RootElement.GetProperty("role_descriptors").GetProperty("chaperone-recorder");
        var indices = Assert.Single(role.GetProperty("indices").EnumerateArray());

        Assert.Equal(0, role.GetProperty("cluster").GetArrayLength());
        Assert.Equal(["create_doc", "read", "view_index_metadata", "maintenance"], indices.GetProperty("privileges").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(ElasticDatasets.All.Select(d => $"logs-{d}-*"), indices.GetProperty("names").EnumerateArray().Select(n => n.GetString()));
    }

    private static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];

    private static JsonObject[] Parse(string lines) => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject())];

    [GeneratedRegex(@"(?<field>@?[a-z_][a-z_.]*)(?::| >=?)\s*(?<value>\([^)]*\)|\S+)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Clause();
}
