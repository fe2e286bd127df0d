using Chaperone.TestKit.Elastic;

namespace Chaperone.Cli.Tests;

public class ElasticTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setup_ElasticsearchAndKibana_SaysWhatItDidAndChangesNothingAgain()
    {
        await using var elastic = await FakeElastic.StartAsync(Cancel);
        await using var kibana = await FakeKibana.StartAsync(Cancel);

        var first = await CliRun.OfAsync("elastic", "setup", "--url", elastic.Url.AbsoluteUri, "--kibana", kibana.Url.AbsoluteUri);
        var again = await CliRun.OfAsync("elastic", "setup", "--url", elastic.Url.AbsoluteUri, "--kibana", kibana.Url.AbsoluteUri);

        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Contains("  created   data stream logs-chaperone.audit-default", first.Lines);
        Assert.Contains("  created   life cycle chaperone-audit (2192 days)", first.Lines);
        Assert.Contains("  created   life cycle chaperone-content (365 days)", first.Lines);
        Assert.Contains("  installed Kibana detection rules (16 new and switched off, 0 kept as they are)", first.Lines);
        Assert.StartsWith("Ready. Set Recorder:Elastic:Url", first.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(0, again.Code);
        Assert.DoesNotContain(again.Lines, l => l.StartsWith("  created", StringComparison.Ordinal) || l.StartsWith("  updated", StringComparison.Ordinal));
        Assert.Contains("  kept      Kibana detection rules (0 new and switched off, 16 kept as they are)", again.Lines);
        Assert.Equal(9, kibana.Objects.Keys.Count(o => o.Type == "dashboard"));
        Assert.Equal(16, kibana.Rules.Count);
    }

    [Fact]
    public async Task Setup_SpaceWithoutRules_GoesThere()
    {
        await using var elastic = await FakeElastic.StartAsync(Cancel);
        await using var kibana = await FakeKibana.StartAsync(Cancel);

        var run = await CliRun.OfAsync("elastic", "setup", "--url", elastic.Url.AbsoluteUri, "--kibana", kibana.Url.AbsoluteUri, "--space", "soc", "--no-rules", "--namespace", "clinic_a");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(["/s/soc/api/saved_objects/_import"], kibana.Paths);
        Assert.Contains("  created   data stream logs-chaperone.content-clinic_a", run.Lines);
    }

    [Theory]
    [InlineData(401, "must be one of the Elasticsearch that Kibana uses")]
    [InlineData(403, "compose/elasticsearch/setup-key.json")]
    [InlineData(404, "does the space exist")]
    [InlineData(503, "Is Kibana ready")]
    public async Task Setup_KibanaRefuses_NamesTheRemedy(int status, string says)
    {
        await using var elastic = await FakeElastic.StartAsync(Cancel);
        await using var kibana = await FakeKibana.StartAsync(Cancel);
        kibana.Refusal = status;

        var run = await CliRun.OfAsync("elastic", "setup", "--url", elastic.Url.AbsoluteUri, "--kibana", kibana.Url.AbsoluteUri);

        Assert.Equal(2, run.Code);
        Assert.Contains($"Kibana answered {status}", run.Error, StringComparison.Ordinal);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_KeyWrong_SaysSoWithoutTheKey()
    {
        await using var elastic = await FakeElastic.StartAsync(Cancel);
        elastic.ApiKey = "cmlnaHQ=";
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "c2VjcmV0d3Jvbmc=", Cancel);

        var run = await CliRun.OfAsync("elastic", "setup", "--url", elastic.Url.AbsoluteUri, "--api-key-file", file);
        File.Delete(file);

        Assert.Equal(2, run.Code);
        Assert.Contains("401 (security_exception)", run.Error, StringComparison.Ordinal);
        Assert.Contains("The API key is missing, unknown or expired", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0d3Jvbmc", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--audit-days 2000", "2000 days: give 2192")]
    [InlineData("--content-days 0", "0 days: give 1")]
    [InlineData("--namespace Up-1", "The namespace is 4 characters, 2 of them not allowed: give 1 to 100")]
    [InlineData("--ca-file /nowhere/ca.pem", "--ca-file names /nowhere/ca.pem, and there is no such file")]
    [InlineData("--ca-file /etc/passwd", "--ca-file names /etc/passwd, which holds no certificate that can be read")]
    [InlineData("--kibana ftp://kibana", "--kibana is not an http or https URL")]
    [InlineData("--audit-days 1 --content-days 0", "0 days: give 1")]
    public async Task Setup_WrongOptions_TouchesNothing(string options, string says)
    {
        await using var elastic = await FakeElastic.StartAsync(Cancel);

        var run = await CliRun.OfAsync(["elastic", "setup", "--url", elastic.Url.AbsoluteUri, .. options.Split(' ')]);

        Assert.Equal(2, run.Code);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Empty(elastic.Documents("logs-chaperone.audit-default"));
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Setup_KeyOverHttpToAnotherMachine_IsRefused()
    {
        var file = Path.GetTempFileName();

        var run = await CliRun.OfAsync("elastic", "setup", "--url", "http://elastic.example.org:9200", "--api-key-file", file);
        File.Delete(file);

        Assert.Equal(2, run.Code);
        Assert.Contains("cross the network in clear: use https", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_NobodyListens_SaysSo()
    {
        await using var elastic = await FakeElastic.StartAsync(Cancel);
        var url = elastic.Url.AbsoluteUri;
        await elastic.DisposeAsync();

        var run = await CliRun.OfAsync("elastic", "setup", "--url", url);

        Assert.Equal(2, run.Code);
        Assert.Contains("Not set up: Elasticsearch cannot be reached (ConnectionError)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_KibanaAway_SaysThatItIsKibana()
    {
        await using var elastic = await FakeElastic.StartAsync(Cancel);
        await using var kibana = await FakeKibana.StartAsync(Cancel);
        var url = kibana.Url.AbsoluteUri;
        await kibana.DisposeAsync();

        var run = await CliRun.OfAsync("elastic", "setup", "--url", elastic.Url.AbsoluteUri, "--kibana", url);

        Assert.Equal(2, run.Code);
        Assert.Contains("Not set up: Kibana cannot be reached (ConnectionError)", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A server without TLS is no matter of its certificate alone.</summary>
    [Fact]
    public async Task Setup_HttpsToServerThatSpeaksHttp_SaysThatItMay()
    {
        await using var elastic = await FakeElastic.StartAsync(Cancel);

        var run = await CliRun.OfAsync("elastic", "setup", "--url", elastic.Url.AbsoluteUri.Replace("http:", "https:", StringComparison.Ordinal));

        Assert.Equal(2, run.Code);
        Assert.Contains("No TLS with Elasticsearch: its certificate is not trusted or is for another name, or it speaks http.", run.Error, StringComparison.Ordinal);
    }
}
