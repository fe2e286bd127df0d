using Chaperone.Contracts;

namespace Chaperone.Policy.Documents;

/// <summary>Who may break the glass, for how long, and who reviews it.</summary>
internal sealed record BreakGlassTerms
{
    /// <summary>Longest window that a file may allow.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>Longest window where the file says nothing.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(60);

    /// <summary>Groups of the roles that may open a window; never empty.</summary>
    public required string[] OpenerGroups { get; init; }

    /// <summary>Groups of the roles that may review one; never empty.</summary>
    public required string[] ReviewerGroups { get; init; }

    /// <summary>Longest window, 1 min to <see cref="Longest"/>.</summary>
    public required TimeSpan AtMost { get; init; }

    /// <summary>After how long a window that nobody has reviewed is overdue.</summary>
    public required TimeSpan ReviewWithin { get; init; }

    /// <summary>Whether the person may open a window. A program never may: nobody could be asked why.</summary>
    public bool MayOpen(Principal person) => !person.IsService && IsIn(OpenerGroups, person);

    /// <summary>Whether the person may review windows of others.</summary>
    public bool MayReview(Principal person) => !person.IsService && IsIn(ReviewerGroups, person);

    private static bool IsIn(string[] groups, Principal person) => Array.Exists(groups, g => Array.IndexOf(person.Groups, g) >= 0);
}
