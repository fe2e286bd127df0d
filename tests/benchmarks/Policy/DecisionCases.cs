using System.Text;
using Chaperone.Contracts;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Reading;

namespace Chaperone.Benchmarks.Policy;

/// <summary>Policies of many rules, and a call that four of them speak about.</summary>
internal static class DecisionCases
{
    private const int RulesOfOneFile = 10_000;

    /// <summary>A call that is allowed; its arguments are looked at.</summary>
    public static CallFacts Call { get; } = new()
    {
        CallId = Guid.Empty,
        SessionId = Guid.Empty,
        Principal = new Principal { Issuer = "https://id.example", Subject = "ann", Groups = ["staff", "nurses", "icu"], ClientId = "viewer", AuthenticationMethods = ["pwd", "mfa"] },
        ProtocolVersion = "2026-07-28",
        Server = "clinic",
        Method = "tools/call",
        Target = "get_chart_7",
        RemoteAddress = "10.1.2.3",
        ReceivedAt = new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero),
    };

    /// <summary>Its message.</summary>
    public static byte[] Message { get; } = Encoding.UTF8.GetBytes(
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_chart_7","arguments":{"ward":"icu","limit":50,"ids":["MRN00000001","MRN00000002"],"note":"last visit"}}}""");

    /// <summary>An engine over so many rules: names and globs, roles, arguments, networks and hours mixed.</summary>
    public static PolicyEngine Engine(int rules)
    {
        var documents = Enumerable.Range(0, (rules + RulesOfOneFile - 1) / RulesOfOneFile).Select(part => Read(part, Math.Min(RulesOfOneFile, rules - (part * RulesOfOneFile)))).ToArray();
        return new PolicyEngine(documents[0] with { Rules = [.. documents.SelectMany(d => d.Rules)] });
    }

    private static PolicyDocument Read(int part, int rules)
    {
        var yaml = new StringBuilder("version: 1\nroles: { nurse: { groups: [nurses] }, clerk: { groups: [clerks] } }\nservers: { clinic: { url: 'http://127.0.0.1/' }, lab: { url: 'http://127.0.0.2/' } }\nrules:\n");
        for (var i = 0; i < rules; i++)
        {
            var name = $"r{part}-{i}";
            yaml.AppendLine((part, i) switch
            {
                (0, 0) => $"- {{ name: {name}, match: {{ role: nurse, server: clinic, tool: get_chart_* }}, effect: allow }}",
                (0, 1) => $"- {{ name: {name}, match: {{ role: nurse, tool: get_*, network: 10.0.0.0/8, principal: {{ mfa: true }} }}, effect: allow }}",
                (0, 2) => $"- {{ name: {name}, match: {{ server: clinic, tool: get_chart_7, arguments: {{ limit: {{ min: 501 }} }} }}, effect: deny }}",
                (0, 3) => $"- {{ name: {name}, match: {{ server: clinic, tool: get_chart_7, arguments: {{ note: '(?i)drop' }} }}, effect: deny }}",
                _ => (i % 4) switch
                {
                    0 => $"- {{ name: {name}, match: {{ role: clerk, server: clinic, tool: tool_{part}_{i} }}, effect: allow }}",
                    1 => $"- {{ name: {name}, match: {{ role: nurse, server: lab, tool: 'lab_{part}_{i}_*' }}, effect: allow }}",
                    2 => $"- {{ name: {name}, match: {{ server: clinic, tool: tool_{part}_{i}, arguments: {{ ward: {{ in: [icu, er] }} }} }}, effect: deny }}",
                    _ => $"- {{ name: {name}, match: {{ role: clerk, tool: 'set_{part}_{i}*', network: 192.168.0.0/16 }}, effect: allow }}",
                },
            });
        }

        var reading = PolicyFile.Read("bench.yaml", Encoding.UTF8.GetBytes(yaml.ToString()));
        return reading.Document ?? throw new InvalidOperationException(PolicyFileException.Say(reading.Problems));
    }
}
