namespace Chaperone.Policy.Documents;

/// <summary>How a server's tools are held to what they were; the default is zero.</summary>
internal enum PinningMode
{
    /// <summary>What its first list shows is accepted; whatever is new or changed afterwards waits for an admin.</summary>
    FirstUse,

    /// <summary>Every definition waits for an admin.</summary>
    Strict,

    /// <summary>Tools may change as they like.</summary>
    Off,
}
