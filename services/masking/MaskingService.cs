using Chaperone.Bus;
using Chaperone.Bus.Health;

namespace Chaperone.Masking;

/// <summary>Wires the masking room.</summary>
public static class MaskingService
{
    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddEnvironmentVariables("CHAPERONE_");
        builder.Services.AddMasking(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapMasking();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddMasking(this IServiceCollection services, IConfiguration configuration) => services;

    /// <summary>The room's HTTP endpoints.</summary>
    public static WebApplication MapMasking(this WebApplication app) => app;
}
