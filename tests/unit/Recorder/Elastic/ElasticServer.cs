using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Chaperone.Recorder.Elastic;
using Chaperone.TestKit.Elastic;

namespace Chaperone.Recorder.Tests.Elastic;

/// <summary>
/// The server of a test: the one that CHAPERONE_TEST_ELASTICSEARCH names (a URL that may hold a user, and an API key in
/// CHAPERONE_TEST_ELASTICSEARCH_KEY), else the strict fake. Each test has a namespace of its own.
/// </summary>
internal sealed class ElasticServer : IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly FakeElastic? _fake;
    private readonly HttpClient _admin = new();

    private ElasticServer(FakeElastic? fake, Uri url, ElasticProxy proxy, string ns) => (_fake, Url, Proxy, Namespace) = (fake, url, proxy, ns);

    public Uri Url { get; }

    /// <summary>What the recorder speaks to; it makes the faults.</summary>
    public ElasticProxy Proxy { get; }

    public string Namespace { get; }

    public static string? RealUrl => Environment.GetEnvironmentVariable("CHAPERONE_TEST_ELASTICSEARCH");

    public static string? RealKey => Environment.GetEnvironmentVariable("CHAPERONE_TEST_ELASTICSEARCH_KEY");

    /// <summary>Starts it, with setup done.</summary>
    /// <param name="beforeSetup">Does something else instead of setup; then the server is the fake in any case, because it would change a shared one.</param>
    public static async Task<ElasticServer> StartAsync(Func<ElasticServer, Task>? beforeSetup = null)
    {
        var fake = RealUrl is null || beforeSetup is not null ? await FakeElastic.StartAsync(Cancel) : null;
        var url = fake?.Url ?? new Uri(RealUrl!);
        var server = new ElasticServer(fake, url, await ElasticProxy.StartAsync(url, Cancel), $"t{Guid.CreateVersion7():n}");
        if (RealKey is { } key)
        {
            server._admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", key);
        }

        if (beforeSetup is not null)
        {
            await beforeSetup(server);
            return server;
        }

        await server.SetUpAsync();
        return server;
    }

    /// <summary>What <c>chaperone elastic setup</c> does.</summary>
    public async Task SetUpAsync() => await new ElasticSetup(Client(), new SetupPlan(Namespace, ElasticTemplates.FloorDays, 365)).RunAsync(Cancel);

    /// <summary>A client that goes through the proxy.</summary>
    public ElasticClient Client(TimeSpan? timeout = null, TimeProvider? time = null) =>
        new(OutboundHttp.Create(Proxy.Url, null), KeyFile(), timeout ?? TimeSpan.FromSeconds(30), time ?? TimeProvider.System);

    /// <summary>File with the real server's key; null without one.</summary>
    public static string? KeyFile()
    {
        if (RealKey is not { } key)
        {
            return null;
        }

        var file = Path.Combine(RecorderRig.NewFolder(), "api.key");
        File.WriteAllText(file, key);
        return file;
    }

    public string Stream(string dataset) => ElasticDatasets.Stream(dataset, Namespace);

    /// <summary>Every document of a stream, duplicates too.</summary>
    public async Task<IReadOnlyList<StoredHit>> DocumentsAsync(string dataset)
    {
        await AdminAsync(HttpMethod.Post, $"{Stream(dataset)}/_refresh", null);
        var answer = await AdminAsync(HttpMethod.Post, $"{Stream(dataset)}/_search", """{"size":10000,"query":{"match_all":{}}}""");
        return [.. answer["hits"]!["hits"]!.AsArray().Select(h => new StoredHit(h!["_index"]!.ToString(), h["_id"]!.ToString(), h["_source"]!.AsObject()))];
    }

    /// <summary>The sequence numbers in a stream, sorted.</summary>
    public async Task<long[]> SequencesAsync(string dataset) =>
        [.. (await DocumentsAsync(dataset)).Select(d => d.Values("event.sequence").Single().GetValue<long>()).Order()];

    /// <summary>The stream has one document for each of these records, and no other.</summary>
    public async Task AssertHasAsync(string dataset, long[] sequences)
    {
        var found = await SequencesAsync(dataset);
        Assert.Equal(sequences, found);
    }

    public Task RolloverAsync(string dataset) => AdminAsync(HttpMethod.Post, $"{Stream(dataset)}/_rollover", null);

    /// <summary>All streams of records.</summary>
    public async Task RollOverAllAsync()
    {
        await RolloverAsync(ElasticDatasets.Audit);
        await RolloverAsync(ElasticDatasets.Content);
        await RolloverAsync(ElasticDatasets.Control);
    }

    public Task BlockAsync(string dataset, string block, bool on) =>
        AdminAsync(HttpMethod.Put, $"{Stream(dataset)}/_settings", $$"""{"index.blocks.{{block}}":{{(on ? "true" : "null")}}}""");

    /// <summary>Writes past Chaperone, as somebody with rights can.</summary>
    public Task InjectAsync(string dataset, string id, string source) =>
        AdminAsync(HttpMethod.Post, $"{Stream(dataset)}/_bulk", $$$"""{"create":{"_id":"{{{id}}}"}}""" + $"\n{source}\n", "application/x-ndjson");

    /// <summary>Takes one document away.</summary>
    public async Task RemoveAsync(string dataset, StoredHit document)
    {
        if (_fake is not null)
        {
            _fake.Remove(Stream(dataset), document.Id);
        }
        else
        {
            await AdminAsync(HttpMethod.Delete, $"{document.Index}/_doc/{document.Id}", null);
        }
    }

    public async Task<JsonObject> AdminAsync(HttpMethod method, string path, string? body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, path));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        }

        using var answer = await _admin.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        _admin.Dispose();
        if (_fake is not null)
        {
            await _fake.DisposeAsync();
        }
    }
}
