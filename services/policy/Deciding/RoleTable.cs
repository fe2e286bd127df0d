using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>Numbers the roles, so that what a caller has is a set of bits.</summary>
internal sealed class RoleTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _byGroup = new(StringComparer.Ordinal);

    public RoleTable(IEnumerable<PolicyRole> roles)
    {
        var byGroup = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var role in roles)
        {
            var number = _numbers.Count;
            _numbers.Add(role.Name, number);
            foreach (var group in role.Groups)
            {
                byGroup.TryAdd(group, []);
                byGroup[group].Add(number);
            }
        }

        foreach (var (group, numbers) in byGroup)
        {
            _byGroup.Add(group, [.. numbers]);
        }

        Words = (_numbers.Count + 63) / 64;
    }

    /// <summary>How many words a set takes: at most 16.</summary>
    public int Words { get; }

    public int NumberOf(string role) => _numbers[role];

    /// <summary>Sets the bits of all roles that <paramref name="groups"/> give.</summary>
    public void Mark(string[] groups, Span<ulong> roles)
    {
        foreach (var group in groups)
        {
            if (group is not null && _byGroup.TryGetValue(group, out var numbers))
            {
                foreach (var number in numbers)
                {
                    roles[number >> 6] |= 1UL << (number & 63);
                }
            }
        }
    }

    public static bool Has(ReadOnlySpan<ulong> roles, int number) => (roles[number >> 6] & (1UL << (number & 63))) != 0;
}
