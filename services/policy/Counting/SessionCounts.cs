using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Counting;

/// <summary>How often what a rule asks about happened in the session of a call, the call itself included.</summary>
internal sealed class SessionCounts(Func<CounterTerms, long?> find)
{
    /// <summary>Nothing is known: rules that restrict hold, rules that allow do not.</summary>
    public static SessionCounts Unknown { get; } = new(_ => null);

    /// <summary>Every counter stands at <paramref name="count"/>: for trying policies.</summary>
    public static SessionCounts All(long count) => new(_ => count);

    /// <summary>Whether <paramref name="terms"/> are over; <paramref name="wary"/> where that is not known.</summary>
    public bool IsOver(CounterTerms terms, bool wary) => find(terms) is { } count ? count > terms.Over : wary;
}
