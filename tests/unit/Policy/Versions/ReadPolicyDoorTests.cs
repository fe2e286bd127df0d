using Chaperone.Contracts;

namespace Chaperone.Policy.Tests.Versions;

/// <summary>What the console may learn of the policy. Attack: reading the credentials of servers as an admin of the console.</summary>
public sealed class ReadPolicyDoorTests
{
    private const string Servers = "version: 1\nroles: { nurse: { groups: [nurses] } }\nservers: { clinic: { url: 'https://h.example/mcp', credential: { header: Authorization, value: 'Bearer SECRET-1' } } }\nrules:\n";
    private const string First = Servers + "  - { name: a, match: { tool: query }, effect: allow }\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_InForce_TellsRulesAndVersions()
    {
        await using var room = new PolicyRoom(First);
        await room.StartAsync();
        room.Hits.Add("a");

        var report = await Door(room).AnswerAsync(new ReadPolicy(), Token);

        Assert.Equal((room.Keeper.Current.Document.Digest, report.InForce), (report.InForce, report.Digest));
        var rule = Assert.Single(report.Rules);
        Assert.Equal(("a", "{ name: a, match: { tool: query }, effect: allow }", 1L), (rule.Name, rule.Text, rule.Decided));
        Assert.Equal(report.InForce, Assert.Single(report.Versions).Digest);
    }

    [Fact]
    public async Task Read_TwoVersions_TellsWhatDiffersButNoCredential()
    {
        await using var room = new PolicyRoom(First);
        await room.StartAsync();
        var first = room.Keeper.Current.Document.Digest;
        room.Replace(First.Replace("SECRET-1", "SECRET-2", StringComparison.Ordinal).Replace("query", "'0x10'", StringComparison.Ordinal));
        await room.UntilAsync(() => room.Archive.Read().Count == 2);

        var report = await Door(room).AnswerAsync(new ReadPolicy { Against = first }, Token);

        Assert.Equal(["rule a", "server clinic"], report.Differences.Select(d => d.Part));
        Assert.Equal(("{ name: a, match: { tool: query }, effect: allow }", "{ name: a, match: { tool: \"0x10\" }, effect: allow }"), (report.Differences[0].Before, report.Differences[0].After));
        Assert.Equal((null, null), (report.Differences[1].Before, report.Differences[1].After));
        Assert.DoesNotContain("SECRET", System.Text.Json.JsonSerializer.Serialize(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_VersionThatIsNotKept_TellsNoRules()
    {
        await using var room = new PolicyRoom(First);
        await room.StartAsync();

        var report = await Door(room).AnswerAsync(new ReadPolicy { Digest = new string('0', 64) }, Token);

        Assert.Null(report.Digest);
        Assert.Empty(report.Rules);
    }

    private static ReadPolicyDoor Door(PolicyRoom room) => new(room.Keeper, room.Versions, room.Archive, room.Hits);
}
