using System.ComponentModel.DataAnnotations;

namespace Chaperone.Bus.Telemetry;

/// <summary>Section <c>Telemetry</c>: what a process tells of itself. Nothing leaves it by default.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Port of <c>GET /metrics</c> in Prometheus' text format; null (the default) means that there is none. It must differ from the ports that serve people and clients.</summary>
    [Range(1, 65535)]
    public int? MetricsPort { get; set; }

    /// <summary>Address that <see cref="MetricsPort"/> is bound to, e.g. <c>0.0.0.0</c>; 127.0.0.1 by default, because metrics tell how much work is done, though never of whom.</summary>
    [Required]
    public string MetricsAddress { get; set; } = "127.0.0.1";

    /// <summary>OTLP endpoint (gRPC) that traces go to, e.g. <c>http://collector:4317</c>; null (the default) means that nothing is traced.</summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>Share of calls traced, 0 to 1; all by default. A caller's own sampled <c>traceparent</c> is followed all the same.</summary>
    [Range(0.0, 1.0)]
    public double TracedShare { get; set; } = 1;
}
