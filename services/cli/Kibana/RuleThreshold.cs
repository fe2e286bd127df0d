using System.Text.Json.Nodes;

namespace Chaperone.Cli.Kibana;

/// <summary>When a rule speaks: so many documents that share the value of a field.</summary>
/// <param name="Field">The field, e.g. <c>user.id</c>.</param>
/// <param name="Documents">How many at least.</param>
/// <param name="Distinct">A field of which they must have several values; null: it does not matter.</param>
/// <param name="Values">How many values at least.</param>
internal sealed record RuleThreshold(string Field, int Documents, string? Distinct = null, int Values = 0)
{
    public JsonObject ToJson() => new()
    {
        ["field"] = new JsonArray(Field),
        ["value"] = Documents,
        ["cardinality"] = Distinct is null ? [] : new JsonArray(new JsonObject { ["field"] = Distinct, ["value"] = Values }),
    };
}
