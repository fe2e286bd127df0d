using System.Buffers;
using System.Net;
using System.Net.Mime;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Sessions;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Release;

/// <summary>Takes the upstream's answer, whatever its form, and releases of it what may be released.</summary>
internal sealed class AnswerIntake(Releaser releaser, EventIntake events, EdgeSeal seal, IOptions<EdgeOptions> options, TimeProvider time)
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>Reads the answer to the end; for a stream, until the upstream, the client or the time limit ends it.</summary>
    public async Task ReceiveAsync(Exchange exchange, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            await releaser.FailAsync(exchange, StatusCodes.Status502BadGateway, "The MCP server refuses the gateway's own credential. The call was not executed.");
        }
        else if (response.IsSuccessStatusCode && mediaType == MediaTypeNames.Text.EventStream)
        {
            BeginSession(exchange, response, null);
            await exchange.Reply.StartStreamAsync(options.Value.KeepAlive);
            await events.PumpAsync(exchange, await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken);
        }
        else if (mediaType is MediaTypeNames.Application.Json)
        {
            var body = await ReadAsync(response, cancellationToken);
            var message = ServerMessage.Read(body);
            BeginSession(exchange, response, message?.ProtocolVersion);
            await releaser.ReleaseAsync(exchange, message, body, (int)response.StatusCode);
        }
        else if (mediaType == MediaTypeNames.Text.EventStream && await ReadRefusalAsync(response, cancellationToken) is { } refusal)
        {
            await releaser.ReleaseAsync(exchange, ServerMessage.Read(refusal), refusal, (int)response.StatusCode);
        }
        else if (await ReadAsync(response, cancellationToken) is { Length: 0 } && (int)response.StatusCode is >= 200 and < 300)
        {
            await releaser.AcknowledgeAsync(exchange, (int)response.StatusCode);
        }
        else if ((int)response.StatusCode is >= 400 and < 500)
        {
            CopyAllow(exchange, response);
            await releaser.FailAsync(exchange, (int)response.StatusCode, $"The MCP server answered HTTP {(int)response.StatusCode}.");
        }
        else
        {
            await releaser.FailAsync(exchange, StatusCodes.Status502BadGateway,
                $"The MCP server answered HTTP {(int)response.StatusCode} with {Printable(mediaType)}, which is no MCP answer. It may have executed the call; its result is withheld.");
        }
    }

    private static void CopyAllow(Exchange exchange, HttpResponseMessage response)
    {
        if (response.Content.Headers.Allow.Count > 0 && !exchange.Reply.HasStarted)
        {
            exchange.Http.Response.Headers.Allow = string.Join(", ", response.Content.Headers.Allow);
        }
    }

    private static string Printable(string? mediaType) =>
        mediaType is { Length: < 64 } ? mediaType : "content of no known type";

    /// <summary>Gives the client a ticket in place of the session id that the upstream minted (initialize only).</summary>
    private void BeginSession(Exchange exchange, HttpResponseMessage response, string? agreedVersion)
    {
        if (exchange.Call.Method == "initialize" && !exchange.Reply.HasStarted
            && response.Headers.TryGetValues("Mcp-Session-Id", out var ids) && ids.FirstOrDefault() is { Length: > 0 and <= 1024 } id)
        {
            exchange.Http.Response.Headers["Mcp-Session-Id"] = seal.Seal(
                new SessionTicket
                {
                    SessionId = exchange.Call.SessionId,
                    UpstreamSessionId = id,
                    ProtocolVersion = agreedVersion ?? exchange.Call.ProtocolVersion,
                    ClientName = exchange.Call.ClientName,
                    ClientVersion = exchange.Call.ClientVersion,
                },
                SessionTicket.Context(exchange.Call.Principal, exchange.Call.Server));
        }
    }

    // A 2026-07-28 error may come as the one event of a stream, under the error's own status (-32021 under 400 from the C# SDK).
    private async Task<byte[]?> ReadRefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var events = new MemoryStream(await ReadAsync(response, cancellationToken), writable: false);
        await foreach (var frame in SseReader.ReadAsync(events, options.Value.MaxResponseBytes, cancellationToken))
        {
            if (ServerMessage.Read(frame.Data)?.ErrorCode is not null)
            {
                return frame.Data;
            }
        }

        return null;
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var limit = options.Value.MaxResponseBytes;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(_ => timeout.Cancel(), null, options.Value.UpstreamTimeout, Timeout.InfiniteTimeSpan);
        await using var stream = await response.Content.ReadAsStreamAsync(timeout.Token);
        if (response.Content.Headers.ContentLength is { } length)
        {
            if (length > limit)
            {
                throw TooLarge(limit);
            }

            // Where it is cut short, reading fails.
            var exact = new byte[length];
            await stream.ReadExactlyAsync(exact, timeout.Token);
            return exact;
        }

        return await ReadToEndAsync(stream, limit, timeout.Token);
    }

    private static async ValueTask<byte[]> ReadToEndAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var filled = 0;
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken)) > 0)
            {
                filled += read;
                if (filled > limit)
                {
                    throw TooLarge(limit);
                }

                if (filled == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * filled, limit + 1L));
                    buffer.AsSpan().CopyTo(larger);
                    Return(buffer, filled);
                    buffer = larger;
                }
            }

            return buffer.AsSpan(0, filled).ToArray();
        }
        finally
        {
            Return(buffer, filled);
        }
    }

    // What an upstream said is nobody else's.
    private static void Return(byte[] buffer, int filled)
    {
        buffer.AsSpan(0, filled).Clear();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static InvalidDataException TooLarge(int limit) => new($"it is larger than {limit} bytes.");
}
