using System.Text.Json.Nodes;

namespace Chaperone.Cli.Kibana;

/// <summary>A detection rule of Kibana's security solution: a query, alone or with a threshold. Both work with the free licence.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">What it finds.</param>
/// <param name="Description">Why it matters and what to do.</param>
/// <param name="View">What it looks at.</param>
/// <param name="Query">Which documents, in KQL.</param>
/// <param name="Severity"><c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</param>
/// <param name="Minutes">How often it runs; it looks back twice as far.</param>
/// <param name="Threshold">Null: each document is an alert.</param>
internal sealed record DetectionRule(string Id, string Name, string Description, KibanaView View, string Query, string Severity, int Minutes, RuleThreshold? Threshold = null)
{
    public JsonObject ToJson()
    {
        var rule = new JsonObject
        {
            ["rule_id"] = Id,
            ["name"] = Name,
            ["description"] = Description,
            ["type"] = Threshold is null ? "query" : "threshold",
            ["index"] = new JsonArray(View.Pattern),
            ["query"] = Query,
            ["language"] = "kuery",
            ["filters"] = new JsonArray(),
            ["severity"] = Severity,
            ["risk_score"] = Severity switch { "critical" => 99, "high" => 73, "medium" => 47, _ => 21 },
            ["interval"] = $"{Minutes}m",
            ["from"] = $"now-{2 * Minutes}m",
            ["to"] = "now",
            ["enabled"] = false,
            ["immutable"] = false,
            ["version"] = 1,
            ["tags"] = new JsonArray("Chaperone", "HIPAA"),
            ["author"] = new JsonArray("Chaperone"),
            ["false_positives"] = new JsonArray(),
            ["references"] = new JsonArray(),
            ["threat"] = new JsonArray(),
            ["max_signals"] = 100,
            ["actions"] = new JsonArray(),
            ["exceptions_list"] = new JsonArray(),
        };
        if (Threshold is { } threshold)
        {
            rule["threshold"] = threshold.ToJson();
        }

        return rule;
    }
}
