using Chaperone.Contracts;

namespace Chaperone.Recorder.Disclosures;

/// <summary>Identifiers that were found in an answer, by how they left with it. The record's own text is masked by safe-harbor either way.</summary>
/// <param name="Masked">Masked wholly, as tokens or in part, as the profile says; also those of an answer that did not leave.</param>
/// <param name="Clear">In the clear: the rule exempts their class, or its profile masks nothing.</param>
internal readonly record struct IdentifiersLeft(long Masked, long Clear)
{
    /// <summary>Those of one record; none where it is no outcome.</summary>
    public static IdentifiersLeft Of(RecordEntry entry)
    {
        var (masked, clear) = (0L, 0L);
        foreach (var finding in entry.Outcome?.Findings ?? [])
        {
            masked += IsClear(finding.Type, entry) ? 0 : finding.Count;
            clear += IsClear(finding.Type, entry) ? finding.Count : 0;
        }

        return new IdentifiersLeft(masked, clear);
    }

    /// <summary>The classes that left in the clear.</summary>
    public static IEnumerable<string> ClearTypes(RecordEntry entry) => (entry.Outcome?.Findings ?? []).Select(f => f.Type).Where(t => IsClear(t, entry));

    private static bool IsClear(string type, RecordEntry entry) =>
        entry.Outcome is { Status: OutcomeStatus.Answered or OutcomeStatus.Cancelled } && DisclosureList.FormOf(type, entry.Decision) == DisclosedForm.Clear;
}
