using Chaperone.Contracts;
using FsCheck;
using FsCheck.Fluent;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Deciding;

/// <summary>Random rules, as flow mappings without their names, and random calls; from few words, so that they meet.</summary>
internal static class RandomPolicy
{
    private static readonly string[] Names = ["get_a", "get_b", "get_*", "g*", "*_a", "set_a", "set_?", "*", "get_secret", "s*_*a"];
    private static readonly string[] Targets = ["get_a", "get_b", "set_a", "set_b", "get_secret", "other", "g", ""];
    private static readonly string[] Methods = ["'*'", "tools/call", "tools/*", "resources/read", "'*/list'", "sampling/createMessage", "logging/setLevel", "[prompts/get, ping]", "'ping'"];

    private static readonly (string Method, CallDirection Direction)[] Calls =
    [
        ("tools/call", CallDirection.FromClient), ("tools/call", CallDirection.FromClient), ("prompts/get", CallDirection.FromClient),
        ("completion/complete", CallDirection.FromClient), ("resources/read", CallDirection.FromClient), ("resources/subscribe", CallDirection.FromClient),
        ("tools/list", CallDirection.FromClient), ("ping", CallDirection.FromClient), ("logging/setLevel", CallDirection.FromClient),
        ("ping", CallDirection.FromServer), ("sampling/createMessage", CallDirection.FromServer), ("roots/list", CallDirection.FromServer),
    ];

    public static Gen<string> Rule(string effect) =>
        from role in Maybe("role: nurse", "role: admin", "roles: [nurse, admin]")
        from server in Maybe("server: clinic", "server: lab", "server: '*'", "server: 'l*'")
        from target in Maybe("tool", "tool", "tool", "prompt", "resource")
        from first in Gen.Elements(Names)
        from second in Gen.Elements(Names)
        from both in Gen.Elements(true, false)
        from method in Maybe([.. Methods.Select(m => $"method: {m}")])
        from arguments in Maybe("arguments: { x: '^1' }", "arguments: { 'l[*]': '^2' }", "arguments: { x: { min: 2 } }", "arguments: { x: { exists: false } }")
        from circumstance in Maybe("network: 10.0.0.0/8", "network: { not: 10.0.0.0/8 }", "client: c*", "principal: { mfa: true }", "principal: { service: true }", "when: { hours: '00:00-12:00', zone: UTC }")
        from masking in Gen.Elements("none", "review", "linked", "safe-harbor", "custom", "{ profile: safe-harbor, exempt: [name, date] }", "{ profile: linked, exempt: [date, mrn] }")
        from visible in Gen.Elements("true", "false")
        from approvals in Gen.Choose(1, 3)
        let named = target is null ? null : $"{target}: {(both ? $"['{first}', '{second}']" : $"'{first}'")}"
        let match = string.Join(", ", new[] { role, server, named, method, arguments, circumstance }.Where(p => p is not null))
        let tail = effect switch
        {
            "deny" => arguments is null ? $", visible: {visible}" : string.Empty,
            "approve" => $", masking: {masking}, approval: {{ role: admin, approvals: {approvals} }}",
            _ => $", masking: {masking}",
        }
        select $"match: {{ {match} }}, effect: {effect}{tail}";

    /// <summary>Rules that can be read; what cannot go together is left out.</summary>
    public static Gen<string[]> Rules =>
        from rules in Gen.Elements("allow", "allow", "approve", "deny").SelectMany(Rule).ListOf(12)
        select rules.Where(IsReadable).ToArray();

    public static Gen<(CallFacts Call, byte[] Message)> Asked =>
        from call in Gen.Elements(Calls)
        from target in Gen.Elements(Targets)
        from server in Gen.Elements("clinic", "clinic", "lab", "nowhere")
        from membership in Gen.Elements("nurses", "admins", "visitors", "root-group")
        from arguments in Gen.Elements("{}", """{"x":"12"}""", """{"x":2,"l":[21,22]}""", """{"l":["2","1"]}""", """{"X":1}""")
        from address in Gen.Elements("10.0.0.1", "192.168.0.1", null)
        from mfa in Gen.Elements<string[]>([], ["mfa"])
        let called = Call(call.Method, call.Method is "tools/list" or "ping" or "logging/setLevel" || call.Direction == CallDirection.FromServer ? null : target, server, call.Direction, membership)
        let facts = called with { RemoteAddress = address, Principal = called.Principal with { AuthenticationMethods = mfa } }
        select (facts, Message(facts, arguments));

    public static bool IsReadable(string rule) => Read(Head + $"  - {{ name: r, {rule} }}\n").Document is not null;

    public static string Yaml(IEnumerable<string> rules) =>
        Head + string.Concat(rules.Select((r, i) => $"  - {{ name: r{i}, {r} }}\n").DefaultIfEmpty("  []\n"));

    private static Gen<string?> Maybe(params string[] values) => Gen.Elements([null, .. values]);
}
