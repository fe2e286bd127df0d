using System.Collections.Concurrent;

namespace Chaperone.Policy.Deciding;

/// <summary>How many calls each rule decided since this worker started. Thread-safe.</summary>
internal sealed class RuleHits
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts a call that <paramref name="rule"/> decided. Rules are named by the policy, so there are not many.</summary>
    public void Add(string rule) => _counts.AddOrUpdate(rule, 1, static (_, count) => count + 1);

    /// <summary>How many <paramref name="rule"/> decided.</summary>
    public long Of(string rule) => _counts.GetValueOrDefault(rule);
}
