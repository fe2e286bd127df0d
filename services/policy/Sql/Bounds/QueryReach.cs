using System.Collections.Frozen;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>What a query hands out, and what its outputs are.</summary>
internal sealed record QueryReach(Reach Reach)
{
    /// <summary>Outputs, lower case, of which one value bounds all PHI that comes out.</summary>
    public FrozenSet<string> Keys { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Outputs, lower case, that number the rows from 1 on, each row of at most one person.</summary>
    public FrozenSet<string> Numbers { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Names of the outputs in order, and what each says of a person; null where they are not known.</summary>
    public IReadOnlyList<(string Name, ColumnNature Nature)>? Columns { get; init; }

    /// <summary>True when an aggregate within packs rows of the query around it.</summary>
    public bool PacksOuter { get; init; }
}
