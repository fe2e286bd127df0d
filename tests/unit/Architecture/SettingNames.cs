using System.Reflection;
using Chaperone.Approval;
using Chaperone.Bus;
using Chaperone.Console;
using Chaperone.Edge;
using Chaperone.Masking;
using Chaperone.Policy;
using Chaperone.Recorder;

namespace Chaperone.Architecture.Tests;

/// <summary>Tells variables that are settings of a room from those that are not: compose, units and manifests name them.</summary>
internal static class SettingNames
{
    public const string Prefix = "CHAPERONE_";

    private static readonly Dictionary<string, Type> Sections = new(StringComparer.Ordinal)
    {
        ["Bus"] = typeof(BusOptions),
        ["Edge"] = typeof(EdgeOptions),
        ["Policy"] = typeof(PolicyOptions),
        ["Approval"] = typeof(ApprovalOptions),
        ["Masking"] = typeof(MaskingOptions),
        ["Recorder"] = typeof(RecorderOptions),
        ["Console"] = typeof(ConsoleOptions),
        ["Doors"] = typeof(Bus.Doors.DoorOptions),
        ["Telemetry"] = typeof(Bus.Telemetry.TelemetryOptions),
    };

    /// <summary>Whether <paramref name="variable"/>, e.g. <c>CHAPERONE_Edge__PublicUrl</c>, is one.</summary>
    public static bool Exists(string variable)
    {
        if (!variable.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var path = variable[Prefix.Length..].Split("__");
        if (!Sections.TryGetValue(path[0], out var type))
        {
            return false;
        }

        foreach (var part in path.Skip(1))
        {
            type = ElementOf(type!) is { } element
                ? int.TryParse(part, out _) ? element : null
                : type!.GetProperty(part, BindingFlags.Public | BindingFlags.Instance)?.PropertyType;
            if (type is null)
            {
                return false;
            }
        }

        return true;
    }

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType() : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;
}
