using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Authentication;

/// <summary>
/// Bounds the refusals of one network address, so that guessing at tokens keeps neither this process nor the identity provider
/// busy. Only refusals count, and whoever was let in before passes by: neighbours behind one address do not shut each other out.
/// </summary>
internal sealed class StrangerLimit : IDisposable
{
    private readonly PartitionedRateLimiter<int> _limiter;
    private readonly CallerAddress _addresses;

    public StrangerLimit(IOptions<EdgeOptions> options, CallerAddress addresses)
    {
        _addresses = addresses;
        var perMinute = options.Value.RefusalsPerMinute;
        _limiter = PartitionedRateLimiter.Create<int, int>(bucket => perMinute == 0
            ? RateLimitPartition.GetNoLimiter(bucket)
            : RateLimitPartition.GetFixedWindowLimiter(bucket, _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
    }

    /// <summary>How long a caller that shows nothing known has to wait; null when it may try now.</summary>
    public TimeSpan? Wait(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(_addresses.BucketOf(http), 0);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    /// <summary>Says in the answer how long to wait.</summary>
    public static void Tell(HttpContext http, TimeSpan wait) => http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>One more refusal of the caller's address.</summary>
    public void Count(HttpContext http) => _limiter.AttemptAcquire(_addresses.BucketOf(http)).Dispose();

    public void Dispose() => _limiter.Dispose();
}
