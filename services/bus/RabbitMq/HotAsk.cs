using System.Diagnostics;
using Chaperone.Bus.Wire;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Asks over the hot lane.</summary>
internal sealed class HotAsk<TRequest, TReply>(HotCaller caller) : IAsk<TRequest, TReply>
    where TRequest : class
    where TReply : class
{
    private static readonly string Name = typeof(TRequest).Name;
    private static readonly string Queue = HotQueue.NameOf<TRequest>();

    public async ValueTask<TReply> AskAsync(TRequest request, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var activity = BusTelemetry.Source.StartActivity($"ask {Name}", ActivityKind.Client);
        var ok = false;
        try
        {
            using var reply = await caller.CallAsync(Queue, Name, Frame.Write(request), cancellationToken);
            var answer = reply.Read<TReply>(Name);
            ok = true;
            return answer;
        }
        finally
        {
            BusTelemetry.AskDuration.Record(BusTelemetry.MillisecondsSince(start), BusTelemetry.Tags(Name, ok));
        }
    }
}
