using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Chaperone.E2E.Tests.Clients;
using Chaperone.TestKit;
using Microsoft.Playwright;

namespace Chaperone.E2E.Tests.Console;

/// <summary>An auditor's afternoon: a bundle from the console of a running gateway, verified offline in a browser, and one byte altered anywhere is named.</summary>
[Collection(EmbeddedGateway.Name)]
public sealed class EvidencePageTests(EmbeddedGateway stage, Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string Verifier = new Uri(Path.Combine(SourceTree.Root, "services", "recorder", "Evidence", "Tools", "verify.html")).ToString();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Evidence_MadeInTheConsole_IsRecordedAndVerifiedOfflineByThePage()
    {
        await CallAsync();
        var first = await MakeAsync();
        var second = await MakeAsync();
        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(first, Token)));

        Assert.Contains(digest, Read(second)["populations/oversight.csv"], StringComparison.Ordinal);
        var (code, words) = await Gateway.ChaperoneAsync(Token, "verify", second);
        Assert.True(code == 0, words);
        await AssertSameFromTheCommandAsync(first);
        await using var visit = await OpenVerifierAsync();
        Assert.StartsWith("INTACT: ", await VerifyAsync(visit, second), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task VerifyPage_AByteOfAnyMemberAltered_NamesIt()
    {
        await CallAsync();
        var bundle = await MakeAsync();
        await using var visit = await OpenVerifierAsync();
        var members = Read(bundle, Encoding.Latin1);
        Assert.True(members.Count >= 18, $"only {members.Count} members");

        foreach (var (name, text) in members.Where(m => m.Value.Length > 0))
        {
            foreach (var at in new[] { 0, text.Length / 2, text.Length - 1 })
            {
                var altered = text.ToCharArray();
                altered[at] = (char)(altered[at] ^ 1);
                var file = Write(members.ToDictionary(m => m.Key, m => m.Key == name ? new string(altered) : m.Value));

                var said = await VerifyAsync(visit, file);

                Assert.StartsWith("NOT INTACT: ", said, StringComparison.Ordinal);
                Assert.Contains(name, await visit.Page.Locator("#details").TextContentAsync() ?? "", StringComparison.Ordinal);
            }
        }

        var missing = Write(members.Where(m => m.Key != "log.vkey").ToDictionary());
        Assert.Equal("NOT INTACT: log.vkey: it is missing", await VerifyAsync(visit, missing));
        var more = Write(members.Append(KeyValuePair.Create("populations/more.csv", "x")).ToDictionary());
        Assert.Equal("NOT INTACT: populations/more.csv: it does not belong to this bundle", await VerifyAsync(visit, more));
        Assert.StartsWith("INTACT: ", await VerifyAsync(visit, bundle), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyPage_ARecordAlteredOrAForeignKey_IsSaid()
    {
        await CallAsync();
        var bundle = await MakeAsync();
        await using var visit = await OpenVerifierAsync();
        var members = Read(bundle, Encoding.Latin1);
        var index = members["proofs.tsv"].Split('\t')[0];
        var file = Write(members.ToDictionary(m => m.Key, m => m.Key == "records.jsonl" ? m.Value[..40] + (char)(m.Value[40] ^ 1) + m.Value[41..] : m.Value));

        await VerifyAsync(visit, file);

        Assert.Contains($"record {index}: its header is not the one that was logged", await visit.Page.Locator("#details").TextContentAsync() ?? "", StringComparison.Ordinal);

        // The key of C2SP's example: well formed, and not this log's.
        await visit.Page.FillAsync("#key", "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        Assert.Equal("NOT INTACT: manifest.note: it is not signed by example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", await VerifyAsync(visit, bundle));
        await visit.Page.FillAsync("#key", members["log.vkey"].Trim());
        Assert.StartsWith("INTACT: ", await VerifyAsync(visit, bundle), StringComparison.Ordinal);
    }

    private async Task CallAsync()
    {
        await using var client = await stage.ConnectAsync(ClientStage.Nurse, "2025-11-25");
        await client.CallToolAsync("get_patient", new Dictionary<string, object?> { ["mrn"] = "MRN-100010" }, cancellationToken: Token);
    }

    /// <summary>The console's page in Chromium: signs in, makes, downloads. The checkpoint comes a second after the call.</summary>
    private async Task<string> MakeAsync()
    {
        await using var visit = await chromium.OpenAsync(new BrowserNewContextOptions { AcceptDownloads = true });
        var page = visit.Page;
        await page.GotoAsync(stage.Gateway.ConsoleUrl);
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with your organisation" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = ClientStage.Analyst.Name, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Evidence" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Make and download" }).ClickAsync());
        var file = Path.Combine(Directory.CreateTempSubdirectory("chaperone-evidence-").FullName, download.SuggestedFilename);
        await download.SaveAsAsync(file);
        Assert.Empty(visit.Complaints);
        return file;
    }

    /// <summary>The same question to the command has the same bytes.</summary>
    private async Task AssertSameFromTheCommandAsync(string bundle)
    {
        var size = Read(bundle)["checkpoint"].Split('\n')[1];
        var days = Path.GetFileName(bundle)["evidence-".Length..];
        var file = Path.Combine(Directory.CreateTempSubdirectory("chaperone-evidence-").FullName, "again.zip");
        var (code, words) = await Gateway.ChaperoneAsync(
            Token,
            ["export", .. stage.Gateway.StoreArguments, "--keys", Path.Combine(stage.Gateway.Directory, "keys"), "--from", days[..10], "--to", days[11..21], "--tree-size", size, "--out", file]);
        Assert.True(code == 0, words);
        Assert.Equal(await File.ReadAllBytesAsync(bundle, Token), await File.ReadAllBytesAsync(file, Token));
    }

    private async Task<Visit> OpenVerifierAsync()
    {
        var visit = await chromium.OpenAsync();
        await visit.Page.GotoAsync(Verifier);
        return visit;
    }

    private static async Task<string> VerifyAsync(Visit visit, string file)
    {
        await visit.Page.EvaluateAsync("() => { document.getElementById('result').textContent = ''; }");

        // The same file chosen once more is no change to a browser.
        await visit.Page.Locator("#files").SetInputFilesAsync(Array.Empty<string>());
        await visit.Page.Locator("#files").SetInputFilesAsync(file);
        await visit.Page.WaitForFunctionAsync("() => /INTACT|CANNOT/.test(document.getElementById('result').textContent)");
        return await visit.Page.Locator("#result").TextContentAsync() ?? "";
    }

    private static Dictionary<string, string> Read(string bundle, Encoding? encoding = null)
    {
        using var zip = ZipFile.OpenRead(bundle);
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var bytes = new MemoryStream();
            using var stream = e.Open();
            stream.CopyTo(bytes);
            return (encoding ?? Encoding.UTF8).GetString(bytes.ToArray());
        });
    }

    /// <summary>A zip as other programs make it: compressed.</summary>
    private static string Write(Dictionary<string, string> members)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("chaperone-evidence-").FullName, "altered.zip");
        using var zip = ZipFile.Open(file, ZipArchiveMode.Create);
        foreach (var (name, text) in members)
        {
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(Encoding.Latin1.GetBytes(text));
        }

        return file;
    }
}
