using Chaperone.Bus;
using Chaperone.Bus.Health;

namespace Chaperone.Policy;

/// <summary>Wires the policy room.</summary>
public static class PolicyService
{
    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddEnvironmentVariables("CHAPERONE_");
        builder.Services.AddPolicy(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapPolicy();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddPolicy(this IServiceCollection services, IConfiguration configuration) => services;

    /// <summary>The room's HTTP endpoints.</summary>
    public static WebApplication MapPolicy(this WebApplication app) => app;
}
