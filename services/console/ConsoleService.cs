using Chaperone.Bus;
using Chaperone.Bus.Health;

namespace Chaperone.Console;

/// <summary>Wires the console room.</summary>
public static class ConsoleService
{
    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddEnvironmentVariables("CHAPERONE_");
        builder.Services.AddConsole(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapConsole();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services, IConfiguration configuration) => services;

    /// <summary>The room's HTTP endpoints.</summary>
    public static WebApplication MapConsole(this WebApplication app) => app;
}
