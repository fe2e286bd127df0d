using System.Net.ServerSentEvents;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.ConformanceServer;

/// <summary>
/// The SDK's event store, but a resumed stream waits for what is still to come. The SDK's polling mode ends it with the last
/// event there is, so whether a client that comes back at once finds the answer would be a matter of milliseconds.
/// </summary>
internal sealed class PatientEventStore(ISseEventStreamStore inner) : ISseEventStreamStore
{
    public async ValueTask<ISseEventStreamWriter> CreateStreamAsync(SseEventStreamOptions options, CancellationToken cancellationToken = default) =>
        new PatientWriter(await inner.CreateStreamAsync(options, cancellationToken));

    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default) =>
        inner.GetStreamReaderAsync(lastEventId, cancellationToken);

    private sealed class PatientWriter(ISseEventStreamWriter inner) : ISseEventStreamWriter
    {
        public ValueTask SetModeAsync(SseEventStreamMode mode, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask<SseItem<JsonRpcMessage?>> WriteEventAsync(SseItem<JsonRpcMessage?> sseItem, CancellationToken cancellationToken = default) =>
            inner.WriteEventAsync(sseItem, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
