using Chaperone.Contracts;

namespace Chaperone.Cli.Policies;

/// <summary>Who has to approve a held call, in a line.</summary>
internal static class ApprovalWords
{
    public static string Of(ApprovalRequirement needed)
    {
        var who = string.Join(" and ", needed.AllSeats().Select(s => $"{s.Approvals} of {s.Role} ({string.Join(", ", s.Groups)})"));
        string?[] more =
        [
            needed.ReasonRequired ? "a yes needs a reason" : null,
            needed.GrantUpTo is { } grant ? $"may hold for further calls up to {Say(grant)}" : null,
            needed.RemindEvery is { } remind ? $"reminded every {Say(remind)}" : null,
            needed.Escalation is { } escalation ? $"after {Say(escalation.After)} also {escalation.Role} ({string.Join(", ", escalation.Groups)})" : null,
        ];
        return $"Needs: {who}, within {Say(needed.ExpiresAfter)}{string.Concat(more.Where(m => m is not null).Select(m => $"; {m}"))}.";
    }

    private static string Say(TimeSpan length)
    {
        var hours = (int)length.TotalHours;
        return $"{(hours > 0 ? $"{hours}h" : "")}{(length.Minutes > 0 ? $"{length.Minutes}m" : "")}{(length.Seconds > 0 ? $"{length.Seconds}s" : "")}";
    }
}
