using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Chaperone.TestKit.Slack;

/// <summary>Socket Mode's side of Slack: single-use tickets, a greeting, envelopes that must be acknowledged within three seconds.</summary>
public sealed class SlackSockets : IDisposable
{
    private static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, bool> _tickets = new();
    private readonly Channel<WebSocket> _connections = Channel.CreateUnbounded<WebSocket>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _acks = new();
    private readonly CancellationTokenSource _end = new();
    private long _count;

    /// <summary>The next connection, greeted.</summary>
    public async Task<WebSocket> ConnectedAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TestLimits.Signal);
        return await _connections.Reader.ReadAsync(limit.Token);
    }

    /// <summary>Sends an interaction and waits for its acknowledgement; false if none came within three seconds.</summary>
    public async Task<bool> SendAsync(WebSocket socket, string payload, CancellationToken cancellationToken)
    {
        var id = $"envelope-{Interlocked.Increment(ref _count)}";
        var acknowledged = _acks[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await TextAsync(socket, $$"""{"envelope_id":"{{id}}","type":"interactive","accepts_response_payload":true,"payload":{{payload}}}""", cancellationToken);
        try
        {
            await acknowledged.Task.WaitAsync(AckLimit, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Asks the client to come back on a new connection.</summary>
    public static Task RefreshAsync(WebSocket socket, CancellationToken cancellationToken) =>
        TextAsync(socket, """{"type":"disconnect","reason":"refresh_requested","debug_info":{"host":"fake"}}""", cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    internal string NewTicket()
    {
        var ticket = $"ticket-{Interlocked.Increment(ref _count)}";
        _tickets[ticket] = true;
        return ticket;
    }

    internal async Task AcceptAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest || !_tickets.TryRemove(http.Request.Query["ticket"].ToString(), out _))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await TextAsync(socket, """{"type":"hello","num_connections":1,"connection_info":{"app_id":"A0CHAPER01"}}""", http.RequestAborted);
        await _connections.Writer.WriteAsync(socket, http.RequestAborted);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _end.Token);
        try
        {
            await ListenAsync(socket, end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The other side, or the test, is gone.
        }
    }

    private static Task TextAsync(WebSocket socket, string text, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancellationToken);

    private async Task ListenAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, cancellationToken) is { MessageType: WebSocketMessageType.Text } part)
        {
            using var ack = JsonDocument.Parse(buffer.AsMemory(0, part.Count));
            if (_acks.TryRemove(ack.RootElement.GetProperty("envelope_id").GetString()!, out var waiting))
            {
                waiting.TrySetResult();
            }
        }
    }
}
