using Chaperone.Bus.Doors;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Authentication;

/// <summary>Where a call comes from, as <see cref="EdgeOptions.TrustedProxies"/> lets it be told.</summary>
internal sealed class CallerAddress(IOptions<EdgeOptions> options)
{
    private readonly ClientAddress _address = new(options.Value.TrustedProxies);

    /// <summary>Null when it cannot be told.</summary>
    public string? Of(HttpContext http) => _address.Of(http);

    /// <summary>Under which number its refusals are counted.</summary>
    public int BucketOf(HttpContext http) => _address.BucketOf(http);
}
