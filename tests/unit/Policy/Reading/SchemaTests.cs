using System.Text.Json.Nodes;
using Chaperone.Policy.Reading;
using Json.Schema;

namespace Chaperone.Policy.Tests.Reading;

/// <summary>The published JSON Schema and the reader must say the same, or editors mislead.</summary>
public sealed class SchemaTests
{
    private const string Head = "version: 1\nroles: { r: { groups: [g] } }\nservers: { s: { url: 'http://127.0.0.1/' } }\n";

    private static readonly string SchemaText = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policy.schema.json"));

    private static readonly JsonSchema Schema = JsonSchema.FromText(SchemaText);

    private static string Rule(string rest) => $"{Head}rules:\n  - {{ name: n, effect: deny, {rest} }}\n";

    private static string SqlRule(string rest) =>
        $"version: 1\nservers: {{ s: {{ url: 'http://127.0.0.1/', sql: {{ dialect: tsql, arguments: {{ q: a }} }} }} }}\nrules:\n  - {{ name: n, effect: deny, match: {{ sql: {{ {rest} }} }} }}\n";

    private static string ShellRule(string rest) =>
        $"version: 1\nservers: {{ s: {{ url: 'http://127.0.0.1/', shell: {{ arguments: {{ q: a }} }} }} }}\nrules:\n  - {{ name: n, effect: deny, match: {{ shell: {{ {rest} }} }} }}\n";

    /// <summary>Where mappings stand: a policy with an unknown key at that place, and the place in the schema.</summary>
    public static TheoryData<string, string> Mappings => new()
    {
        { "version: 1\nxx: 1\n", "" },
        { "version: 1\ndefaults: { xx: 1 }\n", "properties/defaults" },
        { "version: 1\nroles: { r: { groups: [g], xx: 1 } }\n", "$defs/role" },
        { "version: 1\nservers: { s: { url: 'http://127.0.0.1/', xx: 1 } }\n", "$defs/server" },
        { "version: 1\nservers: { s: { url: 'http://127.0.0.1/', credential: { header: A, value: b, xx: 1 } } }\n", "$defs/credential" },
        { "version: 1\nservers: { s: { url: 'http://127.0.0.1/', credential: { basic: { user: a, password: b, xx: 1 } } } }\n", "$defs/credential/properties/basic" },
        { "version: 1\nservers: { s: { url: 'https://h.example/', credential: { mutual_tls: { certificate: a, xx: 1 } } } }\n", "$defs/credential/properties/mutual_tls" },
        { "version: 1\nservers: { s: { url: 'http://127.0.0.1/', limits: { concurrent: 1, xx: 1 } } }\n", "$defs/limits" },
        { "version: 1\nidentifiers: [{ name: n, class: id, words: [abc], xx: 1 }]\n", "$defs/identifier" },
        { Rule("match: { tool: x }, xx: 1"), "$defs/rule" },
        { Rule("match: { tool: x, xx: 1 }"), "$defs/match" },
        { Rule("match: { arguments: { a: { equals: 1, xx: 1 } } }"), "$defs/condition/anyOf/1" },
        { Rule("match: { arguments: { a: { length: { min: 1, xx: 1 } } } }"), "$defs/condition/anyOf/1/properties/length/anyOf/1" },
        { SqlRule("kind: select, xx: 1"), "$defs/sql" },
        { "version: 1\nservers: { s: { url: 'http://127.0.0.1/', sql: { dialect: tsql, arguments: { q: a }, xx: 1 } } }\n", "$defs/serverSql" },
        { "version: 1\nservers: { s: { url: 'http://127.0.0.1/', sql: { dialect: tsql, arguments: { q: a }, phi: { t: { key: a, xx: 1 } } } } }\n", "$defs/phiTable" },
        { "version: 1\nservers: { s: { url: 'http://127.0.0.1/', shell: { arguments: { q: a }, xx: 1 } } }\n", "$defs/serverShell" },
        { ShellRule("command: ls, xx: 1"), "$defs/shell" },
        { Rule("match: { counters: { of: calls, over: 1, within: 1m, xx: 1 } }"), "$defs/counter" },
        { Rule("match: { principal: { mfa: true, xx: 1 } }"), "$defs/principal" },
        { Rule("match: { tool: x }, unless: { mfa: true, xx: 1 }"), "$defs/proof" },
        { Rule("match: { client: { id: a, xx: 1 } }"), "$defs/client/anyOf/1" },
        { Rule("match: { network: { in: 10.0.0.0/8, xx: 1 } }"), "$defs/network/anyOf/1" },
        { Rule("match: { when: { zone: UTC, xx: 1 } }"), "$defs/window" },
        { Rule("match: { annotations: { readOnlyHint: true, xx: 1 } }"), "$defs/annotations" },
        { Head + "rules: [{ name: n, effect: approve, match: { tool: x }, approval: { role: r, xx: 1 } }]\n", "$defs/approval" },
        { Head + "rules: [{ name: n, effect: approve, match: { tool: x }, approval: { role: r, escalate: { after: 5m, to: r, xx: 1 } } }]\n", "$defs/escalation" },
        { Head + "rules: [{ name: n, effect: allow, match: { tool: x }, masking: { profile: none, xx: 1 } }]\n", "$defs/masking/anyOf/1" },
    };

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Mapping_KeysOfReaderAndSchema_AreTheSame(string yaml, string place)
    {
        var told = Assert.Single(PolicyText.Read(yaml).Problems).Remedy["use one of ".Length..].Split(", ");
        var node = JsonNode.Parse(SchemaText);
        foreach (var step in place.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = int.TryParse(step, out var index) ? node![index] : node![step];
        }

        Assert.Equal(told.Order(StringComparer.Ordinal), node!["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.False((bool)node["additionalProperties"]!);
        Assert.False(IsValid(yaml), "The schema takes the unknown key.");
    }

    public static TheoryData<string> Policies =>
    [
        .. new[] { "policy.example.yaml", "policy.allow-all.yaml" }.Select(f => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, f))),
        .. File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policy.md")).Split("```yaml\n").Skip(1).Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)]).Where(b => b.StartsWith("version: 1", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Policies))]
    public void ShippedPolicy_IsValidBySchemaAndReader(string yaml)
    {
        Assert.Empty(PolicyText.Read(yaml).Problems.Select(p => p.ToString()));
        Assert.True(IsValid(yaml));
    }

    private static bool IsValid(string yaml)
    {
        using var json = System.Text.Json.JsonDocument.Parse(ToJson(YamlTree.Read(yaml, new PolicyProblems("p"))!)?.ToJsonString() ?? "null");
        return Schema.Evaluate(json.RootElement).IsValid;
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMapping map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, ToJson(e.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlScalar { Kind: "a number" or "a boolean" } plain => JsonNode.Parse(plain.Text),
        YamlScalar { Kind: "empty" } => null,
        YamlScalar text => JsonValue.Create(text.Text),
        _ => null,
    };
}
