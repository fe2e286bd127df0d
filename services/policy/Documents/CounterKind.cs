namespace Chaperone.Policy.Documents;

/// <summary>What is counted in a session.</summary>
internal enum CounterKind
{
    /// <summary>Calls that were let pass or held.</summary>
    Calls = 0,

    /// <summary>Different values of an argument in them.</summary>
    Distinct = 1,

    /// <summary>Calls that were refused.</summary>
    Denials = 2,
}
