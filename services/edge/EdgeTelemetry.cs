using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chaperone.Edge.Approvals;

namespace Chaperone.Edge;

/// <summary>All traces and metrics of the room: <c>Chaperone.Edge</c>. Tags hold configured names and outcomes only.</summary>
internal sealed class EdgeTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Chaperone.Edge";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;

    public EdgeTelemetry(IMeterFactory meters, HeldCalls held)
    {
        var meter = meters.Create(Name);
        _calls = meter.CreateCounter<long>("chaperone.edge.calls", "{call}", "Messages of clients dealt with, by server and outcome.");
        _duration = meter.CreateHistogram<double>("chaperone.edge.call.duration", "ms", "From the message read to its last byte released; waits for people included.");
        meter.CreateObservableGauge("chaperone.edge.held", () => held.Count, "{call}", "Calls held for people now.");
    }

    /// <summary>The span of one call; all else that is done for it lies below.</summary>
    public static Activity? Walking(Exchange exchange)
    {
        var activity = Source.StartActivity("edge.call");
        activity?.SetTag("chaperone.call", exchange.Call.CallId).SetTag("chaperone.server", exchange.Call.Server);
        return activity;
    }

    /// <summary>Counts a call that began at <paramref name="started"/> (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public void Ended(Exchange exchange, long started)
    {
        var outcome = exchange.End is { } end ? end.ToString().ToLowerInvariant() : "unrecorded";
        _calls.Add(1, new KeyValuePair<string, object?>("server", exchange.Call.Server), new KeyValuePair<string, object?>("outcome", outcome));
        _duration.Record(Stopwatch.GetElapsedTime(started).TotalMilliseconds, new KeyValuePair<string, object?>("outcome", outcome));
        Activity.Current?.SetTag("chaperone.outcome", outcome);
    }
}
