using System.Text;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Reading;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Reading;

/// <summary>The section <c>identifiers</c>: what it may say, what is refused and how, and for which calls a rule holds.</summary>
public sealed class OwnRuleTests
{
    private const string Good = """
        version: 1
        servers:
          clinic: { url: 'http://127.0.0.1:1/mcp' }
          ward: { url: 'http://127.0.0.1:2/mcp' }
        identifiers:
          - { name: badge, class: id, keys: [ward_badge], patterns: ['WB-[0-9]{6}'], words: [Project Aurora] }
          - { name: ward-only, class: mrn, words: kestrel, servers: ward }
          - { name: vocabulary, allow: [Lakeside Protocol], hosts: terminology.example.org, tools: [get_*] }
        rules: []
        """;

    [Theory]
    [InlineData("clinic", "get_patient", "badge vocabulary")]
    [InlineData("clinic", "search", "badge")]
    [InlineData("clinic", null, "badge")]
    [InlineData("ward", "search", "badge ward-only")]
    [InlineData("ward", null, "badge ward-only")]
    public void Rules_HoldWhereTheySay(string server, string? tool, string expected)
    {
        var decided = new PolicyEngine(Document(Good)).Decide(Call(tool is null ? "tools/list" : "tools/call", tool) with { Server = server });

        Assert.Equal(expected.Split(' '), decided.OwnMasking!.Rules.Select(r => r.Name));
        Assert.Matches("^[0-9a-f]{64}$", decided.OwnMasking.Digest);
    }

    [Fact]
    public void NoRules_AreNoMessage() => Assert.Null(Engine().Decide(Call("tools/call", "query")).OwnMasking);

    [Theory]
    [InlineData("{ class: id, keys: [ab] }", "name: is missing")]
    [InlineData("{ name: a, keys: [ab] }", "class: is missing")]
    [InlineData("{ name: a, class: person, keys: [ab] }", "class: is no class of identifiers; use name, address")]
    [InlineData("{ name: a, class: secret, keys: [ab] }", "class: is no class of identifiers")]
    [InlineData("{ name: a, class: id }", "keys: is missing, and so are patterns, words, allow and hosts")]
    [InlineData("{ name: a, class: id, patterns: ['(a)\\1'] }", "patterns: is a pattern that cannot run in linear time")]
    [InlineData("{ name: a, class: id, patterns: ['(?=a)b'] }", "patterns: is a pattern that cannot run in linear time")]
    [InlineData("{ name: a, class: id, patterns: ['('] }", "patterns: is no regular expression")]
    [InlineData("{ name: a, class: id, patterns: ['[0-9]*'] }", "patterns: is found in an empty text")]
    [InlineData("{ name: a, class: id, words: ['a'] }", "words: must have 3 to 128 characters")]
    [InlineData("{ name: a, allow: ['--'] }", "allow: must have 3 to 128 characters")]
    [InlineData("{ name: a, hosts: ['https://x.org/a'] }", "hosts: is no host name with a domain")]
    [InlineData("{ name: a, hosts: ['org'] }", "hosts: is no host name with a domain")]
    [InlineData("{ name: a, class: id, keys: [ab], servers: nowhere }", "servers: is no server of this file")]
    [InlineData("{ name: a, class: id, key: [ab] }", "key: is no known key")]
    public void Rule_ThatIsWrong_IsRefusedWithARemedy(string rule, string problem)
    {
        var reading = PolicyFile.Read("policy.yaml", Encoding.UTF8.GetBytes($"version: 1\nidentifiers:\n  - {rule}\n"));

        Assert.Null(reading.Document);
        Assert.Contains(reading.Problems, p => p.ToString().Contains($"identifiers[0].{problem}", StringComparison.Ordinal) && p.Remedy.Length > 5);
    }

    [Fact]
    public void Section_ThatIsTooLong_IsRefused()
    {
        var words = string.Join(", ", Enumerable.Range(0, 400).Select(i => $"'{new string('w', 100)}{i}'"));

        var reading = PolicyFile.Read("policy.yaml", Encoding.UTF8.GetBytes($"version: 1\nidentifiers:\n  - {{ name: a, class: id, words: [{words}] }}\n"));

        Assert.Contains("longer than 16384 characters", Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }
}
