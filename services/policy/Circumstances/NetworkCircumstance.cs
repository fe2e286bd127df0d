using System.Net;

namespace Chaperone.Policy.Circumstances;

/// <summary>The caller's address lies in one of some networks, and in none of others. An unknown address holds only when looking warily.</summary>
internal sealed class NetworkCircumstance(IPNetwork[] within, IPNetwork[] without) : ICircumstance
{
    /// <inheritdoc/>
    public string Key => "network";

    /// <inheritdoc/>
    public bool Holds(Scene scene, bool wary)
    {
        if (scene.Address is not { } address)
        {
            return wary;
        }

        return (within.Length == 0 || Contains(within, address)) && !Contains(without, address);
    }

    private static bool Contains(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
