using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chaperone.TestKit.Elastic;

/// <summary>
/// A strict Elasticsearch in memory, built from the answers of a real one (<c>answers-7.10.json</c>, which it is held against):
/// data streams take only creates, ids are unique inside the write index only, mappings are strict, searches see what was
/// refreshed, and whatever it was not built for is an error.
/// </summary>
public sealed class FakeElastic : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly FakeCluster _cluster = new();
    private readonly WebApplication _app;

    private FakeElastic(WebApplication app) => _app = app;

    /// <summary>Base URL.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The encoded API key that requests must show; null for a server without security.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What it says that it is.</summary>
    public string Version { get; set; } = "8.19.7";

    /// <summary>Bytes that a request may have, as <c>http.max_content_length</c>; more is a 413.</summary>
    public long MostBytes { get; set; } = 100 * 1024 * 1024;

    /// <summary>Starts it, with TLS when a certificate is given.</summary>
    public static async Task<FakeElastic> StartAsync(CancellationToken cancellationToken, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            {
                if (certificate is not null)
                {
                    endpoint.UseHttps(certificate);
                }
            });
        });
        var app = builder.Build();
        var server = new FakeElastic(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(cancellationToken);
        server.Url = new Uri(app.Urls.Single());
        return server;
    }

    /// <summary>Every document of a stream, in every backing index, refreshed or not.</summary>
    public IReadOnlyList<StoredHit> Documents(string stream)
    {
        lock (_lock)
        {
            var found = _cluster.Streams.GetValueOrDefault(stream);
            found?.Refresh();
            return [.. found?.Indices.SelectMany(i => i.Visible) ?? []];
        }
    }

    /// <summary>What an administrator, or an attacker with rights, does to a stream.</summary>
    public void Remove(string stream, string id)
    {
        lock (_lock)
        {
            if (!_cluster.Streams[stream].Indices.Any(i => i.Remove(id)))
            {
                throw new InvalidOperationException($"{stream} has no document {id}.");
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers["X-Elastic-Product"] = "Elasticsearch";
        http.Response.ContentType = "application/json";
        var (status, body) = await RunAsync(http);
        if (http.Request.Query["filter_path"].ToString() is { Length: > 0 } paths && status < 300)
        {
            body = FilterPath.Apply(body, paths);
        }

        http.Response.StatusCode = status;
        await http.Response.WriteAsync(body.ToJsonString());
    }

    private async Task<(int Status, JsonObject Body)> RunAsync(HttpContext http)
    {
        try
        {
            if (ApiKey is not null && http.Request.Headers.Authorization != $"ApiKey {ApiKey}")
            {
                throw new FakeError(401, "security_exception", "missing authentication credentials for REST request");
            }

            var body = await ReadAsync(http.Request);
            if (body.LongLength > MostBytes)
            {
                return (413, []);
            }

            lock (_lock)
            {
                return (200, new FakeRequest(_cluster, http.Request, body, Version).Run());
            }
        }
        catch (FakeContentTypeError e)
        {
            return (406, new JsonObject { ["error"] = e.Message, ["status"] = 406 });
        }
        catch (FakeError e)
        {
            return (e.Status, e.Body());
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        if (request.Headers.ContentEncoding == "gzip")
        {
            await using var gzip = new GZipStream(request.Body, CompressionMode.Decompress);
            await gzip.CopyToAsync(body);
        }
        else
        {
            await request.Body.CopyToAsync(body);
        }

        var bytes = body.ToArray();
        var type = request.ContentType?.Split(';')[0];
        if (bytes.Length > 0 && type is not ("application/json" or "application/x-ndjson"))
        {
            throw new FakeContentTypeError($"Content-Type header [{request.ContentType}] is not supported");
        }

        return bytes;
    }
}
