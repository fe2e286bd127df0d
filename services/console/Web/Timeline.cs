using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Console.Web;

/// <summary>Turns records into the steps a reader follows.</summary>
internal static class Timeline
{
    public static TimelineStep Step(TranscriptEntry source, IPayloadSeal seal)
    {
        var entry = source.Entry;
        return new TimelineStep
        {
            Index = source.Index,
            LeafHash = source.LeafHash,
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
        { Kind: RecordKind.Gap or RecordKind.Void } => "deny",
        { Kind: RecordKind.Review or RecordKind.Reveal or RecordKind.Export } => "person",
        _ => "note",
    };

    private static string DirectionOf(RecordEntry entry) => entry.Kind switch
    {
        RecordKind.Intent => entry.Call?.Direction == CallDirection.FromServer ? "server → client" : "client → server",
        RecordKind.Outcome => entry.Outcome?.Status switch
        {
            not OutcomeStatus.Answered => "gateway → client",
            _ => entry.Call?.Direction == CallDirection.FromServer ? "client → server" : "server → client",
        },
        RecordKind.Approval when entry.Approval?.Channel is not null => entry.Actor is null ? "gateway → approvers" : "approver → gateway",
        RecordKind.Review or RecordKind.Reveal or RecordKind.Export => "reader",
        _ => "gateway",
    };

    private static string TitleOf(RecordEntry entry) => entry.Kind switch
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
        _ => entry.Kind.ToString(),
    };

    private static string CallOf(RecordEntry entry) =>
        entry.Call is null ? "a call" : entry.Call.Target is { } target ? $"{entry.Call.Method} {target}" : entry.Call.Method;

    private static string NameOf(string part) => part switch
    {
        "request_masked" => "Request, masked",
        "response_masked" => "Answer, masked",
        _ => part,
    };
}
