using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Authentication;

/// <summary>
/// Bounds the refusals of one network address, so that guessing at tokens keeps neither this process nor the identity provider
/// busy. Only refusals count, and whoever was let in before passes by: neighbours behind one address do not shut each other out.
/// </summary>
internal sealed class StrangerLimit : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter;
    private readonly CallerAddress _addresses;

    public StrangerLimit(IOptions<EdgeOptions> options, CallerAddress addresses)
    {
        _addresses = addresses;
        var perMinute = options.Value.RefusalsPerMinute;
        _limiter = PartitionedRateLimiter.Create<string, string>(address => perMinute == 0
            ? RateLimitPartition.GetNoLimiter(address)
            : RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
    }

    /// <summary>How long a caller that shows nothing known has to wait; null when it may try now.</summary>
    public TimeSpan? Wait(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(Key(http), 0);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    /// <summary>Says in the answer how long to wait.</summary>
    public static void Tell(HttpContext http, TimeSpan wait) => http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>One more refusal of the caller's address.</summary>
    public void Count(HttpContext http) => _limiter.AttemptAcquire(Key(http)).Dispose();

    public void Dispose() => _limiter.Dispose();

    // Who has an IPv6 address has its /64.
    private string Key(HttpContext http)
    {
        var text = _addresses.Of(http) ?? string.Empty;
        return text.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address)
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : text;
    }
}
