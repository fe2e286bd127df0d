using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Reading;

public sealed class InvalidFileTests
{
    private const string Known = "use one of name, description, match, effect, reason, approval, masking, visible, limits, unless";
    private const string Apart = "tool goes with tools/call, prompt with prompts/get, resource with resources/*, arguments with tools and prompts; only deny rules may name lifecycle methods";

    public static TheoryData<string, string> Files => new()
    {
        { "", "policy.yaml: the file is empty; start it with version: 1" },
        { "# nothing\n", "policy.yaml: the file is empty; start it with version: 1" },
        { "[]", "policy.yaml:1:1: must be a mapping, is a list; use the keys version, include, defaults, roles, servers, identifiers, break_glass, rules" },
        { "rules: []\n", "policy.yaml:1:1 version: is missing; add version: 1" },
        { "version: 2\n", "policy.yaml:1:10 version: must be a whole number from 1 to 1; write version: 1" },
        { "version: '1'\n", "policy.yaml:1:10 version: must be a whole number from 1 to 1; write version: 1" },
        { "version: 1\nrule: []\n", "policy.yaml:2:1 rule: is no known key; use one of version, include, defaults, roles, servers, identifiers, break_glass, rules" },
        { "version: 1\nversion: 1\n", "policy.yaml:2:1 version: is given twice, first on line 1; keep one of them" },
        { "version: 1\n--- \nversion: 1\n", "policy.yaml:2:1: a second document begins; keep one document a file" },
        { "version: 1\nrules: &a []\n", "policy.yaml:2:8 rules: has an anchor or a tag; remove it" },
        { "version: 1\nrules: !x []\n", "policy.yaml:2:8 rules: has an anchor or a tag; remove it" },
        { "version: 1\nrules: *a\n", "policy.yaml:2:8 rules: is an alias; write the value out\npolicy.yaml:2:8 rules: must be a list, is empty; write rules as '- name: ...' lines, or rules: [] for none" },
        { "version: 1\nrules:\n", "policy.yaml:2:7 rules: must be a list, is empty; write rules as '- name: ...' lines, or rules: [] for none" },
        { "version: 1\nroles: [a]\n", "policy.yaml:2:8 roles: must be a mapping, is a list; write roles: { nurse: { groups: [nurses] } }" },
        { "version: 1\nroles: { 'a b': { groups: [x] } }\n", "policy.yaml:2:10 roles.a b: is no name; use 1 to 64 letters, digits, '-', '_' or '.', starting with a letter or digit" },
        { "version: 1\nroles: { a: { } }\n", "policy.yaml:2:13 roles.a.groups: is missing; add groups: [nurses]" },
        { "version: 1\nroles: { a: { groups: [] } }\n", "policy.yaml:2:23 roles.a.groups: is an empty list; write groups: [nurses], or remove the key" },
        { "version: 1\nroles: { a: { groups: [7] } }\n", "policy.yaml:2:24 roles.a.groups[0]: must be a string, is a number; write groups: [nurses], in quotes if it is one" },
        { "version: 1\nroles: { a: { groups: [x, null] } }\n", "policy.yaml:2:27 roles.a.groups[1]: must be a string, is empty; write groups: [nurses]" },
        { "version: 1\nservers: { a: { } }\n", "policy.yaml:2:15 servers.a.url: is missing; add url: https://mcp.internal.example/mcp" },
        { "version: 1\nservers: { a: { url: /mcp } }\n", "policy.yaml:2:22 servers.a.url: is no absolute http or https URL; write url: https://mcp.internal.example/mcp" },
        { "version: 1\nservers: { a: { url: 'ftp://x/' } }\n", "policy.yaml:2:22 servers.a.url: is no absolute http or https URL; write url: https://mcp.internal.example/mcp" },
        { "version: 1\nservers: { a: { url: 'http://u:secret@x/' } }\n", "policy.yaml:2:22 servers.a.url: has a user, password or fragment; remove it and use credential" },
        { "version: 1\nservers: { a: { url: 'http://x/', credential: { header: Authorization } } }\n", "policy.yaml:2:47 servers.a.credential.value: is missing; add value: \"Bearer ${env:CLINIC_TOKEN}\"" },
        { "version: 1\nservers: { a: { url: 'http://x/', credential: { header: 'a b', value: secret } } }\n", "policy.yaml:2:57 servers.a.credential.header: is no HTTP header name; write header: Authorization" },
        { "version: 1\nservers: { a: { url: 'http://x/', credential: { header: Mcp-Session-Id, value: secret } } }\n", "policy.yaml:2:57 servers.a.credential.header: is a header that the gateway sets itself; use the header that the server reads its credential from" },
        { "version: 1\nservers: { a: { url: 'http://x/', credential: { header: X, value: '${vault:secret}' } } }\n", "policy.yaml:2:67 servers.a.credential.value: has a broken placeholder; use ${env:NAME}, ${file:/path/to/secret} or ${vault:path#field}" },
        { "version: 1\nservers: { a: { url: 'http://x/', credential: { header: X, value: \"secret\\r\\nX: y\" } } }\n", "policy.yaml:2:67 servers.a.credential.value: has characters that no header may carry, or more than 8192; use one line of printable ASCII" },
        { "version: 1\ndefaults: { masking: Safe Harbor }\n", "policy.yaml:2:22 defaults.masking: is no name of a masking profile; use lower-case letters, digits and '-', e.g. safe-harbor" },
        { "version: 1\n a: b\n", "policy.yaml:2:3: is no YAML (While scanning a plain scalar value, found invalid mapping); fix the indentation, quotes or brackets there" },
        { "version: \u0007\n", "policy.yaml:1:10 version: must be a whole number from 1 to 1; write version: 1" },
        { "version: @1\n", "policy.yaml:1:10: is no YAML (While scanning for the next token, found character that cannot start any token); fix the indentation, quotes or brackets there" },
    };

