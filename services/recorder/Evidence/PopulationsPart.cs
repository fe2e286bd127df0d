using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary>The populations that auditors draw samples from, as CSV: decisions, outcomes, approvals, and what is done about the records themselves.</summary>
internal sealed class PopulationsPart : IEvidencePart
{
    private readonly EvidenceTotals _totals;
    private readonly CsvTable _decisions;
    private readonly CsvTable _outcomes;
    private readonly CsvTable _approvals;
    private readonly CsvTable _oversight;

    public PopulationsPart(EvidenceFolder folder, EvidenceTotals totals)
    {
        _totals = totals;
        _decisions = new CsvTable(
            folder.Create(EvidencePaths.Decisions),
            "leaf", "time", "call", "session", "user", "issuer", "source_address", "server", "method", "tool", "direction", "decision", "rule", "reason", "policy_sha256", "masking_profile",
            "masking_exempt", "break_glass");
        _outcomes = new CsvTable(
            folder.Create(EvidencePaths.Outcomes),
            "leaf", "time", "call", "session", "user", "server", "method", "tool", "status", "http_status", "identifiers_masked", "identifiers_in_clear", "identifier_types",
            "types_in_clear", "approval", "masking_profile");
        _approvals = new CsvTable(
            folder.Create(EvidencePaths.Approvals), "leaf", "time", "approval", "step", "channel", "call", "requested_by", "acted", "actor_issuer", "binding_sha256");
        _oversight = new CsvTable(
            folder.Create(EvidencePaths.Oversight), "leaf", "time", "kind", "source", "actor", "note");
    }

    public void Take(EvidenceRecord record)
    {
        _totals.Records++;
        _totals.Sealed += record.IsOpen ? 0 : 1;
        var entry = record.Entry;
        switch (entry.Kind)
        {
            case RecordKind.Intent:
                AddDecision(record);
                break;
            case RecordKind.Outcome:
                AddOutcome(record);
                break;
            case RecordKind.Approval:
                _totals.Approvals++;
                _approvals.Add(
                    CsvTable.Text(record.Index), LeafFormat.Time(entry.OccurredAt), entry.Approval?.ApprovalId, entry.Approval?.Step, entry.Approval?.Channel,
                    entry.Call?.CallId.ToString(), entry.Call?.Principal.Subject, entry.Actor?.Subject, entry.Actor?.Issuer, entry.Approval?.BindingDigest);
                break;
            default:
                AddOversight(record);
                break;
        }
    }

    public void Finish()
    {
        _decisions.Finish();
        _outcomes.Finish();
        _approvals.Finish();
        _oversight.Finish();
    }

    private void AddDecision(EvidenceRecord record)
    {
        var (entry, call, decision) = (record.Entry, record.Entry.Call, record.Entry.Decision);
        _totals.Decisions++;
        _totals.Denied += decision?.Effect == CallEffect.Deny ? 1 : 0;
        _totals.Held += decision?.Effect == CallEffect.Hold ? 1 : 0;
        _totals.UnderBreakGlass += decision?.BreakGlass is null ? 0 : 1;
        _decisions.Add(
            CsvTable.Text(record.Index), LeafFormat.Time(entry.OccurredAt), call?.CallId.ToString(), call?.SessionId.ToString(), call?.Principal.Subject, call?.Principal.Issuer,
            call?.RemoteAddress, record.Server, record.Method, record.Tool, call is null ? null : RecordHeader.Word(call.Direction),
            decision is null ? null : RecordHeader.Word(decision.Effect), decision?.Rule, decision?.Reason, decision?.PolicyDigest, decision?.Masking,
            string.Join(' ', decision?.Exempt ?? []), decision?.BreakGlass?.ToString());
    }

    private void AddOutcome(EvidenceRecord record)
    {
        var (entry, call, outcome) = (record.Entry, record.Entry.Call, record.Entry.Outcome);
        var left = IdentifiersLeft.Of(entry);
        _totals.Outcomes++;
        _totals.Answered += outcome?.Status == OutcomeStatus.Answered ? 1 : 0;
        _totals.Withheld += outcome?.Status == OutcomeStatus.Withheld ? 1 : 0;
        _totals.Masked += left.Masked;
        _totals.Clear += left.Clear;
        _outcomes.Add(
            CsvTable.Text(record.Index), LeafFormat.Time(entry.OccurredAt), call?.CallId.ToString(), call?.SessionId.ToString(), call?.Principal.Subject,
            record.Server, record.Method, record.Tool, outcome is null ? null : RecordHeader.Word(outcome.Status), CsvTable.Text(outcome?.HttpStatus),
            CsvTable.Text(left.Masked), CsvTable.Text(left.Clear), string.Join(' ', outcome?.Findings.Select(f => f.Type) ?? []), string.Join(' ', IdentifiersLeft.ClearTypes(entry)),
            outcome?.ApprovalId, entry.Decision?.Masking);
    }

    private void AddOversight(EvidenceRecord record)
    {
        var entry = record.Entry;
        _totals.Oversight++;
        _totals.Reviews += entry.Kind == RecordKind.Review ? 1 : 0;
        _totals.BreakGlassWindows += entry.Kind == RecordKind.Alarm && entry.Note?.Contains("\"break-glass-opened\"", StringComparison.Ordinal) == true ? 1 : 0;
        _totals.FailedReviews += entry.Kind == RecordKind.Review && entry.Note?.Contains("\"ok\":false", StringComparison.Ordinal) == true ? 1 : 0;
        _oversight.Add(CsvTable.Text(record.Index), LeafFormat.Time(entry.OccurredAt), RecordHeader.Word(entry.Kind), entry.Source, entry.Actor?.Subject, entry.Note);
    }
}
