using Chaperone.Masking.Columns;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Schemas;

namespace Chaperone.Masking.Json;

/// <summary>What is known of a value from where it stands.</summary>
internal readonly record struct ContentPlace
{
    private readonly KeyRule? _rule;

    /// <summary>What its key says.</summary>
    public KeyRule Rule
    {
        get => _rule ?? KeyRule.Silent;
        init => _rule = value;
    }

    /// <summary>Its object is about a person.</summary>
    public bool Person { get; init; }

    /// <summary>It is inside a FHIR resource.</summary>
    public bool Fhir { get; init; }

    /// <summary>It is inside a FHIR <c>Coding</c> or <c>Quantity</c>: codes, their meaning, units.</summary>
    public bool Coded { get; init; }

    /// <summary>It is a text block, which may repeat <c>structuredContent</c>.</summary>
    public bool Twin { get; init; }

    /// <summary>Votes of the columns of the list that it stands in; null outside of lists.</summary>
    public ColumnVotes? Votes { get; init; }

    /// <summary>A list around it was asked already, and its columns agreed on nothing.</summary>
    public bool Asked { get; init; }

    /// <summary>Its key says plainly what it holds: things.</summary>
    public bool Plain { get; init; }

    /// <summary>Its column in that list.</summary>
    public ulong Column { get; init; }

    /// <summary>What the tool's output schema says about it.</summary>
    public SchemaPlace Schema { get; init; }
}
