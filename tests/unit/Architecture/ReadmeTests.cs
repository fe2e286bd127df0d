using Chaperone.TestKit;

namespace Chaperone.Architecture.Tests;

public class ReadmeTests
{
    [Fact]
    public void Performance_InTheReadme_IsWhatWasMeasured()
    {
        var page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "performance.md"));
        var rows = File.ReadLines(Path.Combine(SourceTree.Root, "README.md"))
            .SkipWhile(l => l != "<!-- performance: from docs/performance.md -->").Skip(3).TakeWhile(l => l.StartsWith('|')).Select(Cells).ToArray();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var section = page.Split($"## {row[0]} connection")[1].Split("\n## ")[0];
            var measured = section.Split('\n').Select(Cells).Single(c => c.Length > 9 && c[0] == row[1]);
            Assert.Equal(string.Join('|', row[2..]), string.Join('|', measured[1], measured[2], measured[3], measured[6], measured[9]));
        });
    }

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|', StringSplitOptions.TrimEntries)];
}
