using System.Net;
using Microsoft.AspNetCore.Http;

namespace Chaperone.Bus.Doors;

/// <summary>
/// Where a request comes from: the other end of the connection. Only where that is a proxy which the operator trusts, the last
/// address of <c>X-Forwarded-For</c> that is no trusted proxy's; what others write into that header means nothing.
/// </summary>
/// <param name="proxies">Trusted proxies, as addresses or networks.</param>
public sealed class ClientAddress(IEnumerable<string> proxies)
{
    private const int Buckets = 1 << 16;

    private readonly IPNetwork[] _proxies = [.. proxies.Select(Parse)];

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

    /// <summary>
    /// Under which number, 0 to 65,535, the requests of an address are counted. There are no more, so whoever has many addresses
    /// fills no memory; which addresses share one changes with each process. Who has an IPv6 address has its /64.
    /// </summary>
    public int BucketOf(HttpContext http)
    {
        var text = Of(http) ?? string.Empty;
        if (text.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address))
        {
            text = Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
        }

        return string.GetHashCode(text, StringComparison.Ordinal) & (Buckets - 1);
    }

    /// <summary>An address or a network in CIDR form.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static IPNetwork Parse(string text) => text.Contains('/', StringComparison.Ordinal) ? IPNetwork.Parse(text) : new IPNetwork(IPAddress.Parse(text), IPAddress.Parse(text).GetAddressBytes().Length * 8);

    /// <summary>Whether <see cref="Parse"/> takes it.</summary>
    public static bool IsNetwork(string text)
    {
        try
        {
            Parse(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private bool IsProxy(IPAddress address) => Array.Exists(_proxies, p => p.Contains(address));
}
