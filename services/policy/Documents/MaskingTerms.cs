namespace Chaperone.Policy.Documents;

/// <summary>How what comes back is masked.</summary>
/// <param name="Profile">Name of the profile.</param>
/// <param name="Exempt">Classes of identifiers that stay in clear, ordered, none twice.</param>
internal sealed record MaskingTerms(string Profile, string[] Exempt)
{
    /// <summary>Where nothing says otherwise.</summary>
    public static readonly MaskingTerms Strictest = new(MaskingProfile.Strictest, []);

    /// <summary>The stricter profile of two, and only what both exempt.</summary>
    public static MaskingTerms Stricter(MaskingTerms one, MaskingTerms other) => new(
        MaskingProfile.Stricter(one.Profile, other.Profile),
        one.Exempt.Length == 0 || other.Exempt.Length == 0 ? [] : [.. one.Exempt.Intersect(other.Exempt, StringComparer.Ordinal)]);
}
