namespace Chaperone.Recorder.Numbering;

/// <summary>Numbers <paramref name="From"/> to <paramref name="To"/> (both included) of one process life of an edge.</summary>
internal sealed record NumberRange(string Edge, long Epoch, long From, long To);
