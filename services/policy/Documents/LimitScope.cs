namespace Chaperone.Policy.Documents;

/// <summary>What a limit is counted for.</summary>
[Flags]
internal enum LimitScope
{
    /// <summary>All calls together.</summary>
    None = 0,

    /// <summary>Each person or service on its own.</summary>
    Principal = 1,

    /// <summary>Each OAuth client on its own.</summary>
    Client = 2,

    /// <summary>Each server on its own.</summary>
    Server = 4,

    /// <summary>Each tool, prompt or resource on its own.</summary>
    Target = 8,
}
