using Chaperone.Bus;

namespace Chaperone.Cli.Doctor;

/// <summary>Whether limits by address count callers. Rooms of the production form speak no TLS themselves, so a proxy stands before them.</summary>
internal static class DoorChecks
{
    private const string Subject = "proxy";

    // Masking and policy have none; those of the edge go by its own setting.
    private static readonly string[] RoomsWithDoors = ["approval", "recorder", "console"];

    public static IEnumerable<Diagnosis> Of(Installation installation)
    {
        var edge = installation.Edge;
        var doors = installation.Rooms.Intersect(RoomsWithDoors, StringComparer.Ordinal).Any() ? installation.Doors : null;
        if (installation.Bus is not { Transport: BusTransport.RabbitMq } || (edge is null && doors is null))
        {
            return [];
        }

        var unnamed = new List<string>();
        if (edge is { TrustedProxies.Count: 0 })
        {
            unnamed.Add("Edge");
        }

        if (doors is { TrustedProxies.Count: 0 })
        {
            unnamed.Add("Doors");
        }

        return unnamed.Count == 0
            ? [Diagnosis.Well(Subject, "is named, so limits count callers")]
            : [Diagnosis.Look(
                Subject,
                $"none is named in {string.Join(" and ", unnamed.Select(s => $"{s}:TrustedProxies"))}; behind one that is not named all callers share one limit",
                $"Set {string.Join(" and ", unnamed.Select(s => $"CHAPERONE_{s}__TrustedProxies__0"))} to the address of your TLS proxy as the rooms see it (docs/security.md). Where none stands before them, leave it.")];
    }
}
