using System.Net;
using Chaperone.Contracts;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Circumstances;

/// <summary>What is known of a call beside its arguments. For one decision, on one thread; what nobody asks for costs nothing.</summary>
internal sealed class Scene(CallFacts call, DateTimeOffset now, ToolTraits? traits, Glass glass = default)
{
    private IPAddress? _address;
    private bool _parsed;

    /// <summary>The call.</summary>
    public CallFacts Call => call;

    /// <summary>When it is decided.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Whether the caller has broken the glass.</summary>
    public Glass Glass => glass;

    /// <summary>What the called tool says of itself; the unsafe values where nothing is known.</summary>
    public ToolTraits Traits => traits ?? ToolTraits.Unknown;

    /// <summary>The caller's address as the edge saw it, IPv4 as IPv4; null when unknown.</summary>
    public IPAddress? Address
    {
        get
        {
            if (!_parsed)
            {
                _parsed = true;
                _address = IPAddress.TryParse(call.RemoteAddress, out var read) ? read.IsIPv4MappedToIPv6 ? read.MapToIPv4() : read : null;
            }

            return _address;
        }
    }

    /// <summary>The same for another tool.</summary>
    public Scene With(ToolTraits other) => new(call, now, other, glass);

    /// <summary>The same, were the glass as <paramref name="other"/>.</summary>
    public Scene With(Glass other) => new(call, now, traits, other);
}
