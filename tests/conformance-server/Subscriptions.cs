using System.Collections.Concurrent;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.ConformanceServer;

/// <summary>Who subscribed to which resource, by session (up to 2025-11-25; later revisions have no sessions).</summary>
internal sealed class Subscriptions
{
    private readonly ConcurrentDictionary<(string Session, string Uri), bool> _held = new();

    public static ValueTask<EmptyResult> SubscribeAsync(RequestContext<SubscribeRequestParams> context, CancellationToken cancellationToken)
    {
        Of(context.Services)._held[(Session(context.Server), context.Params!.Uri)] = true;
        return ValueTask.FromResult(new EmptyResult());
    }

    public static ValueTask<EmptyResult> UnsubscribeAsync(RequestContext<UnsubscribeRequestParams> context, CancellationToken cancellationToken)
    {
        Of(context.Services)._held.TryRemove((Session(context.Server), context.Params!.Uri), out _);
        return ValueTask.FromResult(new EmptyResult());
    }

    private static Subscriptions Of(IServiceProvider? services) => services!.GetRequiredService<Subscriptions>();

    private static string Session(McpServer server) => server.SessionId ?? throw new McpProtocolException("Subscriptions need a session.", McpErrorCode.InvalidRequest);
}
