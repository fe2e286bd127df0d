using System.Security.Cryptography;
using System.Text;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Reading;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Reading;

public sealed class PolicyFileTests
{
    [Theory]
    [InlineData("policy.example.yaml", 8)]
    [InlineData("policy.allow-all.yaml", 1)]
    public void ShippedFile_HasNoProblem(string name, int rules)
    {
        var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name));

        var reading = PolicyFile.Read(name, bytes);

        Assert.Empty(reading.Problems.Select(p => p.ToString()));
        Assert.Equal(rules, reading.Document!.Rules.Count);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), reading.Document.Digest);
    }

    /// <summary>The shape that issue 2 shows must be read as it stands.</summary>
    [Fact]
    public void DocumentedShape_IsRead()
    {
        var document = Document(
            """
            version: 1
            roles:
              clinical-read: { groups: [clinical-read, nurses] }
              admin-write:   { groups: [admin-write] }
            servers:
              clinic:
                url: http://127.0.0.1:7101/mcp
                credential: { header: Authorization, value: "Bearer ${env:CLINIC_TOKEN}" }
            rules:
              - name: no-bulk-export
                match: { server: clinic, tool: query, arguments: { sql: "(?i)select\\s+\\*\\s+from\\s+patients\\s*;?$" } }
                effect: deny
                reason: Full-table exports of PHI are not allowed.
              - name: destructive-needs-approval
                match: { server: clinic, tool: ["delete_*", "update_*"] }
                effect: approve
                approval: { role: admin-write, approvals: 1, expires: 10m }
              - name: clinical-reads
                match: { role: clinical-read, server: clinic, tool: ["get_*", "search_*", "query"] }
                effect: allow
                masking: safe-harbor
            """);

        Assert.Equal(["no-bulk-export", "destructive-needs-approval", "clinical-reads"], document.Rules.Select(r => r.Name));
        Assert.Equal([RuleEffect.Deny, RuleEffect.Approve, RuleEffect.Allow], document.Rules.Select(r => r.Effect));
        Assert.Equal([("admin-write", 1)], document.Rules[1].Approval!.Seats);
        Assert.Equal(TimeSpan.FromMinutes(10), document.Rules[1].Approval!.Expires);
        Assert.Equal(["get_*", "search_*", "query"], document.Rules[2].Match.Tools.Select(t => t.Text));
        Assert.Equal(new Uri("http://127.0.0.1:7101/mcp"), document.Servers["clinic"].Url);
    }

    [Fact]
    public void MinimalFile_DeniesEverything() => Assert.Empty(Document("version: 1\n").Rules);

    [Fact]
    public void ByteOrderMark_IsIgnored() => Assert.Empty(PolicyFile.Read("p", [0xef, 0xbb, 0xbf, .. "version: 1\n"u8]).Problems);

    [Fact]
    public void NotUtf8_IsToldByByte() =>
        Assert.Equal("p: is not UTF-8 at byte 12; save it as UTF-8", Assert.Single(PolicyFile.Read("p", [.. "version: 1\n#"u8, 0xff]).Problems).ToString());

    [Fact]
    public void TooLarge_IsRefused()
    {
        var bytes = Encoding.UTF8.GetBytes("version: 1\n#" + new string('x', PolicyFile.MaxBytes));

        Assert.Equal("p: has more than 1048576 bytes; merge rules with lists and globs, or split the file with include", Assert.Single(PolicyFile.Read("p", bytes).Problems).ToString());
    }

    [Theory]
    [InlineData(10_000, 0)]
    [InlineData(10_001, 1)]
    public void ManyRules_UpToTheLimit(int count, int problems)
    {
        var yaml = new StringBuilder(Head);
        for (var i = 0; i < count; i++)
        {
            yaml.Append("  - { name: r").Append(i).Append(", match: { tool: t").Append(i).Append(" }, effect: allow }\n");
        }

        var reading = Read(yaml.ToString());

        Assert.Equal(problems, reading.Problems.Count);
        Assert.All(reading.Problems, p => Assert.Equal("rules", p.Key));
    }

    [Fact]
    public void ManyPatterns_OnlyUpToTheLimit()
    {
        var patterns = string.Join(", ", Enumerable.Range(0, 2001).Select(i => $"x{i}"));

        var reading = Read(Head + "  - { name: a, match: { tool: x, arguments: { sql: [x0, " + patterns + "] } }, effect: deny }\n");

        Assert.Equal("is one pattern more than 2000 different ones", Assert.Single(reading.Problems).Problem);
    }

    /// <summary>Files that are small to write and dear to read must be refused before they cost much.</summary>
    [Theory]
    [InlineData("[", 1_000_000)]
    [InlineData("{a: ", 250_000)]
    [InlineData("- ", 500_000)]
    [InlineData("? ", 500_000)]
    public void DeepNesting_IsRefused(string level, int times)
    {
        var reading = Read(new StringBuilder().Insert(0, level, times).ToString());

        Assert.NotEmpty(reading.Problems);
    }

    [Fact]
    public void ExceptionMessage_ListsEveryProblem()
    {
        var problems = Read("version: 2\nx: 1\n").Problems;

        var message = new PolicyFileException(problems).Message;

        Assert.Equal("The policy file has 2 problem(s):\n" + string.Join('\n', problems), message);
    }

    [Fact]
    public void ExceptionMessage_OfVeryMany_IsCut()
    {
        var problems = Read(string.Concat(Enumerable.Range(0, 250).Select(i => $"k{i}: 1\n"))).Problems;

        Assert.EndsWith("... and 151 more", new PolicyFileException(problems).Message, StringComparison.Ordinal);
    }
}
