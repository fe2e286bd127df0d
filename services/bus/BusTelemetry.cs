using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chaperone.Bus.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Bus;

/// <summary>Names of the bus's traces and metrics; tags carry message and room names only.</summary>
public static class BusTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Chaperone.Bus";

    /// <summary>W3C trace context travels in this header.</summary>
    internal const string TraceHeader = "traceparent";

    /// <summary>When a hot request was sent, in milliseconds since 1970 UTC, travels in this header.</summary>
    internal const string SentHeader = "sent";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Histogram<double> AskDuration = Meter.CreateHistogram<double>("chaperone.bus.ask.duration", "ms", "From asking to the answer or the refusal.");
    internal static readonly Histogram<int> AskGroup = Meter.CreateHistogram<int>("chaperone.bus.ask.group", "{request}", "Requests to policy or masking sent together.");
    internal static readonly Histogram<double> QueueAge = Meter.CreateHistogram<double>("chaperone.bus.queue.age", "ms", "From sending a request to the moment a worker begins with it.");
    internal static readonly Histogram<double> JournalDuration = Meter.CreateHistogram<double>("chaperone.bus.journal.duration", "ms", "From writing a record to knowing that it is durable, or not.");
    internal static readonly Histogram<int> JournalGroup = Meter.CreateHistogram<int>("chaperone.bus.journal.group", "{record}", "Records confirmed together.");
    internal static readonly Counter<long> RecordsRedelivered = Meter.CreateCounter<long>("chaperone.bus.records.redelivered", "{message}", "Record messages delivered more than once.");
    internal static readonly Counter<long> RecordsParked = Meter.CreateCounter<long>("chaperone.bus.records.parked", "{message}", "Record messages set aside for a person.");
    internal static readonly Counter<long> ConnectionsLost = Meter.CreateCounter<long>("chaperone.bus.connections.lost", "{connection}", "Broker connections that ended unasked.");

    /// <summary>Reports each dependency of the process, as <c>/health/ready</c> does, whenever metrics are read.</summary>
    internal static void WatchHealth(IServiceProvider provider)
    {
        var checks = provider.GetServices<RoomCheck>().ToArray();
        Meter.CreateObservableGauge(
            "chaperone.room.healthy",
            () => checks.Select(c => new Measurement<int>(HealthService.ProblemOf(c, provider) is null ? 1 : 0, new KeyValuePair<string, object?>("dependency", c.Name))),
            description: "1 while a dependency of the room is well, else 0.");
    }

    internal static double MillisecondsSince(long start) => Stopwatch.GetElapsedTime(start).TotalMilliseconds;

    internal static TagList Tags(string message, bool ok) => new() { { "message", message }, { "ok", ok } };
}
