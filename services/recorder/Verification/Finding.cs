namespace Chaperone.Recorder.Verification;

/// <summary>One thing that is wrong: where, and what; ids, paths and counts only.</summary>
internal sealed record Finding(string Place, string Detail)
{
    /// <summary>One line: place, colon, detail.</summary>
    public override string ToString() => $"{Place}: {Detail}";
}
