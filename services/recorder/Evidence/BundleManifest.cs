using System.Text.Json;

namespace Chaperone.Recorder.Evidence;

/// <summary>What a verifier reads of <c>manifest.json</c>.</summary>
internal sealed record BundleManifest(long TreeSize, string Root, long Records, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Reads it; files are path and SHA-256.</summary>
    /// <exception cref="InvalidDataException">Not a manifest of this version.</exception>
    public static BundleManifest Read(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("kind").GetString() != "chaperone-evidence" || root.GetProperty("v").GetInt32() is not (1 or EvidenceManifest.OfManyLogs))
            {
                throw new InvalidDataException("it is not a manifest of evidence of this version");
            }

            return new BundleManifest(
                root.GetProperty("tree_size").GetInt64(),
                root.GetProperty("root").GetString()!,
                root.GetProperty("records").GetInt64(),
                root.GetProperty("files").EnumerateArray().ToDictionary(f => f.GetProperty("path").GetString()!, f => f.GetProperty("sha256").GetString()!, StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("it cannot be read", e);
        }
    }
}
