using System.Net;
using System.Text.Json;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Demo;

/// <summary>A newcomer's first minutes: <c>make run</c>, and what it says to paste.</summary>
public sealed class DemoRunTests(DemoRun demo) : IClassFixture<DemoRun>
{
    // The first synthetic patient, as the fixed seed makes her.
    private static readonly string[] First = ["659-96-2008", "2023-08-28", "cheryl.durgan1@example.org", "4103 Glover Isle", "MRN-100001\""];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Curl_AsPrinted_AnswersMasked()
    {
        var (code, output) = await DemoRun.PasteAsync(demo.Command("curl "), Token);

        Assert.Equal(0, code);
        Assert.Contains("\"structuredContent\"", output, StringComparison.Ordinal);
        Assert.Contains("\"sex\":\"female\"", output, StringComparison.Ordinal);
        Assert.Contains("\"lastName\":\"Durgan\"", output, StringComparison.Ordinal);
        Assert.All(First, word => Assert.DoesNotContain(word, output, StringComparison.Ordinal));
    }

    /// <summary>As printed but for npx: the Inspector is the locked one, so that the test needs no network.</summary>
    [Fact]
    public async Task Inspector_AsPrinted_AnswersMasked()
    {
        var printed = demo.Command("npx ");
        Assert.Contains("@modelcontextprotocol/inspector@2.12.0", printed, StringComparison.Ordinal);
        var local = $"HOME='{demo.Folder}' '{NpmPackages.Node}' '{NpmPackages.File(".bin/mcp-inspector")}' {printed[printed.IndexOf("--cli", StringComparison.Ordinal)..]}";

        var (code, output) = await DemoRun.PasteAsync(local, Token);

        Assert.True(code == 0, output);
        Assert.Contains("\"total\": 10", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Smith", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_AsPrinted_IsJsonWithTheTokenOfTheFile()
    {
        var from = demo.Lines.ToList().IndexOf("{");
        var to = demo.Lines.ToList().IndexOf("}");

        using var printed = JsonDocument.Parse(string.Join('\n', demo.Lines.Skip(from).Take(to - from + 1)));

        var server = printed.RootElement.GetProperty("mcpServers").GetProperty("clinic");
        Assert.Equal($"{demo.Gateway}/mcp/clinic", server.GetProperty("url").GetString());
        Assert.Equal($"Bearer {File.ReadAllText(Path.Combine(demo.Folder, "tokens", "nurse"))}", server.GetProperty("headers").GetProperty("Authorization").GetString());
    }

    [Fact]
    public void Secrets_OnDisk_AreTheOwnersOnly() => Assert.All(
        Directory.GetFiles(demo.Folder, "*", SearchOption.AllDirectories),
        file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)));

    /// <summary>One click at the issuer, and the approver sees the page of held calls.</summary>
    [Fact]
    public async Task Console_SignInAsApprover_ShowsApprovals()
    {
        using var browser = new HttpClient();

        var people = await browser.GetStringAsync($"{demo.Gateway}/signin/start?returnUrl=%2Fapprovals", Token);
        var link = WebUtility.HtmlDecode(people.Split("id=\"approver\" href=\"")[1].Split('"')[0]);
        var page = await browser.GetStringAsync($"{demo.Issuer}{link}", Token);

        Assert.Contains("Who are you?", people, StringComparison.Ordinal);
        Assert.Contains("<h1>Approvals", page, StringComparison.Ordinal);
        Assert.Contains("Ada Approver", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondStart_OnTheSamePorts_SaysWhichIsTaken()
    {
        var (code, output) = await demo.AgainAsync(Token);

        Assert.Equal(1, code);
        Assert.Contains($"port {new Uri(demo.Gateway).Port} is taken", output, StringComparison.Ordinal);
    }
}
