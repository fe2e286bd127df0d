using MassTransit;
using Microsoft.Extensions.Logging;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Gives an event to the listeners of this process, one after another.</summary>
internal sealed partial class ColdHear<TEvent>(IEnumerable<IHear<TEvent>> listeners, ILogger<ColdHear<TEvent>> logger) : IConsumer<TEvent>
    where TEvent : class
{
    public async Task Consume(ConsumeContext<TEvent> context)
    {
        foreach (var listener in listeners)
        {
            try
            {
                await listener.HearAsync(context.Message, context.CancellationToken);
            }

            // One listener's failure must not keep the event from the others.
            catch (Exception e)
            {
                Log.ListenerFailed(logger, typeof(TEvent).Name, e.GetType().Name, e.StackTrace);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9060, LogLevel.Error, "A listener of {EventName} failed: {ExceptionType}\n{Stack}")]
        public static partial void ListenerFailed(ILogger logger, string eventName, string exceptionType, string? stack);
    }
}
