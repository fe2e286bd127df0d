using System.Text.Json;

namespace Chaperone.TestKit;

/// <summary>A request that <see cref="ScriptedServer"/> got.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Headers">Headers, names without regard to case.</param>
/// <param name="Body">Body as text.</param>
public sealed record ReceivedRequest(string Method, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The JSON-RPC id as raw JSON; <c>null</c> without one.</summary>
    public string Id => Member("id") ?? "null";

    /// <summary>The JSON-RPC method; empty without one.</summary>
    public string RpcMethod => Member("method")?.Trim('"') ?? string.Empty;

    private string? Member(string name)
    {
        if (Body.Length == 0)
        {
            return null;
        }

        using var document = JsonDocument.Parse(Body);
        return document.RootElement.TryGetProperty(name, out var value) ? value.GetRawText() : null;
    }
}