    public static TheoryData<string, string> Rules => new()
    {
        { "{ match: { tool: x }, effect: allow }", "policy.yaml:5:5 rules[0].name: is missing; add name: clinical-reads" },
        { "{ name: 'a b', match: { tool: x }, effect: allow }", "policy.yaml:5:13 rules[0].name: is no name; use 1 to 64 letters, digits, '-', '_' or '.', starting with a letter or digit" },
        { "{ name: default-deny, match: { tool: x }, effect: allow }", "policy.yaml:5:13 rules[0].name: is a name of the engine: default-deny; choose another" },
        { "{ name: a, effect: allow }", "policy.yaml:5:5 rules[0].match: is missing; add match: { server: clinic, tool: \"get_*\" }" },
        { "{ name: a, match: , effect: allow }", "policy.yaml:5:23 rules[0].match: must be a mapping, is empty; use the keys role, roles, server, method, tool, prompt, resource, arguments, sql, shell, counters, annotations, principal, client, network, when" },
        { "{ name: a, match: { tool: x } }", "policy.yaml:5:5 rules[0].effect: is missing; add effect: allow" },
        { "{ name: a, match: { tool: x }, effect: permit }", "policy.yaml:5:44 rules[0].effect: is no effect: permit; use allow, deny or approve" },
        { "{ name: a, match: { tool: x }, effect: allow, mask: none }", "policy.yaml:5:51 rules[0].mask: is no known key; " + Known },
        { "{ name: a, match: { tool: x }, effect: allow, effect: deny }", "policy.yaml:5:51 rules[0].effect: is given twice, first on line 5; keep one of them" },
        { "{ name: a, match: { tols: x }, effect: allow }", "policy.yaml:5:25 rules[0].match.tols: is no known key; use one of role, roles, server, method, tool, prompt, resource, arguments, sql, shell, counters, annotations, principal, client, network, when" },
        { "{ name: a, match: { tool: { a: b } }, effect: allow }", "policy.yaml:5:31 rules[0].match.tool: must be a string, is a mapping; write tool: name, or a list of names" },
        { "{ name: a, match: { tool: true }, effect: allow }", "policy.yaml:5:31 rules[0].match.tool: must be a string, is a boolean; write tool: name, or a list of names, in quotes if it is one" },
        { "{ name: a, match: { role: nurses }, effect: allow }", "policy.yaml:5:31 rules[0].match.role: is no role of this file: nurses; add it under roles, or correct the name" },
        { "{ name: a, match: { role: nurse, roles: [admin] }, effect: allow }", "policy.yaml:5:45 rules[0].match.roles: stands beside role; keep roles: [a, b], which matches whoever has one of them" },
        { "{ name: a, match: { server: clnic }, effect: allow }", "policy.yaml:5:33 rules[0].match.server: is no server of this file: clnic; add it under servers, or correct the name" },
        { "{ name: a, match: { server: 'x*' }, effect: allow }", "policy.yaml:5:33 rules[0].match.server: is no server of this file: x*; add it under servers, or correct the name" },
        { "{ name: a, match: { method: [tools/call, tools/cal] }, effect: allow }", "policy.yaml:5:46 rules[0].match.method: is no method that the gateway knows: tools/cal; write a method such as tools/call, or remove the key" },
        { "{ name: a, match: { tool: x, prompt: y, method: '*' }, effect: allow }", "policy.yaml:5:42 rules[0].match.prompt: stands beside tool, so nothing can match both; write one rule for each\npolicy.yaml:5:23 rules[0].match: can never apply: its method, target and arguments do not go together; " + Apart },
        { "{ name: a, match: { tool: x, method: prompts/get }, effect: allow }", "policy.yaml:5:23 rules[0].match: can never apply: its method, target and arguments do not go together; " + Apart },
        { "{ name: a, match: { resource: 'x*', arguments: { a: b } }, effect: deny }", "policy.yaml:5:23 rules[0].match: can never apply: its method, target and arguments do not go together; " + Apart },
        { "{ name: a, match: { method: tools/list }, effect: allow }", "policy.yaml:5:23 rules[0].match: can never apply: its method, target and arguments do not go together; " + Apart },
        { "{ name: a, match: { tool: x, arguments: { } }, effect: allow }", "policy.yaml:5:45 rules[0].match.arguments: is empty; remove it, or name an argument" },
        { "{ name: a, match: { tool: x, arguments: { 'a..b': x } }, effect: allow }", "policy.yaml:5:47 rules[0].match.arguments.a..b: is no path of an argument; write it like sql, patient.id, items[*].name or ['odd.key']" },
        { "{ name: a, match: { tool: x, arguments: { sql: '(' } }, effect: allow }", "policy.yaml:5:52 rules[0].match.arguments.sql: is no regular expression (Invalid pattern '(' at offset 1. Not enough )'s); correct it" },
        { "{ name: a, match: { tool: x, arguments: { sql: '(?=a)b' } }, effect: allow }", "policy.yaml:5:52 rules[0].match.arguments.sql: is a pattern that cannot run in linear time; do without lookarounds, backreferences, atomic groups and huge repetitions" },
        { "{ name: a, match: { tool: x, arguments: { sql: '((a{1000}){1000}){1000}' } }, effect: allow }", "policy.yaml:5:52 rules[0].match.arguments.sql: is a pattern that cannot run in linear time; do without lookarounds, backreferences, atomic groups and huge repetitions" },
        { "{ name: a, match: { tool: x, arguments: { sql: 7 } }, effect: allow }", "policy.yaml:5:52 rules[0].match.arguments.sql: must be a string, is a number; write sql: \"^[A-Z]+$\", in quotes if it is one" },
        { "{ name: a, match: { tool: x }, effect: approve }", "policy.yaml:5:5 rules[0].approval: is missing; add approval: { role: admin-write, approvals: 1, expires: 10m }" },
        { "{ name: a, match: { tool: x }, effect: allow, approval: { role: admin } }", "policy.yaml:5:61 rules[0].approval: only goes with effect: approve; remove it, or change the effect" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { approvals: 1 } }", "policy.yaml:5:63 rules[0].approval.role: is missing; add role: admin-write, or roles: { privacy: 1, clinicians: 2 }" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { role: boss } }", "policy.yaml:5:71 rules[0].approval.role: is no role of this file: boss; add it under roles, or correct the name" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { role: admin, approvals: 0 } }", "policy.yaml:5:89 rules[0].approval.approvals: must be a whole number from 1 to 10; write approvals: 1" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { role: admin, expires: 5s } }", "policy.yaml:5:87 rules[0].approval.expires: is no length of time from 10s to 24h; write expires: 10m" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { role: admin, expires: 1d } }", "policy.yaml:5:87 rules[0].approval.expires: is no length of time from 10s to 24h; write expires: 10m" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { role: admin, roles: { admin: 1 } } }", "policy.yaml:5:71 rules[0].approval.role: does not go with roles, which says how many of whom; remove one of them" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { roles: { admin: 1 }, approvals: 2 } }", "policy.yaml:5:97 rules[0].approval.approvals: does not go with roles, which says how many of whom; remove one of them" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { roles: { admin: 0 } } }", "policy.yaml:5:81 rules[0].approval.roles.admin: must be a whole number from 1 to 10; write admin: 1\npolicy.yaml:5:72 rules[0].approval.roles: asks for 0 people; ask for 1 to 10 in all" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { roles: { admin: 6, nurse: 5 } } }", "policy.yaml:5:72 rules[0].approval.roles: asks for 11 people; ask for 1 to 10 in all" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { role: admin, reason: please } }", "policy.yaml:5:86 rules[0].approval.reason: is neither required nor optional: please; write reason: required; a no always needs one" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { role: admin, grant: 9h } }", "policy.yaml:5:85 rules[0].approval.grant: is no length of time from 1m to 8h; write grant: 30m" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { role: admin, remind: 10m } }", "policy.yaml:5:86 rules[0].approval.remind: is not before the request expires; shorten it, or write a longer expires" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { role: admin, escalate: { after: 5m } } }", "policy.yaml:5:88 rules[0].approval.escalate.to: is missing; add to: [privacy-office]" },
        { "{ name: a, match: { tool: x }, effect: approve, approval: { role: admin, escalate: { after: 15m, to: [boss] } } }", "policy.yaml:5:97 rules[0].approval.escalate.after: is not before the request expires; shorten it, or write a longer expires\npolicy.yaml:5:107 rules[0].approval.escalate.to: is no role of this file: boss; add it under roles, or correct the name" },
        { "{ name: a, match: { method: sampling/createMessage }, effect: approve, approval: { role: admin } }", "policy.yaml:5:67 rules[0].effect: cannot be approve for a server's request; use allow or deny" },
        { "{ name: a, match: { tool: x }, effect: deny, masking: none }", "policy.yaml:5:59 rules[0].masking: does not go with effect: deny, which returns nothing; remove it" },
        { "{ name: a, match: { tool: x }, effect: allow, visible: true }", "policy.yaml:5:60 rules[0].visible: only goes with effect: deny without arguments; remove it: the target stays visible anyway" },
        { "{ name: a, match: { tool: x, arguments: { a: b } }, effect: deny, visible: false }", "policy.yaml:5:80 rules[0].visible: only goes with effect: deny without arguments; remove it: the target stays visible anyway" },
        { "{ name: a, match: { tool: x }, effect: deny, visible: yes }", "policy.yaml:5:59 rules[0].visible: must be true or false; write visible: true" },
        { "{ name: a, match: { tool: x }, effect: deny, reason: \"a\\nb\" }", "policy.yaml:5:58 rules[0].reason: is longer than 300 characters or has line breaks; write one sentence" },
        { "{ name: a, match: { tool: x }, effect: allow }\n  - { name: a, match: { tool: y }, effect: allow }", "policy.yaml:6:13 rules[1].name: is taken by the rule on line 5: a; choose another" },
        { "text", "policy.yaml:5:5 rules[0]: must be a mapping, is a string; use the keys name, description, match, effect, reason, approval, masking, visible, limits, unless" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void File_Invalid_SaysWhereWhatAndRemedy(string yaml, string problem)
    {
        var reading = Read(yaml);

        Assert.Null(reading.Document);
        Assert.Equal(problem, string.Join('\n', reading.Problems));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rule_Invalid_SaysWhereWhatAndRemedy(string rule, string problem)
    {
        var reading = Read(Head + "  - " + rule + "\n");

        Assert.Null(reading.Document);
        Assert.Equal(string.Join('\n', problem.Split('\n').Order(StringComparer.Ordinal)), string.Join('\n', reading.Problems.Select(p => p.ToString()).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void ManyProblems_AllToldInFileOrder()
    {
        var reading = Read(
            """
            version: 3
            roles: { a: { groups: 7 } }
            surplus: 1
            rules:
              - { name: r1, match: { role: b }, effect: nothing }
              - { name: r1, match: { tool: x }, effect: allow }
            """);

        Assert.Equal(
            ["1:10 version", "2:23 roles.a.groups", "3:1 surplus", "5:32 rules[0].match.role", "5:45 rules[0].effect", "6:13 rules[1].name"],
            reading.Problems.Select(p => $"{p.Line}:{p.Column} {p.Key}"));
    }

    /// <summary>A credential must show up in no message, whatever is wrong with it.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Problem_NeverHoldsASecret(string yaml, string problem)
    {
        Assert.DoesNotContain("secret", string.Join('\n', Read(yaml).Problems).Replace("/path/to/secret", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotEmpty(problem);
    }
}
