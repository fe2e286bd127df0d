using Chaperone.Policy.Reading;

namespace Chaperone.Policy.Versions;

/// <summary>What one version of a policy changed in another, by names of rules, roles and servers; at most <see cref="Most"/> of each kind.</summary>
internal sealed record PolicyChanges(string[] Added, string[] Removed, string[] Changed)
{
    /// <summary>Most names that are told of each kind.</summary>
    public const int Most = 50;

    /// <summary>What <paramref name="next"/> changed in <paramref name="previous"/>; nothing where there was none.</summary>
    public static PolicyChanges Between(PolicyBundle? previous, PolicyBundle next)
    {
        if (previous is null)
        {
            return new PolicyChanges([], [], []);
        }

        var (before, after) = (PolicyParts.Of(previous), PolicyParts.Of(next));
        return new PolicyChanges(
            Names(after.Keys.Except(before.Keys, StringComparer.Ordinal)),
            Names(before.Keys.Except(after.Keys, StringComparer.Ordinal)),
            Names(after.Where(p => before.TryGetValue(p.Key, out var was) && was != p.Value).Select(p => p.Key)));
    }

    private static string[] Names(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal).Take(Most)];
}
