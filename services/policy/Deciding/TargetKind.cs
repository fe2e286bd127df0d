namespace Chaperone.Policy.Deciding;

/// <summary>What an operation acts on.</summary>
internal enum TargetKind
{
    /// <summary>Nothing that rules can name.</summary>
    None = 0,

    /// <summary>A tool.</summary>
    Tool = 1,

    /// <summary>A prompt.</summary>
    Prompt = 2,

    /// <summary>A resource.</summary>
    Resource = 3,
}
