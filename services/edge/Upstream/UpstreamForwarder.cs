using System.Runtime.InteropServices;
using Chaperone.Edge.Upstream.Credentials;
using Yarp.ReverseProxy.Forwarder;

namespace Chaperone.Edge.Upstream;

/// <summary>
/// Forwards by YARP, on a context of its own: the client's connection may end, or its answer may have begun, before the
/// upstream has answered.
/// </summary>
internal sealed partial class UpstreamForwarder(IHttpForwarder forwarder, UpstreamDirectory directory, ILogger<UpstreamForwarder> logger)
{
    // YARP's timer runs from one activity to the next of a copy that it makes itself; the edge reads the answer and times it.
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromDays(7) };

    /// <summary>
    /// Sends the request and has <paramref name="receive"/> take the answer; says what went wrong, if anything did. A 401 means that
    /// the server did nothing: the request is sent once more if there is another credential to show.
    /// </summary>
    public async Task<UpstreamFault?> ForwardAsync(
        HttpRequest client,
        UpstreamServer server,
        UpstreamCaller caller,
        string? upstreamSessionId,
        ReadOnlyMemory<byte> body,
        Func<HttpResponseMessage, CancellationToken, Task> receive,
        CancellationToken cancellationToken)
    {
        try
        {
            CredentialHeader? shown = server.Credential is { } credential ? await credential.ForAsync(caller, cancellationToken) : null;
            Task<CredentialHeader?> RenewAsync(CancellationToken stop) => RenewedAsync(server, caller, shown!.Value, stop);

            var transformer = new UpstreamTransformer(client, server, shown, upstreamSessionId, shown is null ? null : RenewAsync, receive);
            var fault = await SendAsync(client, server, body, transformer, cancellationToken);
            return transformer.Renewed is { } renewed
                ? await SendAsync(client, server, body, new UpstreamTransformer(client, server, renewed, upstreamSessionId, null, receive), cancellationToken)
                : fault;
        }
        catch (CredentialException e)
        {
            Log.NoCredential(logger, server.Name, e.Message);
            return UpstreamFault.WithoutCredential(server.Name);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return UpstreamFault.WithoutCredential(server.Name);
        }
    }

    private async Task<UpstreamFault?> SendAsync(HttpRequest client, UpstreamServer server, ReadOnlyMemory<byte> body, UpstreamTransformer transformer, CancellationToken cancellationToken)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = client.Method;
        context.Request.Protocol = HttpProtocol.Http11;
        if (client.Method == HttpMethods.Post)
        {
            context.Request.Body = StreamOf(body);
            context.Request.ContentLength = body.Length;
        }

        var error = await forwarder.SendAsync(context, server.Url.GetLeftPart(UriPartial.Authority), directory.ClientOf(server), Config, transformer, cancellationToken);
        if (transformer.ReceiveFailure is { } failure)
        {
            return UpstreamFault.WhileReading(failure);
        }

        return error == ForwarderError.None ? null : UpstreamFault.WhileSending(context.Features.Get<IForwarderErrorFeature>()?.Exception);
    }

    private static MemoryStream StreamOf(ReadOnlyMemory<byte> body) => MemoryMarshal.TryGetArray(body, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(body.ToArray(), writable: false);

    private async Task<CredentialHeader?> RenewedAsync(UpstreamServer server, UpstreamCaller caller, CredentialHeader refused, CancellationToken cancellationToken)
    {
        try
        {
            return await server.Credential!.RenewAsync(caller, refused, cancellationToken);
        }
        catch (CredentialException e)
        {
            Log.NoCredential(logger, server.Name, e.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1111, LogLevel.Error, "There is no credential to show to {Server}, so its calls are refused: {Problem}")]
        public static partial void NoCredential(ILogger logger, string server, string problem);
    }
}
