using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.Doors;

/// <summary>
/// Bounds how often one address knocks at the doors that need no token (<see cref="DoorOptions"/>): beyond it 429 with
/// <c>Retry-After</c>, and nothing of the room behind runs. Calls of MCP servers do not pass here: the edge counts refusals itself.
/// </summary>
public static class DoorLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Says that requests to <paramref name="paths"/>, and to all below them, are counted.</summary>
    public static IServiceCollection AddLimitedDoor(this IServiceCollection services, DoorKind kind, params string[] paths)
    {
        foreach (var path in paths)
        {
            services.AddSingleton(new LimitedDoor(kind, path));
        }

        return services;
    }

    internal static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DoorOptions>().Bind(configuration.GetSection("Doors")).ValidateDataAnnotations().ValidateOnStart();
        services.PostConfigure<DoorOptions>(options =>
        {
            if (options.TrustedProxies.Count == 0)
            {
                configuration.GetSection("Edge:TrustedProxies").Bind(options.TrustedProxies);
            }
        });
        services.AddSingleton<IValidateOptions<DoorOptions>, DoorOptionsCheck>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IEnumerable<LimitedDoor>, IOptions<DoorOptions>>(Configure);
        services.AddTransient<IStartupFilter, Filter>();
    }

    private static void Configure(RateLimiterOptions limiter, IEnumerable<LimitedDoor> doors, IOptions<DoorOptions> options)
    {
        var known = doors.ToArray();
        var addresses = new ClientAddress(options.Value.TrustedProxies);
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (DoorKind, int)>(http =>
        {
            // Only doors come here.
            var kind = KindOf(known, http.Request.Path)!.Value;
            var perMinute = options.Value.Of(kind);
            return perMinute == 0
                ? RateLimitPartition.GetNoLimiter((kind, 0))
                : RateLimitPartition.GetFixedWindowLimiter((kind, addresses.BucketOf(http)), _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = Window, QueueLimit = 0 });
        });
        limiter.OnRejected = (rejected, cancellationToken) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var said) ? said : Window;
            var response = rejected.HttpContext.Response;
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            response.Headers.CacheControl = "no-store";
            response.ContentType = "text/plain; charset=utf-8";
            return new ValueTask(response.WriteAsync("Too many requests came from this address. Wait as long as Retry-After says.\n", cancellationToken));
        };
    }

    private static DoorKind? KindOf(LimitedDoor[] doors, PathString path)
    {
        foreach (var door in doors)
        {
            if (path.StartsWithSegments(door.Path, StringComparison.OrdinalIgnoreCase))
            {
                return door.Kind;
            }
        }

        return null;
    }

    private sealed class Filter(IEnumerable<LimitedDoor> doors) : IStartupFilter
    {
        private readonly LimitedDoor[] _doors = [.. doors];

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            if (_doors.Length > 0)
            {
                app.UseWhen(http => KindOf(_doors, http.Request.Path) is not null, limited => limited.UseRateLimiter());
            }

            next(app);
        };
    }
}
