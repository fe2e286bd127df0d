using System.Globalization;
using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Recorder.Sealing;

/// <summary>
/// The leaf of a record: RFC 8785 JSON of commitments and ids, never a bare hash of plaintext (a dictionary would open it).
/// Members: c call, e [edge, epoch, number], id event, k kind, l how the log before was closed (first leaf of a later log), m HMAC commitment to the plaintext, o SHA-256 of the
/// encrypted object, s session, t time, v version, x SHA-256 of the header.
/// </summary>
internal static class LeafFormat
{
    /// <summary>Bytes that a leaf may have at most.</summary>
    public const int LargestLeaf = 1024;

    /// <summary>The format of <see cref="Time"/>.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static byte[] Write(RecordEntry entry, ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> objectHash, ReadOnlySpan<byte> headerHash, CarryOver? carried = null)
    {
        var json = new CanonicalJson().BeginObject().Member("c", entry.Call?.CallId);
        if (entry.Stamp is { } stamp)
        {
            json.Name("e").BeginArray().Value(stamp.Edge).Value(stamp.Epoch).Value(stamp.Number).EndArray();
        }

        json.Member("id", entry.EventId).Member("k", RecordHeader.Word(entry.Kind));
        carried?.Write(json.Name("l"));
        var leaf = json
            .Name("m").Hex(commitment)
            .Name("o").Hex(objectHash)
            .Member("s", entry.Call?.SessionId)
            .Member("t", entry.OccurredAt)
            .Member("v", 1)
            .Name("x").Hex(headerHash)
            .EndObject()
            .ToArray();
        return leaf.Length <= LargestLeaf
            ? leaf
            : throw new InvalidDataException($"The leaf would have {leaf.Length} bytes; at most {LargestLeaf} are allowed.");
    }

    /// <summary>Reads what a verifier compares.</summary>
    /// <exception cref="InvalidDataException">Not a leaf of this version.</exception>
    public static LeafFacts Read(ReadOnlyMemory<byte> leaf)
    {
        try
        {
            using var document = JsonDocument.Parse(leaf);
            var root = document.RootElement;
            if (root.GetProperty("v").GetInt32() != 1)
            {
                throw new InvalidDataException("The leaf is of an unknown version.");
            }

            var hasStamp = root.TryGetProperty("e", out var stamp);
            return new LeafFacts(
                root.GetProperty("id").GetGuid(),
                Enum.Parse<RecordKind>(root.GetProperty("k").GetString()!, ignoreCase: true),
                root.TryGetProperty("s", out var session) ? session.GetGuid() : null,
                hasStamp ? stamp[0].GetString() : null,
                hasStamp ? stamp[1].GetInt64() : null,
                hasStamp ? stamp[2].GetInt64() : null,
                root.GetProperty("m").GetString()!,
                root.GetProperty("o").GetString()!,
                root.GetProperty("x").GetString()!)
            {
                CallId = root.TryGetProperty("c", out var call) ? call.GetGuid() : null,
                At = root.GetProperty("t").GetDateTimeOffset(),
                Carried = root.TryGetProperty("l", out var carried) ? CarryOver.Read(carried) : null,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The leaf cannot be read.", e);
        }
    }

    /// <summary>When the record happened, as its leaf says.</summary>
    /// <exception cref="InvalidDataException">Not a leaf of this version.</exception>
    public static DateTimeOffset ReadTime(ReadOnlyMemory<byte> leaf)
    {
        try
        {
            using var document = JsonDocument.Parse(leaf);
            return document.RootElement.GetProperty("t").GetDateTimeOffset();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The leaf cannot be read.", e);
        }
    }

    /// <summary>UTC with microseconds, as leaves and headers write time.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
