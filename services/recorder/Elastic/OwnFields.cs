using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Elastic;

/// <summary>The fields under <c>chaperone</c> that ECS has no names for.</summary>
internal static class OwnFields
{
    private const int LongestNote = 1024;

    public static void Write(DocumentWriter document, RecordEntry entry)
    {
        // The contract keeps notes free of PHI; approvals' are sentences for people and stay in the ledger.
        if (entry.Note is { } note && entry.Kind is not RecordKind.Approval)
        {
            document.Text("note", DocumentWriter.Cut(note, LongestNote));
        }

        if (entry.Stamp is { } stamp)
        {
            document.Object("edge", () =>
            {
                document.Word("name", stamp.Edge);
                document.Number("epoch", stamp.Epoch);
                document.Number("number", stamp.Number);
            });
        }

        WriteCall(document, entry.Call);
        if (entry.Decision is { } decision)
        {
            document.Object("decision", () =>
            {
                document.Text("effect", RecordHeader.Word(decision.Effect));
                document.Text("break_glass", decision.BreakGlass?.ToString());
            });
        }

        WriteMasking(document, entry);
        WriteOutcome(document, entry.Outcome);
        WriteApproval(document, entry);
    }

    public static void WriteGap(DocumentWriter document, NumberRange gap) => document.Object("gap", () =>
    {
        document.Word("edge", gap.Edge);
        document.Number("epoch", gap.Epoch);
        document.Number("from", gap.From);
        document.Number("to", gap.To);
        document.Number("count", gap.To - gap.From + 1);
    });

    private static void WriteCall(DocumentWriter document, CallFacts? call)
    {
        if (call is null)
        {
            return;
        }

        document.Object("session", () => document.Text("id", call.SessionId.ToString()));
        document.Object("call", () =>
        {
            document.Text("id", call.CallId.ToString());
            document.Text("direction", RecordHeader.Word(call.Direction));
        });
        document.Object("client", () => document.Word("id", call.Principal.ClientId));
    }

    private static void WriteMasking(DocumentWriter document, RecordEntry entry)
    {
        if (entry.Decision is { } decision)
        {
            document.Object("mask", () =>
            {
                document.Word("profile", decision.Masking);
                document.Words("exempt", decision.Exempt);
                document.Number("count", entry.Outcome is null ? null : IdentifiersLeft.Of(entry).Masked);
            });
        }

        if (entry.Outcome is { Findings.Length: > 0 } outcome)
        {
            document.Object("phi", () =>
            {
                document.Words("types", outcome.Findings.Select(f => f.Type));
                document.Words("clear_types", IdentifiersLeft.ClearTypes(entry));
                document.Number("clear_count", IdentifiersLeft.Of(entry).Clear);
            });
        }
    }

    private static void WriteOutcome(DocumentWriter document, OutcomeFacts? outcome)
    {
        if (outcome is null)
        {
            return;
        }

        document.Object("outcome", () =>
        {
            document.Text("status", RecordHeader.Word(outcome.Status));
            document.Number("upstream_ms", outcome.UpstreamMilliseconds);
            document.Number("upstream_bytes", outcome.UpstreamBytes);
            document.Number("event_index", outcome.EventIndex);
            document.Word("approval_id", outcome.ApprovalId);
        });
    }

    private static void WriteApproval(DocumentWriter document, RecordEntry entry)
    {
        if (entry.Approval is not { } approval)
        {
            return;
        }

        document.Object("approval", () =>
        {
            document.Word("id", approval.ApprovalId);
            document.Word("step", approval.Step);
            document.Word("channel", approval.Channel);
            document.Word("binding", approval.BindingDigest);
            document.Word("grant_id", approval.GrantId);

            // From the held call's arrival: the same whenever and by whom the record is projected.
            if (entry.Call is { } call && (approval.Step is "approved" or "denied" or "expired"))
            {
                document.Number("latency_ms", Math.Max(0, (long)(entry.OccurredAt - call.ReceivedAt).TotalMilliseconds));
            }
        });
        document.Object("tool", () => document.Text("definition", ToolDefinition(entry)));
        if (entry.Actor is { } actor)
        {
            document.Object("actor", () =>
            {
                document.Word("id", actor.Subject);
                document.Word("name", actor.Name ?? actor.Subject);
                document.Word("domain", actor.Issuer);
            });
        }
    }

    /// <summary>The digest at the end of the note of a request for approval: a tool whose definition changed has another one.</summary>
    private static string? ToolDefinition(RecordEntry entry)
    {
        var digest = entry.Approval?.Step == "asked" ? entry.Note?.Split(' ')[^1] : null;
        return digest is { Length: 64 } && digest.All(char.IsAsciiHexDigitLower) ? digest : null;
    }
}
