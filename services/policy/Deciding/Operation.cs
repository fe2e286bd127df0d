using Chaperone.Contracts;

namespace Chaperone.Policy.Deciding;

/// <summary>Something that a message can ask for.</summary>
internal sealed record Operation
{
    /// <summary>Its place in <see cref="Operations.All"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The JSON-RPC method, or the edge's word for what has none.</summary>
    public required string Method { get; init; }

    /// <summary>Which way it travels.</summary>
    public required CallDirection Direction { get; init; }

    /// <summary>How it is permitted.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>What it acts on.</summary>
    public TargetKind Target { get; init; }

    /// <summary>The key of <c>params</c> that must repeat the call's target; null where there is none.</summary>
    public string? TargetKey { get; init; }

    /// <summary>True when <c>params.arguments</c> may hold arguments.</summary>
    public bool HasArguments { get; init; }
}
