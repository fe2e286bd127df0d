using Chaperone.Edge.Mcp;

namespace Chaperone.Edge.Release;

/// <summary>
/// The way back to the client: one JSON body, or a stream once it has begun. A client that went away is noticed, never thrown:
/// what happens upstream must be recorded all the same. Writes may come from the walk and the keepalive at once.
/// </summary>
internal sealed class ReplyChannel(HttpContext http, TimeProvider time) : IAsyncDisposable
{
    private static readonly byte[] KeepAliveComment = ": ka\n\n"u8.ToArray();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _closed = new();
    private Task _keepAlive = Task.CompletedTask;
    private long _lastWrite = time.GetTimestamp();

    public bool IsStream { get; private set; }

    /// <summary>Writes what keeps a silent stream alive; null for a comment.</summary>
    public Func<byte[]>? Beat { get; set; }

    public bool IsGone { get; private set; }

    /// <summary>True once anything was sent, so that the status is fixed.</summary>
    public bool HasStarted => http.Response.HasStarted || IsStream;

    /// <summary>Begins the stream and keeps it alive with comments whenever it is silent for <paramref name="keepAlive"/>.</summary>
    public async Task StartStreamAsync(TimeSpan keepAlive)
    {
        if (IsStream)
        {
            return;
        }

        IsStream = true;
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache, no-transform";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await WriteAsync(ReadOnlyMemory<byte>.Empty);
        _keepAlive = KeepAliveAsync(keepAlive);
    }

    /// <summary>Sends one event of the stream.</summary>
    public Task SendAsync(SseFrame frame) => WriteAsync(frame.ToBytes());

    /// <summary>Sends the one message of a request: as the whole body, or as an event where a stream has begun.</summary>
    public async Task SendMessageAsync(int status, ReadOnlyMemory<byte> message)
    {
        if (IsStream)
        {
            await SendAsync(new SseFrame { EventType = "message", Data = message.ToArray() });
            return;
        }

        http.Response.StatusCode = status;
        if (message.Length > 0)
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = message.Length;
        }

        await WriteAsync(message);
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _keepAlive;
        _closed.Dispose();
        _writing.Dispose();
    }

    private async Task KeepAliveAsync(TimeSpan every)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closed.Token))
            {
                if (time.GetElapsedTime(_lastWrite) >= every * 0.9)
                {
                    await WriteAsync(() => Beat?.Invoke() ?? KeepAliveComment);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The stream is over.
        }
    }

    private Task WriteAsync(ReadOnlyMemory<byte> bytes) => WriteAsync(() => bytes);

    // What to write is asked for inside the lock, so that it fits what was written before.
    private async Task WriteAsync(Func<ReadOnlyMemory<byte>> bytes)
    {
        await _writing.WaitAsync();
        try
        {
            if (IsGone)
            {
                return;
            }

            await http.Response.Body.WriteAsync(bytes(), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            _lastWrite = time.GetTimestamp();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            IsGone = true;
        }
        finally
        {
            _writing.Release();
        }
    }
}
