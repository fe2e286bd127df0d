using Chaperone.Policy.Circumstances;

namespace Chaperone.Policy.Documents;

/// <summary>A policy file that was read without a problem.</summary>
internal sealed record PolicyDocument
{
    /// <summary>Name of the main file, without its folder.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, or over all files of the policy, lower-case hex (<see cref="Reading.PolicyBundle.Digest"/>).</summary>
    public required string Digest { get; init; }

    /// <summary>By name; every one has at least one group.</summary>
    public required IReadOnlyDictionary<string, PolicyRole> Roles { get; init; }

    /// <summary>By key.</summary>
    public required IReadOnlyDictionary<string, PolicyServer> Servers { get; init; }

    /// <summary>In file order, which means nothing.</summary>
    public required IReadOnlyList<PolicyRule> Rules { get; init; }

    /// <summary>Who may break the glass; null where nobody may.</summary>
    public BreakGlassTerms? BreakGlass { get; init; }

    /// <summary>Whether any rule asks for the glass.</summary>
    public bool AsksForGlass => BreakGlass is not null && Rules.Any(r => Array.Exists(r.Match.Circumstances, c => c is BreakGlassCircumstance));

    /// <summary>The operator's own rules of masking.</summary>
    public IReadOnlyList<OwnRule> Identifiers { get; init; } = [];
}
