using System.Net;
using Chaperone.Contracts;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Elastic;

/// <summary>
/// One record as the SOC reads it: who, what, when, decided how, how it ended. No bodies, no words of a person, and words
/// that callers choose only where they look like plain names (invariant 4).
/// </summary>
/// <param name="origin">Origin of the ledger.</param>
/// <param name="hours">Tells after-hours access.</param>
internal sealed class AuditDocument(string origin, WorkingHours hours)
{
    /// <summary>The stream that a record of this kind goes to.</summary>
    public static string DatasetOf(RecordKind kind) =>
        kind is RecordKind.Configuration or RecordKind.Review or RecordKind.Export or RecordKind.Reveal ? ElasticDatasets.Control : ElasticDatasets.Audit;

    /// <summary>The document of a record that opened; <paramref name="parts"/> is the number of its masked parts.</summary>
    public ReadOnlyMemory<byte> Write(long index, string hash, RecordEntry entry, int parts)
    {
        using var document = new DocumentWriter(entry.OccurredAt, DatasetOf(entry.Kind));
        WriteEvent(document, index, hash, entry);
        WritePeople(document, entry);
        if (entry.Call is { } call)
        {
            WriteCall(document, call);
        }

        WriteDecision(document, entry);
        WriteOutcome(document, entry.Outcome);
        document.Object("observer", () =>
        {
            document.Text("type", "mcp-gateway");
            document.Text("product", "chaperone");
            document.Word("name", entry.Stamp?.Edge);
        });
        document.Object("chaperone", () => WriteOwn(document, entry, parts));
        return document.Finish();
    }

    /// <summary>The document of a record that does not open: what its leaf says.</summary>
    public ReadOnlyMemory<byte> WriteUnreadable(long index, string hash, LeafFacts leaf, DateTimeOffset at)
    {
        using var document = new DocumentWriter(at, DatasetOf(leaf.Kind));
        document.Object("event", () =>
        {
            WriteIdentity(document, index, hash, leaf.EventId, "pipeline_error");
            document.Text("action", "unreadable-record");
            document.Text("outcome", "failure");
        });
        document.Object("chaperone", () =>
        {
            WriteRecord(document, leaf.Kind, readable: false);
            document.Object("log", () => document.Text("origin", origin));
            document.Object("session", () => document.Text("id", leaf.SessionId?.ToString()));
        });
        return document.Finish();
    }

    private static void WriteIdentity(DocumentWriter document, long index, string hash, Guid id, string kind)
    {
        document.Text("id", id.ToString());
        document.Number("sequence", index);
        document.Text("hash", hash);
        document.Text("kind", kind);
        document.Text("module", "chaperone");
        document.Text("dataset", document.Dataset);
    }

    private static void WriteEvent(DocumentWriter document, long index, string hash, RecordEntry entry) => document.Object("event", () =>
    {
        var words = EventWords.Of(entry);
        WriteIdentity(document, index, hash, entry.EventId, words.Kind);
        document.Words("category", [words.Category]);
        document.Words("type", words.Types);
        document.Word("action", words.Action);
        document.Text("outcome", words.Outcome);
        document.Word("reason", entry.Decision?.Reason);
        document.Word("provider", entry.Source);
        if (entry is { Kind: RecordKind.Outcome, Call: { } call } && entry.OccurredAt >= call.ReceivedAt)
        {
            document.Text("start", LeafFormat.Time(call.ReceivedAt));
            document.Number("duration", (entry.OccurredAt - call.ReceivedAt).Ticks * 100);
        }
    });

    private static void WritePeople(DocumentWriter document, RecordEntry entry)
    {
        var person = entry.Call?.Principal ?? entry.Actor;
        if (person is null)
        {
            return;
        }

        document.Object("user", () => WritePerson(document, person));
        document.Object("related", () =>
        {
            document.Words("user", [person.Subject, person.Name, entry.Actor?.Subject, entry.Actor?.Name]);
            if (Address(entry.Call) is { } address)
            {
                document.Words("ip", [address]);
            }
        });
    }

    private static void WritePerson(DocumentWriter document, Principal person)
    {
        document.Word("id", person.Subject);
        document.Word("name", person.Name ?? person.Subject);
        document.Word("domain", person.Issuer);
        document.Word("email", person.Email);
        document.Words("roles", person.Groups);
    }

    private static void WriteCall(DocumentWriter document, CallFacts call)
    {
        var target = PlainNames.TargetOrNull(call.Method, call.Target);
        var client = PlainNames.OrNull(call.ClientName?.Replace(' ', '-'));
        document.Object("service", () => document.Word("name", PlainNames.OrNull(call.Server)));
        document.Object("mcp", () =>
        {
            document.Object("method", () => document.Word("name", PlainNames.OrNull(call.Method)));
            document.Object("protocol", () => document.Word("version", PlainNames.OrNull(call.ProtocolVersion)));
        });
        document.Object("gen_ai", () =>
        {
            document.Object("agent", () => document.Word("name", client));
            document.Object("tool", () => document.Word("name", call.Method.StartsWith("tools/", StringComparison.Ordinal) ? target : null));
            document.Object("prompt", () => document.Word("name", call.Method.StartsWith("prompts/", StringComparison.Ordinal) ? target : null));
        });
        document.Object("jsonrpc", () => document.Object("request", () => document.Word("id", PlainNames.OrNull(call.RequestId?.Trim('"')))));
        if (Address(call) is { } address)
        {
            document.Object("source", () => document.Text("ip", address));
        }

        if (call.TraceParent?.Split('-') is [_, { Length: 32 } trace, ..] && trace.All(char.IsAsciiHexDigitLower))
        {
            document.Object("trace", () => document.Text("id", trace));
        }
    }

    private static void WriteDecision(DocumentWriter document, RecordEntry entry)
    {
        if (entry.Decision is { } decision)
        {
            document.Object("rule", () =>
            {
                document.Word("name", decision.Rule);
                document.Word("version", decision.PolicyDigest);
            });
        }
    }

    private static void WriteOutcome(DocumentWriter document, OutcomeFacts? outcome)
    {
        if (outcome is null)
        {
            return;
        }

        document.Object("http", () => document.Object("response", () => document.Number("status_code", outcome.HttpStatus)));
        if (outcome.ErrorCode is { } code)
        {
            document.Object("error", () => document.Text("code", code.ToString()));
        }
    }

    private void WriteOwn(DocumentWriter document, RecordEntry entry, int parts)
    {
        WriteRecord(document, entry.Kind, readable: true);
        document.Object("log", () => document.Text("origin", origin));
        var (hour, day) = hours.Local(entry.OccurredAt);
        document.Object("time", () =>
        {
            document.Number("hour", hour);
            document.Text("weekday", day.ToString());
            document.Flag("after_hours", hours.IsAfterHours(entry.OccurredAt));
        });
        document.Object("content", () => document.Number("parts", parts));
        OwnFields.Write(document, entry);
        if (entry.Kind == RecordKind.Gap && NumberingNotes.ReadGap(entry.Note) is { } gap)
        {
            OwnFields.WriteGap(document, gap);
        }
    }

    private static void WriteRecord(DocumentWriter document, RecordKind kind, bool readable) => document.Object("record", () =>
    {
        document.Text("kind", RecordHeader.Word(kind));
        document.Flag("readable", readable);
    });

    private static string? Address(CallFacts? call) => IPAddress.TryParse(call?.RemoteAddress, out var address) ? address.ToString() : null;
}
