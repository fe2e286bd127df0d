namespace Chaperone.Edge.Mcp;

/// <summary>Something that a message from the upstream asks the client to do: the message itself, or what an answer carries.</summary>
/// <param name="Method">E.g. <c>sampling/createMessage</c>; what is no text is no known method.</param>
/// <param name="ParamsJson">Its <c>params</c> as JSON text; <c>{}</c> where there are none.</param>
internal sealed record ServerAsk(string Method, string ParamsJson)
{
    /// <summary>The request that policy decides on.</summary>
    public byte[] ToRequest() =>
        System.Text.Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":0,"method":{{System.Text.Json.JsonSerializer.Serialize(Method)}},"params":{{ParamsJson}}}""");
}
