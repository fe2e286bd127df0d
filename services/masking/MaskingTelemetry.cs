using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chaperone.Contracts;

namespace Chaperone.Masking;

/// <summary>All traces and metrics of the room: <c>Chaperone.Masking</c>. Tags hold identifier classes and purposes only.</summary>
internal sealed class MaskingTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Chaperone.Masking";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _found;
    private readonly Counter<long> _withheld;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _deep;

    public MaskingTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _found = meter.CreateCounter<long>("chaperone.masking.findings", "{identifier}", "Identifiers masked in what was released, by class.");
        _withheld = meter.CreateCounter<long>("chaperone.masking.withheld", "{message}", "Messages that could not be masked, so that they were withheld.");
        _duration = meter.CreateHistogram<double>("chaperone.masking.duration", "ms", "Time to mask one message, without its record.");
        _deep = meter.CreateHistogram<double>("chaperone.masking.deep.duration", "ms", "Time that the deep tier spent on one call, where there is one.");
    }

    public static Activity? Masking() => Source.StartActivity("masking.mask");

    /// <summary>Counts one masked message; <paramref name="started"/> is a <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public void Masked(MaskedMessage released, MaskPurpose purpose, long started)
    {
        _duration.Record(Stopwatch.GetElapsedTime(started).TotalMilliseconds, new KeyValuePair<string, object?>("purpose", purpose.ToString().ToLowerInvariant()));
        if (released.DeepTime is { } deep)
        {
            _deep.Record(deep.TotalMilliseconds);
        }

        if (released.Withheld)
        {
            _withheld.Add(1);
        }

        foreach (var finding in released.Findings)
        {
            _found.Add(finding.Count, new KeyValuePair<string, object?>("type", finding.Type));
        }
    }
}
