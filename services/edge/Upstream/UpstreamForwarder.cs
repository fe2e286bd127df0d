using Yarp.ReverseProxy.Forwarder;

namespace Chaperone.Edge.Upstream;

/// <summary>
/// Forwards by YARP, on a context of its own: the client's connection may end, or its answer may have begun, before the
/// upstream has answered.
/// </summary>
internal sealed class UpstreamForwarder(IHttpForwarder forwarder, UpstreamDirectory directory)
{
    // YARP's timer runs from one activity to the next of a copy that it makes itself; the edge reads the answer and times it.
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromDays(7) };

    /// <summary>Sends the request and has <paramref name="receive"/> take the answer; says what went wrong, if anything did.</summary>
    public async Task<UpstreamFault?> ForwardAsync(
        HttpRequest client,
        UpstreamServer server,
        string? upstreamSessionId,
        ReadOnlyMemory<byte> body,
        Func<HttpResponseMessage, CancellationToken, Task> receive,
        CancellationToken cancellationToken)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = client.Method;
        context.Request.Protocol = HttpProtocol.Http11;
        if (client.Method == HttpMethods.Post)
        {
            context.Request.Body = new MemoryStream(body.ToArray(), writable: false);
            context.Request.ContentLength = body.Length;
        }

        var transformer = new UpstreamTransformer(client, server, upstreamSessionId, receive);
        var error = await forwarder.SendAsync(context, server.Url.GetLeftPart(UriPartial.Authority), directory.ClientOf(server), Config, transformer, cancellationToken);
        if (transformer.ReceiveFailure is { } failure)
        {
            return UpstreamFault.WhileReading(failure);
        }

        return error == ForwarderError.None ? null : UpstreamFault.WhileSending(context.Features.Get<IForwarderErrorFeature>()?.Exception);
    }
}
