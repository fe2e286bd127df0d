using Chaperone.Bus.Sealing;
using Chaperone.Console.Web;
using Chaperone.Contracts;

namespace Chaperone.Console.Replay;

/// <summary>Turns records into the steps a reader follows.</summary>
internal static class Timeline
{
    /// <summary>All records of a page, with the time that each answer took where its request is on the page.</summary>
    public static TimelineStep[] Steps(IReadOnlyList<TranscriptEntry> entries, IPayloadSeal seal)
    {
        var asked = new Dictionary<Guid, DateTimeOffset>();
        foreach (var entry in entries.Select(e => e.Entry))
        {
            if (entry is { Kind: RecordKind.Intent, Call: { } call })
            {
                asked.TryAdd(call.CallId, call.ReceivedAt);
            }
        }

        return [.. entries.Select(e => Step(e, seal, e.Entry.Call is { } call && asked.TryGetValue(call.CallId, out var at) ? at : null))];
    }

    /// <param name="source">The record.</param>
    /// <param name="seal">Opens its parts.</param>
    /// <param name="asked">When the gateway had the call that it belongs to; null if that is not known.</param>
    public static TimelineStep Step(TranscriptEntry source, IPayloadSeal seal, DateTimeOffset? asked = null)
    {
        var entry = source.Entry;
        var (from, to) = PartiesOf(entry);
        return new TimelineStep
        {
            Index = source.Index,
            LeafHash = source.LeafHash,
            EventId = entry.EventId,
            Kind = entry.Kind,
            From = from,
            To = to,
            Took = TookOf(entry, asked),
            SealedParts = source.SealedParts,
            Problem = source.Problem,
            At = entry.OccurredAt,
            Tone = ToneOf(entry),
            Direction = DirectionOf(entry),
            Title = TitleOf(entry),
            Decision = entry.Kind == RecordKind.Intent ? entry.Decision : null,
            Outcome = entry.Outcome,
            Approval = entry.Approval,
            Actor = entry.Actor,
            Note = entry.Note,
            CallMark = entry.Call?.CallId.ToString("N")[^8..],

            // The recorder sends masked parts only; what does not say that it is masked is not shown all the same.
            Parts = [.. entry.Parts.Where(p => p.Searchable).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (NameOf(p.Name), PayloadText.Open(seal, p.Content, entry.EventId)))],
        };
    }

    private static (Party? From, Party? To) PartiesOf(RecordEntry entry) => entry.Kind switch
    {
        RecordKind.Intent => (entry.Call?.Direction, entry.Decision?.Effect) switch
        {
            (CallDirection.FromServer, CallEffect.Allow) => (Party.Server, Party.Client),
            (CallDirection.FromServer, _) => (Party.Server, Party.Gateway),
            (_, CallEffect.Allow) => (Party.Client, Party.Server),
            _ => (Party.Client, Party.Gateway),
        },
        RecordKind.Outcome => (entry.Outcome?.Status, entry.Call?.Direction) switch
        {
            (OutcomeStatus.Answered, CallDirection.FromServer) => (Party.Client, Party.Server),
            (OutcomeStatus.Answered, _) => (Party.Server, Party.Client),
            _ => (Party.Gateway, Party.Client),
        },
        RecordKind.Approval => entry.Approval switch
        {
            { Step: "released" } => (Party.Gateway, Party.Server),
            { Channel: not null } => (Party.Approver, Party.Gateway),
            _ => (Party.Gateway, Party.Approver),
        },
        RecordKind.Review or RecordKind.Reveal or RecordKind.Export => (null, null),
        _ => (Party.Gateway, Party.Gateway),
    };

    /// <summary>The clocks of rooms differ a little: what came out negative is not said.</summary>
    private static string? TookOf(RecordEntry entry, DateTimeOffset? asked)
    {
        if (asked is not { } start || entry.OccurredAt < start)
        {
            return null;
        }

        var whole = Say.Span(entry.OccurredAt - start);
        return entry switch
        {
            { Kind: RecordKind.Intent } => $"decided in {whole}",
            { Kind: RecordKind.Outcome, Outcome.UpstreamMilliseconds: { } server } when server <= (entry.OccurredAt - start).TotalMilliseconds =>
                $"{whole} after the request: the server took {Say.Span(TimeSpan.FromMilliseconds(server))}, the gateway and waiting {Say.Span(entry.OccurredAt - start - TimeSpan.FromMilliseconds(server))}",
            { Kind: RecordKind.Outcome or RecordKind.Approval } => $"{whole} after the request",
            _ => null,
        };
    }

    private static string ToneOf(RecordEntry entry) => entry switch
    {
        { Kind: RecordKind.Intent, Decision.Effect: CallEffect.Allow } => "allow",
        { Kind: RecordKind.Intent, Decision.Effect: CallEffect.Hold } => "hold",
        { Kind: RecordKind.Intent } => "deny",
        { Kind: RecordKind.Outcome, Outcome.Status: OutcomeStatus.Answered } => "answer",
        { Kind: RecordKind.Outcome, Outcome.Status: OutcomeStatus.Pending } => "hold",
        { Kind: RecordKind.Outcome } => "deny",
        { Kind: RecordKind.Approval, Approval.Step: "approved" or "released" } => "allow",
        { Kind: RecordKind.Approval, Approval.Step: "denied" or "expired" or "refused" } => "deny",
        { Kind: RecordKind.Approval } => "hold",
        { Kind: RecordKind.Gap or RecordKind.Void or RecordKind.Alarm } => "deny",
        { Kind: RecordKind.Review or RecordKind.Reveal or RecordKind.Export } => "person",
        _ => "note",
    };

    private static string DirectionOf(RecordEntry entry) => entry.Kind switch
    {
        RecordKind.Intent => (entry.Call?.Direction, entry.Decision?.Effect) switch
        {
            (CallDirection.FromServer, CallEffect.Allow) => "server → client",
            (CallDirection.FromServer, _) => "server → gateway",
            (_, CallEffect.Allow) => "client → server",
            _ => "client → gateway",
        },
        RecordKind.Outcome => entry.Outcome?.Status switch
        {
            not OutcomeStatus.Answered => "gateway → client",
            _ => entry.Call?.Direction == CallDirection.FromServer ? "client → server" : "server → client",
        },
        RecordKind.Approval when entry.Approval?.Channel is not null => entry.Actor is null ? "gateway → approvers" : "approver → gateway",
        RecordKind.Review or RecordKind.Reveal or RecordKind.Export => "reader",
        _ => "gateway",
    };

    /// <summary>What a record tells of, in a few words.</summary>
    public static string TitleOf(RecordEntry entry) => entry.Kind switch
    {
        RecordKind.Intent => CallOf(entry),
        RecordKind.Outcome when entry.Outcome?.EventIndex is { } number => $"Event {number} of {CallOf(entry)}",
        RecordKind.Outcome => $"Answer to {CallOf(entry)}",
        RecordKind.Approval => $"{entry.Approval?.ApprovalId ?? "Approval"} {entry.Approval?.Step}",
        RecordKind.Session => "Session",
        RecordKind.Configuration => "Configuration changed",
        RecordKind.Review => "Reviewed",
        RecordKind.Export => "Exported",
        RecordKind.Reveal => "Sealed content shown",
        RecordKind.Gap => "Messages missing",
        RecordKind.Heartbeat => "Edge alive",
        RecordKind.Void => "Failed on the way, nothing was served",
        RecordKind.Alarm => "Alarm",
        _ => entry.Kind.ToString(),
    };

    private static string CallOf(RecordEntry entry) =>
        entry.Call is null ? "a call" : entry.Call.Target is { } target ? $"{entry.Call.Method} {target}" : entry.Call.Method;

    /// <summary>A part's name in words.</summary>
    public static string NameOf(string part) => part switch
    {
        "request_masked" => "Request, masked",
        "response_masked" => "Answer, masked",
        "request_raw" => "Request as it came",
        "reason" => "Reason",
        _ => part,
    };
}
