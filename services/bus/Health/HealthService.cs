using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Bus.Health;

/// <summary>What an orchestrator asks a process: alive, and ready. PHI-free, so it needs no token.</summary>
public static class HealthService
{
    private const string Live = "/health/live";
    private const string Ready = "/health/ready";

    /// <summary>Adds what <c>/health/ready</c> must find well.</summary>
    /// <param name="services">The room's services.</param>
    /// <param name="name">Short and stable, e.g. <c>recorder</c>.</param>
    /// <param name="problem">Null when all is well, else one PHI-free sentence. Called often and concurrently: it must be quick, and may not block. Throwing counts as a problem.</param>
    public static IServiceCollection AddRoomCheck(this IServiceCollection services, string name, Func<IServiceProvider, string?> problem) =>
        services.AddSingleton(new RoomCheck(name, problem, Stops: true));

    /// <summary>As <see cref="AddRoomCheck"/>, for what people should look at while the room goes on working: <c>/health/ready</c> stays 200 and says <c>degraded</c>.</summary>
    /// <param name="services">The room's services.</param>
    /// <param name="name">Short and stable, e.g. <c>policy-file</c>.</param>
    /// <param name="problem">Null when all is well, else one PHI-free sentence. Called often and concurrently: it must be quick, and may not block. Throwing counts as a problem.</param>
    public static IServiceCollection AddRoomWarning(this IServiceCollection services, string name, Func<IServiceProvider, string?> problem) =>
        services.AddSingleton(new RoomCheck(name, problem, Stops: false));

    /// <summary>
    /// Maps <c>/health/live</c> (200 while the process answers) and <c>/health/ready</c> (200, or 503 while a dependency has
    /// a problem; warnings say <c>degraded</c>; JSON with each dependency). Called once per process, however many rooms it holds.
    /// </summary>
    public static WebApplication MapChaperoneHealth(this WebApplication app)
    {
        app.MapGet(Live, () => Results.Json(new { status = "live" })).AllowAnonymous().WithDisplayName(Live);
        app.MapGet(Ready, (IServiceProvider provider, IEnumerable<RoomCheck> checks) => Report(provider, checks)).AllowAnonymous().WithDisplayName(Ready);
        return app;
    }

    private static IResult Report(IServiceProvider provider, IEnumerable<RoomCheck> checks)
    {
        var found = checks.Select(c => (c.Name, c.Stops, Problem: ProblemOf(c, provider))).ToArray();
        var ready = found.All(f => f.Problem is null || !f.Stops);
        var well = found.All(f => f.Problem is null);
        return Results.Json(
            new
            {
                status = well ? "ready" : ready ? "degraded" : "not ready",
                dependencies = found.ToDictionary(f => f.Name, f => new { ok = f.Problem is null, problem = f.Problem }, StringComparer.Ordinal),
            },
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    internal static string? ProblemOf(RoomCheck check, IServiceProvider provider)
    {
        try
        {
            return check.Problem(provider);
        }

        // A check that throws is a dependency that is not well; its message may hold anything, its type does not.
        catch (Exception e)
        {
            return $"The check failed: {e.GetType().Name}.";
        }
    }
}
