using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Chaperone.Bus.Telemetry;

/// <summary>Serves <c>/metrics</c> on one port, and nothing else there; nowhere else is it served.</summary>
/// <param name="port">As bound; a caller cannot choose it by a header.</param>
internal sealed class MetricsPort(int port) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.MapWhen(
            context => context.Connection.LocalPort == port,
            metrics =>
            {
                metrics.UseOpenTelemetryPrometheusScrapingEndpoint(context => HttpMethods.IsGet(context.Request.Method) && context.Request.Path == "/metrics");
                metrics.Run(context =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            });
        BusTelemetry.WatchHealth(app.ApplicationServices);
        next(app);
    };
}
