namespace Chaperone.Recorder.Keys;

/// <summary>
/// The root of the keys cannot be reached, or refuses: nothing is known of the keys themselves, so nothing may be skipped or given up
/// for it. The message names it and the remedy.
/// </summary>
internal sealed class RootAwayException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>True where the root answers and only refuses this wrapped key, e.g. for its version; it may well open others.</summary>
    public bool IsOfKey { get; init; }
}
