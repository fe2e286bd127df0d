using System.Diagnostics;
using System.Diagnostics.Metrics;
using Chaperone.Contracts;

namespace Chaperone.Policy;

/// <summary>All traces and metrics of the room: <c>Chaperone.Policy</c>.</summary>
internal sealed class PolicyTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Chaperone.Policy";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _decisions;
    private readonly Counter<long> _readings;

    public PolicyTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _decisions = meter.CreateCounter<long>("chaperone.policy.decisions", description: "Calls decided, by effect");
        _readings = meter.CreateCounter<long>("chaperone.policy.readings", description: "Versions of the policy file read, by whether they were accepted");
    }

    public static Activity? Evaluating() => Source.StartActivity("policy.evaluate", ActivityKind.Consumer);

    public void Decided(CallEffect effect) => _decisions.Add(1, new KeyValuePair<string, object?>("effect", EffectName(effect)));

    public void FileRead(bool accepted) => _readings.Add(1, new KeyValuePair<string, object?>("accepted", accepted));

    private static string EffectName(CallEffect effect) => effect switch
    {
        CallEffect.Allow => "allow",
        CallEffect.Hold => "hold",
        _ => "deny",
    };
}
