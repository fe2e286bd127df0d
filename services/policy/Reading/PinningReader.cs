using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>pinning</c> of a server.</summary>
internal static class PinningReader
{
    private static readonly Dictionary<string, PinningMode> Modes = new(StringComparer.Ordinal)
    {
        ["first-use"] = PinningMode.FirstUse,
        ["strict"] = PinningMode.Strict,
        ["off"] = PinningMode.Off,
    };

    /// <summary>First use where it is absent; strict where it is wrong (reported).</summary>
    public static PinningMode Read(YamlFields fields)
    {
        if (fields.Find("pinning") is null)
        {
            return PinningMode.FirstUse;
        }

        if (fields.Text("pinning", "pinning: strict") is not { } text)
        {
            return PinningMode.Strict;
        }

        if (Modes.TryGetValue(text.Text, out var mode))
        {
            return mode;
        }

        fields.Report(text, "pinning", "is no way of pinning", $"use one of {string.Join(", ", Modes.Keys)}");
        return PinningMode.Strict;
    }
}
