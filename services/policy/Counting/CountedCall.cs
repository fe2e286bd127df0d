using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Counting;

/// <summary>A call that was counted.</summary>
/// <param name="Terms">What was asked.</param>
/// <param name="Events">What was counted for each.</param>
/// <param name="Counts">How many there are now, for each; null when they could not be counted.</param>
internal sealed record CountedCall(IReadOnlyList<CounterTerms> Terms, IReadOnlyList<CounterEvent> Events, IReadOnlyList<long>? Counts)
{
    /// <summary>What rules may ask.</summary>
    public SessionCounts Session => Counts is null ? SessionCounts.Unknown : new SessionCounts(Find);

    private long? Find(CounterTerms terms)
    {
        for (var i = 0; i < Terms.Count; i++)
        {
            if (ReferenceEquals(Terms[i], terms))
            {
                return Counts![i];
            }
        }

        return null;
    }
}
