namespace Chaperone.Policy.Limits;

/// <summary>What a limit counts.</summary>
internal enum LimitKind
{
    /// <summary>Calls in a minute.</summary>
    Calls = 0,

    /// <summary>Rows that come back in an hour.</summary>
    Rows = 1,

    /// <summary>Bytes that come back in an hour.</summary>
    Bytes = 2,

    /// <summary>Calls under way at once.</summary>
    Slots = 3,
}
