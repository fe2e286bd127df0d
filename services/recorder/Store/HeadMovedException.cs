namespace Chaperone.Recorder.Store;

/// <summary>The compare-and-swap on the tree head was lost: another recorder appended first, or this one was fenced off.</summary>
internal sealed class HeadMovedException() : Exception("Another recorder moved the tree head.");
