using Chaperone.Contracts;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Sessions;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Release;

/// <summary>Takes a stream event by event: each one is masked and recorded before it is sent on. Framing and event ids stay the upstream's.</summary>
internal sealed class EventIntake(Masking masking, Releaser releaser, ServerRequests serverRequests, AskedIds askedIds, TaskIds taskIds, CallUsage usage, IOptions<EdgeOptions> options, TimeProvider time)
{
    /// <summary>Pumps until the stream ends.</summary>
    public async Task PumpAsync(Exchange exchange, Stream stream, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var mayBeSilent = !exchange.IsPost || exchange.Call.Method == "subscriptions/listen";
        using var timer = time.CreateTimer(_ => silence.Cancel(), null, mayBeSilent ? Timeout.InfiniteTimeSpan : options.Value.UpstreamTimeout, Timeout.InfiniteTimeSpan);

        var index = 0;
        await foreach (var frame in SseReader.ReadAsync(stream, options.Value.MaxResponseBytes, silence.Token))
        {
            exchange.Own.Stand();
            if (!mayBeSilent)
            {
                timer.Change(options.Value.UpstreamTimeout, Timeout.InfiniteTimeSpan);
            }

            if (frame.Data.Length == 0)
            {
                await exchange.Reply.SendAsync(frame);
            }
            else if (!await TakeAsync(exchange, frame, index++, cancellationToken))
            {
                return;
            }

            exchange.Own.Renew();

            if (exchange.Reply.IsGone && !exchange.IsPost)
            {
                return;
            }
        }

        exchange.Own.Stand();
        if (exchange.IsPost && !exchange.Answered)
        {
            await releaser.RecordBreakAsync(exchange);
        }
    }

    /// <summary>Releases one event; false when the stream must end.</summary>
    private async ValueTask<bool> TakeAsync(Exchange exchange, SseFrame frame, int index, CancellationToken cancellationToken)
    {
        var message = ServerMessage.Read(frame.Data);
        if (message is null)
        {
            throw new InvalidDataException("an event of its stream is no JSON-RPC message.");
        }

        if (message.IsRequest && exchange.IsModern)
        {
            throw new InvalidDataException("its stream asks the client for something, which 2026-07-28 does not have.");
        }

        if (await IsKeptBackAsync(exchange, message, frame.Data, cancellationToken))
        {
            return true;
        }

        var isAnswer = message.Answers(exchange.Call.RequestId);
        var bytes = await releaser.PrepareAsync(exchange, message, frame.Data);
        var outcome = releaser.Outcome(exchange, OutcomeStatus.Answered, StatusCodes.Status200OK, frame.Data.Length) with
        {
            EventIndex = index,
            ErrorCode = message.ErrorCode,
        };
        exchange.Answered |= isAnswer;
        var masked = bytes is null
            ? null
            : await masking.MaskAsync(exchange, isAnswer ? MaskPurpose.Answer : MaskPurpose.Event, bytes, outcome);
        if (masked is null)
        {
            await Releaser.SendUnrecordedAsync(exchange);
            return false;
        }

        CallUsage.Count(exchange, masked);
        if (isAnswer)
        {
            await usage.SettleAsync(exchange);
        }

        var given = await taskIds.GiveAsync(exchange, masked);
        if (isAnswer)
        {
            await exchange.Reply.SendAsync(frame with { Data = exchange.Envelope?.Invoke(given) ?? given });
        }

        // The stream of a look at a task has nothing but its answer (ext-tasks 2026-07-28, notifications).
        else if (exchange.Task is null)
        {
            var data = askedIds.Give(exchange, message, given);
            await exchange.Reply.SendAsync(frame with { Data = message.Method == "notifications/progress" && exchange.Progress is { } progress ? progress.Raise(data) : data });
        }

        return true;
    }

    /// <summary>Whether a request, or a notification that carries one, is kept from the client.</summary>
    private async ValueTask<bool> IsKeptBackAsync(Exchange exchange, ServerMessage message, byte[] bytes, CancellationToken cancellationToken) => message switch
    {
        { Method: not null } when taskIds.IsForeignNews(exchange, message, bytes) => true,
        { IsRequest: true } => message.Id!.Length > AskedIds.LongestId || await serverRequests.DenyAsync(exchange, message, bytes, cancellationToken),
        { Method: not null, Asks.Count: > 0 } => await serverRequests.RefusedAsync(exchange, message.Asks) is not null,
        _ => false,
    };
}
