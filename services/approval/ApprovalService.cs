using Chaperone.Bus;
using Chaperone.Bus.Health;

namespace Chaperone.Approval;

/// <summary>Wires the approval room.</summary>
public static class ApprovalService
{
    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddEnvironmentVariables("CHAPERONE_");
        builder.Services.AddApproval(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapChaperoneHealth();
        app.MapApproval();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddApproval(this IServiceCollection services, IConfiguration configuration) => services;

    /// <summary>The room's HTTP endpoints.</summary>
    public static WebApplication MapApproval(this WebApplication app) => app;
}
