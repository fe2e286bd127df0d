namespace Chaperone.Policy.Circumstances;

/// <summary>Whether the caller has broken the glass: holds the role, and has a window open.</summary>
/// <param name="Window">The window; null where none is open.</param>
/// <param name="IsUnknown">True where it cannot be told now.</param>
internal readonly record struct Glass(Guid? Window, bool IsUnknown = false)
{
    /// <summary>No window is open.</summary>
    public static Glass Whole => default;

    /// <summary>It cannot be told.</summary>
    public static Glass Unknown => new(null, IsUnknown: true);
}
