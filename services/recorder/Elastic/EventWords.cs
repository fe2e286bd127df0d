using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Elastic;

/// <summary>How a record is classed in ECS: kind, category, type, action and outcome of the event.</summary>
/// <param name="Kind"><c>event</c>, <c>alert</c> or <c>state</c>.</param>
/// <param name="Category">ECS category.</param>
/// <param name="Types">ECS types that the category allows.</param>
/// <param name="Action">The MCP method, or what happened.</param>
/// <param name="Outcome"><c>success</c>, <c>failure</c> or <c>unknown</c>.</param>
internal sealed record EventWords(string Kind, string Category, IReadOnlyList<string> Types, string Action, string Outcome)
{
    public static EventWords Of(RecordEntry entry) => entry.Kind switch
    {
        RecordKind.Intent => new("event", "api", ["access", Decided(entry.Decision?.Effect)], Method(entry), Succeeded(entry.Decision?.Effect)),
        RecordKind.Outcome => new("event", "api", ["access", "end"], Method(entry), Ended(entry.Outcome?.Status)),
        RecordKind.Approval => new("event", "api", ["admin", Answered(entry.Approval?.Step)], $"approval-{entry.Approval?.Step}", "success"),
        RecordKind.Session => new("event", "session", ["info"], "session", "success"),
        RecordKind.Configuration => new("event", "configuration", ["change"], "configuration", "success"),
        RecordKind.Gap => new("alert", "api", ["info"], "gap", "failure"),
        RecordKind.Heartbeat => new("state", "api", ["info"], "heartbeat", "success"),
        RecordKind.Void => new("event", "api", ["end"], "void", "failure"),
        RecordKind.Alarm => new("alert", "configuration", ["info"], "alarm", "failure"),
        _ => new("event", "api", ["access"], RecordHeader.Word(entry.Kind), "success"),
    };

    private static string Method(RecordEntry entry) => PlainNames.OrNull(entry.Call?.Method) ?? "unknown-method";

    private static string Decided(CallEffect? effect) => effect switch
    {
        CallEffect.Allow => "allowed",
        CallEffect.Hold => "info",
        _ => "denied",
    };

    private static string Succeeded(CallEffect? effect) => effect switch
    {
        CallEffect.Allow => "success",
        CallEffect.Hold => "unknown",
        _ => "failure",
    };

    private static string Ended(OutcomeStatus? status) => status switch
    {
        OutcomeStatus.Answered => "success",
        OutcomeStatus.Pending or OutcomeStatus.Cancelled => "unknown",
        _ => "failure",
    };

    private static string Answered(string? step) => step switch
    {
        "approved" or "released" => "allowed",
        "denied" or "refused" => "denied",
        _ => "info",
    };
}
