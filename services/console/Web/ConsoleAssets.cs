using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Chaperone.Console.Web;

/// <summary>The stylesheet, the scripts and the mark, embedded in the assembly and addressed by their hash.</summary>
internal sealed class ConsoleAssets
{
    private readonly FrozenDictionary<string, Asset> _assets = new[]
    {
        Load("console.css", "text/css; charset=utf-8"),
        Load("console.js", "text/javascript; charset=utf-8"),
        Load("console.replay.js", "text/javascript; charset=utf-8"),
        Load("console.verify.js", "text/javascript; charset=utf-8"),
        Load("console.svg", "image/svg+xml"),
    }.ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);

    /// <summary>The address of an asset; it changes when the content does.</summary>
    public string this[string name] => $"{ConsolePaths.Assets}/{name}?v={_assets[name].Hash}";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var asset in _assets.Values)
        {
            endpoints.MapGet($"{ConsolePaths.Assets}/{asset.Name}", context => SendAsync(context, asset));
        }
    }

    private static Task SendAsync(HttpContext context, Asset asset)
    {
        var tag = $"\"{asset.Hash}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = context.Request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = asset.MediaType;
        context.Response.ContentLength = asset.Bytes.Length;
        return context.Response.Body.WriteAsync(asset.Bytes, context.RequestAborted).AsTask();
    }

    private static Asset Load(string name, string mediaType)
    {
        using var stream = typeof(ConsoleAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new Asset(name, mediaType, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
    }

    private sealed record Asset(string Name, string MediaType, byte[] Bytes, string Hash);
}
