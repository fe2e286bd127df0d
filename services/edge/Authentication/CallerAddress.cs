using System.Net;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Authentication;

/// <summary>
/// Where a call comes from: the other end of the connection. Only where that is a proxy which the operator trusts, the last
/// address of <c>X-Forwarded-For</c> that is no trusted proxy's; what others write into that header means nothing.
/// </summary>
internal sealed class CallerAddress(IOptions<EdgeOptions> options)
{
    private readonly IPNetwork[] _proxies = [.. options.Value.TrustedProxies.Select(Parse)];

    /// <summary>Null when it cannot be told.</summary>
    public string? Of(HttpContext http)
    {
        var address = Plain(http.Connection.RemoteIpAddress);
        if (_proxies.Length == 0 || address is null || !IsProxy(address))
        {
            return address?.ToString();
        }

        string[] hops = [.. http.Request.Headers["X-Forwarded-For"].SelectMany(v => (v ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))];
        for (var i = hops.Length - 1; i >= 0; i--)
        {
            if (!IPAddress.TryParse(hops[i], out var hop))
            {
                return null;
            }

            if (!IsProxy(Plain(hop)!))
            {
                return Plain(hop)!.ToString();
            }
        }

        return address.ToString();
    }

    /// <summary>An address or a network in CIDR form.</summary>
    internal static IPNetwork Parse(string text) => text.Contains('/', StringComparison.Ordinal) ? IPNetwork.Parse(text) : new IPNetwork(IPAddress.Parse(text), IPAddress.Parse(text).GetAddressBytes().Length * 8);

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private bool IsProxy(IPAddress address) => Array.Exists(_proxies, p => p.Contains(address));
}
