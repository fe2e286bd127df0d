using Chaperone.Bus.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Chaperone.Bus;

/// <summary>What every process of Chaperone has in common before its rooms are added.</summary>
public static class RoomBuilder
{
    /// <summary>
    /// A web application that reads <c>CHAPERONE_</c> variables and arguments, says nothing of itself in headers, and logs the
    /// framework's warnings only: request lines may hold what people typed.
    /// </summary>
    public static WebApplicationBuilder Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddEnvironmentVariables("CHAPERONE_").AddCommandLine(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        TelemetryService.AddTo(builder);
        return builder;
    }
}
