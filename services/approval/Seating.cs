using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>
/// Who sits where: each yes takes one place of one role, and nobody sits twice, whatever groups they are in. The largest
/// seating is found by augmenting paths (bipartite matching), so that a person who fits two roles never keeps a place from
/// somebody who fits one only.
/// </summary>
internal static class Seating
{
    /// <summary>Whether this person may answer at all, at this time.</summary>
    public static bool MayAnswer(ApprovalCase about, Principal person, DateTimeOffset at) =>
        about.Requirement.AllSeats().Any(seat => Fits(about, seat, person, at));

    /// <summary>Whether every place is taken.</summary>
    public static bool IsFull(ApprovalCase about) =>
        Taken(about, Yes(about)).Sum() >= Places(about).Length && about.Votes.Count(v => v.Approve) >= about.Requirement.Approvals;

    /// <summary>Whether a yes of this person fills one place more. Where it does not, it never will: others only take more places.</summary>
    public static bool Helps(ApprovalCase about, Principal person, DateTimeOffset at)
    {
        var yes = Yes(about);
        return Taken(about, [.. yes, (person, at)]).Sum() > Taken(about, yes).Sum();
    }

    /// <summary>How many places of each role are taken.</summary>
    public static IReadOnlyList<(ApprovalSeat Seat, int Taken)> Standing(ApprovalCase about)
    {
        var taken = Taken(about, Yes(about));
        return [.. about.Requirement.AllSeats().Select((seat, i) => (seat, taken[i]))];
    }

    /// <summary>E.g. <c>1 of 1 by role privacy, 0 of 2 by role clinicians</c>.</summary>
    public static string Words(ApprovalCase about) =>
        string.Join(", ", Standing(about).Select(s => $"{s.Taken} of {s.Seat.Approvals} by role {s.Seat.Role}"));

    /// <summary>Whether other roles are asked by now.</summary>
    public static bool IsEscalated(ApprovalCase about, DateTimeOffset at) =>
        about.Requirement.Escalation is { } escalation && at >= about.RequestedAt + escalation.After;

    private static (Principal Person, DateTimeOffset At)[] Yes(ApprovalCase about) =>
        [.. about.Votes.Where(v => v.Approve).Select(v => (v.Decider, v.DecidedAt))];

    private static bool Fits(ApprovalCase about, ApprovalSeat seat, Principal person, DateTimeOffset at) =>
        seat.Groups.Intersect(person.Groups, StringComparer.Ordinal).Any()
        || (IsEscalated(about, at) && about.Requirement.Escalation!.Groups.Intersect(person.Groups, StringComparer.Ordinal).Any());

    /// <summary>One entry for each place: the number of its seat.</summary>
    private static int[] Places(ApprovalCase about) =>
        [.. about.Requirement.AllSeats().SelectMany((seat, i) => Enumerable.Repeat(i, Math.Max(1, seat.Approvals)))];

    private static int[] Taken(ApprovalCase about, (Principal Person, DateTimeOffset At)[] people)
    {
        var seats = about.Requirement.AllSeats();
        var places = Places(about);
        var fits = people.Select(p => seats.Select(seat => Fits(about, seat, p.Person, p.At)).ToArray()).ToArray();
        var sits = Enumerable.Repeat(-1, places.Length).ToArray();
        for (var person = 0; person < people.Length; person++)
        {
            Seat(person, new bool[places.Length]);
        }

        var taken = new int[seats.Length];
        for (var place = 0; place < places.Length; place++)
        {
            taken[places[place]] += sits[place] < 0 ? 0 : 1;
        }

        return taken;

        bool Seat(int person, bool[] tried)
        {
            for (var place = 0; place < places.Length; place++)
            {
                if (tried[place] || !fits[person][places[place]])
                {
                    continue;
                }

                tried[place] = true;
                if (sits[place] < 0 || Seat(sits[place], tried))
                {
                    sits[place] = person;
                    return true;
                }
            }

            return false;
        }
    }
}
