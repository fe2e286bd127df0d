using Chaperone.Contracts;

namespace Chaperone.Masking;

/// <summary>What the masker is told about a message beside its bytes.</summary>
public sealed record MaskContext
{
    /// <summary>Method of the call that the message belongs to, e.g. <c>tools/call</c>; a message with a method of its own is read by that.</summary>
    public required string Method { get; init; }

    /// <summary>Whose surrogates <see cref="MaskingProfile.Session"/> writes.</summary>
    public Guid SessionId { get; init; }

    /// <summary>Server key of the policy file.</summary>
    public string Server { get; init; } = "";

    /// <summary>Tool, prompt or resource; null where the method has none.</summary>
    public string? Tool { get; init; }

    /// <summary>The tool's <c>outputSchema</c> as JSON text; null if unknown.</summary>
    public string? OutputSchema { get; init; }

    /// <summary>Classes of identifiers, by their names in the policy file, that the reader may see; empty for records and search.</summary>
    public IReadOnlyList<string> Exempt { get; init; } = [];

    /// <summary>The operator's own rules; null where there are none.</summary>
    public OwnMasking? Own { get; init; }

    /// <summary>Number of the approval that the gateway's own words name, e.g. <c>APR-9</c>, which would read as a date; it stays. Null in messages of others.</summary>
    public string? ApprovalId { get; init; }
}
