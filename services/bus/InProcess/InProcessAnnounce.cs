using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chaperone.Bus.InProcess;

/// <summary>Tells the listeners of this process, one after another.</summary>
internal sealed partial class InProcessAnnounce<TEvent>(IServiceProvider provider, ILogger<InProcessAnnounce<TEvent>> logger) : IAnnounce<TEvent>
    where TEvent : class
{
    private readonly Lazy<IHear<TEvent>[]> _listeners = new(() => [.. provider.GetServices<IHear<TEvent>>()]);

    public async ValueTask AnnounceAsync(TEvent news, CancellationToken cancellationToken)
    {
        foreach (var listener in _listeners.Value)
        {
            try
            {
                await listener.HearAsync(news, cancellationToken);
            }

            // One listener's failure must not keep the event from the others.
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Log.ListenerFailed(logger, typeof(TEvent).Name, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9001, LogLevel.Error, "A listener of {EventName} failed")]
        public static partial void ListenerFailed(ILogger logger, string eventName, Exception exception);
    }
}
