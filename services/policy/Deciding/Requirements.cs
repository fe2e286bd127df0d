using Chaperone.Contracts;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>Puts a rule's terms into words for the approval room.</summary>
internal static class Requirements
{
    public static ApprovalRequirement Of(ApprovalTerms terms, PolicyDocument document)
    {
        ApprovalSeat[] seats = [.. terms.Seats.Select(s => new ApprovalSeat { Role = s.Role, Groups = document.Roles[s.Role].Groups, Approvals = s.People })];

        // What an approval room of before does not know must not make it easier there: without groups it lets nobody decide.
        var beyond = seats.Length > 1 || terms.ReasonRequired;
        return new ApprovalRequirement
        {
            Role = terms.Words,
            Groups = beyond ? [] : seats[0].Groups,
            Approvals = terms.People,
            ExpiresAfter = terms.Expires,
            Seats = beyond ? seats : [],
            ReasonRequired = terms.ReasonRequired,
            GrantUpTo = terms.Grant,
            RemindEvery = terms.Remind,
            Escalation = terms.EscalateAfter is { } after ? Escalation(after, terms.EscalateTo, document) : null,
        };
    }

    private static ApprovalEscalation Escalation(TimeSpan after, IReadOnlyList<string> roles, PolicyDocument document) => new()
    {
        After = after,
        Role = string.Join(", ", roles),
        Groups = [.. roles.SelectMany(r => document.Roles[r].Groups).Distinct(StringComparer.Ordinal)],
    };
}
