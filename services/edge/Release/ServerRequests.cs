using Chaperone.Contracts;
using Chaperone.Edge.Decisions;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Upstream;
using Chaperone.Edge.Upstream.Credentials;

namespace Chaperone.Edge.Release;

/// <summary>What servers ask of clients (sampling, elicitation, roots): policy decides, and a refusal is told to the server.</summary>
internal sealed class ServerRequests(PolicyDesk policy, UpstreamForwarder forwarder, TimeProvider time)
{
    private const int MostAsks = 16;

    /// <summary>Whether something that a message carries is refused; its method if so.</summary>
    public async ValueTask<string?> RefusedAsync(Exchange exchange, IReadOnlyList<ServerAsk> asks)
    {
        if (asks.Count > MostAsks)
        {
            return "too many things";
        }

        foreach (var ask in asks)
        {
            if (await DecideAsync(exchange, ask.Method, "0", ask.ToRequest()) is not { Effect: CallEffect.Allow })
            {
                return ask.Method;
            }
        }

        return null;
    }

    /// <summary>Answers the server in the client's place if policy refuses its request; true if so, and the client must not see it.</summary>
    public async ValueTask<bool> DenyAsync(Exchange exchange, ServerMessage request, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var decision = await DecideAsync(exchange, request.Method!, request.Id, bytes);
        if (decision is { Effect: CallEffect.Allow })
        {
            return false;
        }

        var refusal = McpAnswers.Error(request.Id, McpFault.Refused, $"{request.Method} is not allowed here.");
        var post = new DefaultHttpContext().Request;
        post.Method = HttpMethods.Post;
        post.Headers.Accept = "application/json, text/event-stream";
        post.Headers["MCP-Protocol-Version"] = exchange.Call.ProtocolVersion;
        await forwarder.ForwardAsync(post, exchange.Server, UpstreamCaller.Of(exchange), exchange.UpstreamSessionId, refusal, (_, _) => Task.CompletedTask, cancellationToken);
        return true;
    }

    private async ValueTask<DecisionFacts?> DecideAsync(Exchange exchange, string method, string? id, ReadOnlyMemory<byte> bytes)
    {
        var call = exchange.Call with
        {
            CallId = Guid.CreateVersion7(time.GetUtcNow()),
            Method = method,
            Target = null,
            RequestId = id,
            Direction = CallDirection.FromServer,
            ReceivedAt = time.GetUtcNow(),
        };
        return (await policy.DecideAsync(exchange.Own, call, bytes, null, CancellationToken.None))?.Decision;
    }
}
