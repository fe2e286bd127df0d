using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Cli;

/// <summary>
/// Writes a session as JSON lines. Each record is held against its leaf before a word of it is written; the leaf's index and
/// hash let anybody prove it against a checkpoint. A body is a string of the exact masked bytes, so that its SHA-256 fits.
/// </summary>
internal sealed class SessionExport(Keyring keys, string origin, IReadOnlyList<YearLog> logs)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RecordOpener _opener = new(keys);
    private readonly ArrayBufferWriter<byte> _lines = new();
    private byte[] _chain = [];
    private int _events;

    /// <summary>All lines of the session.</summary>
    /// <exception cref="InvalidDataException">A record is not the one that was logged.</exception>
    /// <exception cref="CryptographicException">A record does not open with these keys.</exception>
    public byte[] Write(IReadOnlyList<StoredRecord> records)
    {
        var opened = records.Select(r => (r.Leaf, Record: Open(r))).ToArray();
        var first = opened.First(o => o.Record.Entry.Call is not null).Record.Entry;
        var policy = opened.Select(o => o.Record.Entry.Decision).FirstOrDefault(d => d is not null);
        var start = opened.Min(o => o.Record.Entry.OccurredAt);
        Line(json => WriteHeader(json, first.Call!, policy, start));
        foreach (var (leaf, record) in opened)
        {
            WriteEvents(leaf, record, start);
        }

        Line(json =>
        {
            json.WriteString("end", LeafFormat.Time(opened.Max(o => o.Record.Entry.OccurredAt)));
            json.WriteNumber("events", _events);
            json.WriteString("sha256_chain", Convert.ToHexStringLower(_chain));
        });
        return _lines.WrittenSpan.ToArray();
    }

    private OpenedRecord Open(StoredRecord record)
    {
        var facts = LeafFormat.Read(record.Leaf.Bytes);
        if (!Rfc6962.HashLeaf(record.Leaf.Bytes).ToArray().AsSpan().SequenceEqual(record.Leaf.Hash)
            || record.Header is null || Hash(record.Header) != facts.HeaderHash
            || record.Object is null || Hash(record.Object) != facts.ObjectHash)
        {
            throw new InvalidDataException($"record {record.Leaf.Index}: it is not the one that was logged. Run 'chaperone verify'.");
        }

        try
        {
            return _opener.Open(record.Header, record.Object);
        }
        catch (ShreddedException)
        {
            throw new UnreadableException($"Record {record.Leaf.Index} was shredded, facts and all: its session cannot be written any more. 'chaperone verify' still proves that it was.");
        }
        catch (CryptographicException e)
        {
            throw new CryptographicException($"record {record.Leaf.Index}: it does not open with these keys. {e.Message}", e);
        }
    }

    private static void WriteHeader(Utf8JsonWriter json, CallFacts call, DecisionFacts? policy, DateTimeOffset start)
    {
        json.WriteNumber("v", 1);
        json.WriteString("session", call.SessionId);
        json.WriteString("issuer", call.Principal.Issuer);
        json.WriteString("subject", call.Principal.Subject);
        json.WritePropertyName("principal");
        JsonSerializer.Serialize(json, call.Principal, JsonSerializerOptions.Web);
        json.WriteString("client", call.ClientName);
        json.WriteString("server", call.Server);
        json.WriteString("protocol", call.ProtocolVersion);
        json.WriteString("policy_bundle_sha256", policy?.PolicyDigest);
        json.WriteString("mask_profile", policy?.Masking);
        json.WriteString("start", LeafFormat.Time(start));
        json.WriteString("tz", "UTC");
    }

    private void WriteEvents(StoredLeaf leaf, OpenedRecord record, DateTimeOffset start)
    {
        if (record.Parts.Count == 0)
        {
            Line(json => WriteEvent(json, leaf, record.Entry, null, start, record.IsShredded));
        }

        foreach (var part in record.Parts)
        {
            Line(json => WriteEvent(json, leaf, record.Entry, part, start));
        }
    }

    private void WriteEvent(Utf8JsonWriter json, StoredLeaf leaf, RecordEntry entry, OpenedPart? part, DateTimeOffset start, bool isShredded = false)
    {
        json.WriteNumber("i", _events++);
        json.WriteNumber("dt_ms", (long)(entry.OccurredAt - start).TotalMilliseconds);
        json.WriteString("dir", Direction(entry, part));
        json.WriteString("kind", entry.Kind.ToString().ToLowerInvariant());
        if (entry.Call is { } call)
        {
            json.WriteString("call", call.CallId);
            json.WriteString("method", call.Method);
            json.WriteString("target", call.Target);
            json.WriteString("address", call.RemoteAddress);
        }

        if (entry.Decision is { } decision)
        {
            json.WriteString("effect", decision.Effect.ToString().ToLowerInvariant());
            json.WriteString("rule", decision.Rule);
        }

        if (entry.Outcome is { } outcome)
        {
            json.WriteString("status", outcome.Status.ToString().ToLowerInvariant());
            var left = IdentifiersLeft.Of(entry);
            json.WriteNumber("identifiers_masked", left.Masked);
            json.WriteNumber("identifiers_in_clear", left.Clear);
        }

        if (entry.Approval is { } approval)
        {
            json.WriteString("approval", approval.ApprovalId);
            json.WriteString("step", approval.Step);
        }

        if (isShredded)
        {
            json.WriteBoolean("shredded", true);
        }

        if (part is not null)
        {
            json.WriteString("part", part.Name);
            json.WriteString("media", part.MediaType);
            json.WriteString("body", Encoding.UTF8.GetString(part.Content));
            json.WriteString("sha256", Hash(part.Content));
            json.WriteBoolean("masked", true);
        }

        json.WriteStartObject("leaf");
        var log = YearLog.Of(logs, leaf.Index);
        json.WriteString("origin", log.OriginIn(origin));
        json.WriteNumber("index", leaf.Index - log.First);
        json.WriteString("hash", Convert.ToHexStringLower(leaf.Hash));
        json.WriteEndObject();
    }

    /// <summary>Who spoke to whom: client (c), gateway (g), upstream (u), or the gateway to itself (int).</summary>
    private static string Direction(RecordEntry entry, OpenedPart? part)
    {
        var fromServer = entry.Call?.Direction == CallDirection.FromServer;
        return part?.Name switch
        {
            "request_masked" => fromServer ? "u2g" : "c2g",
            "response_masked" => fromServer ? "g2u" : "g2c",
            _ => "int",
        };
    }

    private void Line(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        var bytes = line.ToArray();
        _chain = SHA256.HashData([.. _chain, .. bytes]);
        _lines.Write(bytes);
        _lines.Write("\n"u8);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
