using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Answers cold requests with the room's door.</summary>
internal sealed partial class ColdDoor<TRequest, TReply>(IDoor<TRequest, TReply> door, IOptions<BusOptions> options, ILogger<ColdDoor<TRequest, TReply>> logger)
    : IConsumer<TRequest>
    where TRequest : class
    where TReply : class
{
    public async Task Consume(ConsumeContext<TRequest> context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        limit.CancelAfter(options.Value.ColdTimeout);
        try
        {
            await context.RespondAsync(await door.AnswerAsync(context.Message, limit.Token));
        }

        // A door that throws is broken, whatever it throws; the asker must hear so at once and fail closed.
        catch (Exception e)
        {
            Log.DoorFailed(logger, typeof(TRequest).Name, e.GetType().Name, e.StackTrace);
            await context.RespondAsync(new DoorFailed { Reason = e is BusUnavailableException ? e.Message : e.GetType().Name });
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9050, LogLevel.Error, "The door for {Request} failed: {ExceptionType}\n{Stack}")]
        public static partial void DoorFailed(ILogger logger, string request, string exceptionType, string? stack);
    }
}
