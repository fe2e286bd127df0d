using System.Collections.Concurrent;
using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Recorder.Sealing;

/// <summary>The PHI-free header of a record: who, what, when, decided how, and which parts its object holds. RFC 8785 JSON; its SHA-256 is in the leaf.</summary>
internal sealed record RecordHeader
{
    public required Guid EventId { get; init; }

    /// <summary>Key of the period that sealed the object; a root key in records of before there were periods.</summary>
    public required string KeyId { get; init; }

    /// <summary>The call's session, whose own key seals the messages; null for records that are not about a call.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Parts in the order of the object.</summary>
    public required IReadOnlyList<PartDescription> Parts { get; init; }

    /// <summary>The record's note; null if it has none.</summary>
    public string? Note { get; init; }

    /// <summary>One part as the header names it; size is that of the plaintext, in bytes, and packed that of what was sealed, where it was compressed before (<see cref="PackedPart"/>).</summary>
    internal sealed record PartDescription(string Name, string MediaType, bool Searchable, int Size, int? Packed = null)
    {
        /// <summary>Bytes that were sealed.</summary>
        public int SealedSize => Packed ?? Size;
    }

    /// <summary>The header's bytes for <paramref name="entry"/>.</summary>
    public static byte[] Write(RecordEntry entry, string keyId, IReadOnlyList<PartDescription> parts)
    {
        var json = new CanonicalJson().BeginObject();
        if (entry.Actor is { } actor)
        {
            WritePerson(json.Name("actor"), actor);
        }

        if (entry.Approval is { } approval)
        {
            json.Name("approval").BeginObject()
                .Member("binding", approval.BindingDigest).Member("channel", approval.Channel)
                .Member("id", approval.ApprovalId).Member("step", approval.Step)
                .EndObject();
        }

        WriteCall(json, entry.Call);
        if (entry.Decision is { } decision)
        {
            json.Name("decision").BeginObject().Member("break_glass", decision.BreakGlass?.ToString()).Member("effect", Word(decision.Effect));
            if (decision.Exempt.Length > 0)
            {
                json.Member("exempt", string.Join(' ', decision.Exempt));
            }

            json.Member("masking", decision.Masking).Member("policy", decision.PolicyDigest).Member("rule", decision.Rule).EndObject();
        }

        json.Member("event", entry.EventId).Member("key", keyId).Member("kind", Word(entry.Kind))
            .Member("note", entry.Note).Member("occurred", entry.OccurredAt);
        WriteOutcome(json, entry.Outcome);
        WriteParts(json, parts);
        json.Member("source", entry.Source);
        if (entry.Stamp is { } stamp)
        {
            json.Name("stamp").BeginArray().Value(stamp.Edge).Value(stamp.Epoch).Value(stamp.Number).EndArray();
        }

        return json.Member("v", 1).EndObject().ToArray();
    }

    /// <summary>Reads what is needed to open the object.</summary>
    /// <exception cref="InvalidDataException">Not a header of this version.</exception>
    public static RecordHeader Read(ReadOnlyMemory<byte> header)
    {
        try
        {
            using var document = JsonDocument.Parse(header);
            var root = document.RootElement;
            return new RecordHeader
            {
                EventId = root.GetProperty("event").GetGuid(),
                KeyId = root.GetProperty("key").GetString()!,
                SessionId = root.TryGetProperty("call", out var call) ? call.GetProperty("session").GetGuid() : null,
                Note = root.TryGetProperty("note", out var note) ? note.GetString() : null,
                Parts = [.. root.GetProperty("parts").EnumerateArray().Select(ReadPart)],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("The record header cannot be read.", e);
        }
    }

    internal static string Word<T>(T value)
        where T : struct, Enum => Words<T>.Of.GetOrAdd(value, static v => v.ToString().ToLowerInvariant());

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly ConcurrentDictionary<T, string> Of = new();
    }

    private static PartDescription ReadPart(JsonElement part) => new(
        part.GetProperty("name").GetString()!,
        part.GetProperty("media").GetString()!,
        part.GetProperty("searchable").GetBoolean(),
        part.GetProperty("size").GetInt32(),
        part.TryGetProperty("packed", out var packed) ? packed.GetInt32() : null);

    private static void WritePerson(CanonicalJson json, Principal person) =>
        json.BeginObject().Member("client", person.ClientId).Member("issuer", person.Issuer).Member("subject", person.Subject).EndObject();

    private static void WriteCall(CanonicalJson json, CallFacts? call)
    {
        if (call is null)
        {
            return;
        }

        WritePerson(
            json.Name("call").BeginObject()
                .Member("direction", Word(call.Direction)).Member("id", call.CallId)
                .Member("method", PlainNames.OrNull(call.Method))
                .Name("principal"),
            call.Principal);
        json.Member("protocol", DateOnly.TryParseExact(call.ProtocolVersion, "yyyy-MM-dd", out _) ? call.ProtocolVersion : null)
            .Member("received", call.ReceivedAt)
            .Member("server", PlainNames.OrNull(call.Server))
            .Member("session", call.SessionId)
            .Member("target", PlainNames.TargetOrNull(call.Method, call.Target))
            .EndObject();
    }

    private static void WriteOutcome(CanonicalJson json, OutcomeFacts? outcome)
    {
        if (outcome is null)
        {
            return;
        }

        json.Name("outcome").BeginObject()
            .Member("approval", outcome.ApprovalId).Member("bytes", outcome.UpstreamBytes)
            .Member("error", outcome.ErrorCode).Member("event", outcome.EventIndex);
        json.Name("findings").BeginArray();
        foreach (var finding in outcome.Findings)
        {
            json.BeginArray().Value(finding.Type).Value(finding.Count).EndArray();
        }

        json.EndArray().Member("http", outcome.HttpStatus);
        WritePlaces(json, outcome.Places);
        json.Member("status", Word(outcome.Status)).EndObject();
    }

    private static void WritePlaces(CanonicalJson json, MaskPlace[] places)
    {
        if (places.Length == 0)
        {
            return;
        }

        json.Name("places").BeginArray();
        foreach (var place in places)
        {
            json.BeginArray().Value(PlainNames.PathOrStar(place.Path)).Value(place.Type).Value(place.Rule).Value(place.Count).Value(place.Confidence).EndArray();
        }

        json.EndArray();
    }

    private static void WriteParts(CanonicalJson json, IReadOnlyList<PartDescription> parts)
    {
        json.Name("parts").BeginArray();
        foreach (var part in parts)
        {
            json.BeginObject()
                .Member("media", part.MediaType).Member("name", part.Name).Member("packed", part.Packed)
                .Name("searchable").Value(part.Searchable).Member("size", part.Size)
                .EndObject();
        }

        json.EndArray();
    }
}
