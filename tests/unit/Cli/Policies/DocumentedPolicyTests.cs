using Chaperone.TestKit;

namespace Chaperone.Cli.Tests.Policies;

/// <summary>The examples of docs/policy.md: each policy passes the cases beside it.</summary>
public sealed class DocumentedPolicyTests
{
    private const string Fence = "```";

    public static TheoryData<int> Examples => [.. Enumerable.Range(0, 14)];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_PassesItsCases(int number)
    {
        var (policy, cases) = Blocks()[number];

        var run = await CliRun.OfAsync("policy", "test", await PolicyFolder.WriteAsync(("cases.yaml", cases), ("policy.yaml", policy)));

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.All(run.Lines[..^1], l => Assert.StartsWith("ok   ", l, StringComparison.Ordinal));
        Assert.NotEmpty(run.Lines[..^1]);
    }

    [Fact]
    public void Examples_AreFourteen() => Assert.Equal(14, Blocks().Length);

    private static (string Policy, string Cases)[] Blocks()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "policy.md"));
        var blocks = text.Split($"{Fence}yaml\n").Skip(1).Select(b => b[..b.IndexOf(Fence, StringComparison.Ordinal)]).ToArray();
        return [.. blocks.Chunk(2).Select(pair => (pair[0], pair[1]))];
    }
}
