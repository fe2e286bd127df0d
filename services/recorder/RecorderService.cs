using Chaperone.Bus;
using Chaperone.Bus.Health;

namespace Chaperone.Recorder;

/// <summary>Wires the recorder room.</summary>
public static class RecorderService
{
    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddEnvironmentVariables("CHAPERONE_");
        builder.Services.AddRecorder(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapRecorder();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddRecorder(this IServiceCollection services, IConfiguration configuration) => services;

    /// <summary>The room's HTTP endpoints.</summary>
    public static WebApplication MapRecorder(this WebApplication app) => app;
}
