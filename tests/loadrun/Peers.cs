using System.Net;
using System.Text.Json;
using Yarp.ReverseProxy.Configuration;

namespace Chaperone.LoadRun;

/// <summary>What the gateway is compared with: the upstream itself, and YARP doing nothing but proxying.</summary>
internal static class Peers
{
    /// <summary>An upstream that answers each tools/call with its own argument, at next to no cost.</summary>
    public static async Task<int> RunEchoAsync(string[] args)
    {
        var app = Builder(args).Build();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapGet("/mcp", async context =>
        {
            // A stream of a session on which nothing is said.
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        app.MapPost("/mcp", async context =>
        {
            using var request = await JsonDocument.ParseAsync(context.Request.Body);
            if (!request.RootElement.TryGetProperty("id", out var id))
            {
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                return;
            }

            context.Response.ContentType = "application/json";
            if (request.RootElement.GetProperty("method").ValueEquals("initialize"))
            {
                context.Response.Headers["Mcp-Session-Id"] = Guid.NewGuid().ToString("N");
            }

            await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            id.WriteTo(writer);
            writer.WriteStartObject("result");
            if (request.RootElement.GetProperty("method").ValueEquals("initialize"))
            {
                writer.WriteString("protocolVersion", "2025-11-25");
                writer.WritePropertyName("capabilities");
                writer.WriteRawValue("""{"tools":{}}""");
                writer.WritePropertyName("serverInfo");
                writer.WriteRawValue("""{"name":"echo","version":"1"}""");
                writer.WriteEndObject();
                writer.WriteEndObject();
                return;
            }

            if (request.RootElement.GetProperty("method").ValueEquals("tools/list"))
            {
                writer.WritePropertyName("tools");
                writer.WriteRawValue("""[{"name":"echo","description":"Says what it was told.","inputSchema":{"type":"object"}}]""");
                writer.WriteEndObject();
                writer.WriteEndObject();
                return;
            }

            writer.WriteStartArray("content");
            writer.WriteStartObject();
            writer.WriteString("type", "text");
            writer.WriteString("text", request.RootElement.GetProperty("params").GetProperty("arguments").GetProperty("message").GetString());
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        await app.RunAsync();
        return 0;
    }

    /// <summary>YARP with one route to <paramref name="target"/>.</summary>
    public static async Task<int> RunYarpAsync(string target, string[] args)
    {
        var builder = Builder(args);
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "echo", Match = new RouteMatch { Path = "/mcp/{**rest}" } }],
            [new ClusterConfig { ClusterId = "echo", Destinations = new Dictionary<string, DestinationConfig> { ["echo"] = new() { Address = target } } }]);
        var app = builder.Build();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapReverseProxy();
        await app.RunAsync();
        return 0;
    }

    private static WebApplicationBuilder Builder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = 64 << 20;
            k.Listen(IPAddress.Loopback, new Uri(Environment.GetEnvironmentVariable("ASPNETCORE_URLS")!).Port);
        });
        return builder;
    }
}
