namespace Chaperone.Policy.Cases;

/// <summary>The time that a trial has.</summary>
internal readonly struct TrialClock(TimeProvider time, long start)
{
    /// <summary>Whether it is over.</summary>
    public bool IsOver => time.GetElapsedTime(start) > TrialDesk.Longest;
}
