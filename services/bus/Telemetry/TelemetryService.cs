using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Chaperone.Bus.Telemetry;

/// <summary>
/// Exports what the rooms measure and trace (meters and sources named <c>Chaperone.*</c>): metrics for Prometheus on a port
/// of their own, traces by OTLP. Both are off until configured; names, units and tags are listed in docs/observability.md.
/// </summary>
internal static class TelemetryService
{
    private const string Everything = "Chaperone.*";

    private static readonly double[] Milliseconds = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 60_000, 600_000];
    private static readonly double[] Seconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
    private static readonly double[] Counts = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

    public static void AddTo(WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Telemetry");
        builder.Services.AddOptions<TelemetryOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsCheck>();
        var options = section.Get<TelemetryOptions>() ?? new TelemetryOptions();
        if (options.MetricsPort is { } port)
        {
            AddMetrics(builder, options, port);
        }

        if (options.OtlpEndpoint is { } endpoint)
        {
            builder.Services.AddOpenTelemetry().ConfigureResource(Describe).WithTracing(tracing => tracing
                .AddSource(Everything)
                .AddAspNetCoreInstrumentation(web => web.Filter = context => !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/metrics"))
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(Math.Clamp(options.TracedShare, 0, 1))))
                .AddOtlpExporter(otlp => otlp.Endpoint = endpoint));
        }
    }

    private static void AddMetrics(WebApplicationBuilder builder, TelemetryOptions options, int port)
    {
        builder.Services.AddOpenTelemetry().ConfigureResource(Describe).WithMetrics(metrics => metrics
            .AddMeter(Everything, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
            .AddView(Buckets)
            .AddPrometheusExporter(exporter => exporter.ScopeInfoEnabled = false));
        builder.Services.AddSingleton<IStartupFilter>(new MetricsPort(port));
        if (builder.Configuration.GetSection("Kestrel:Endpoints").Exists() && IPAddress.TryParse(options.MetricsAddress, out var address))
        {
            // Named endpoints put all URLs out of force.
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
            return;
        }

        var host = options.MetricsAddress.Contains(':', StringComparison.Ordinal) ? $"[{options.MetricsAddress}]" : options.MetricsAddress;
        builder.WebHost.UseUrls([.. Urls(builder), $"http://{host}:{port}"]);
    }

    /// <summary>Where the process listens without us, by ASP.NET Core's own order of settings.</summary>
    private static IEnumerable<string> Urls(WebApplicationBuilder builder)
    {
        if (builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey) is { Length: > 0 } urls)
        {
            return urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        return builder.WebHost.GetSetting(WebHostDefaults.HttpPortsKey) is { Length: > 0 } ports
            ? ports.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => $"http://*:{p}")
            : ["http://localhost:5000"];
    }

    private static void Describe(ResourceBuilder resource) =>
        resource.AddService(Assembly.GetEntryAssembly()?.GetName().Name ?? "Chaperone", serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}");

    private static ExplicitBucketHistogramConfiguration? Buckets(System.Diagnostics.Metrics.Instrument instrument)
    {
        if (!instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal) || !instrument.Name.StartsWith("chaperone.", StringComparison.Ordinal))
        {
            return null;
        }

        return new ExplicitBucketHistogramConfiguration
        {
            Boundaries = instrument.Unit switch
            {
                "ms" => Milliseconds,
                "s" => Seconds,
                _ => Counts,
            },
        };
    }
}
