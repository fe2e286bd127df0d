namespace Chaperone.Recorder.Evidence;

/// <summary>What the parts counted, for the summary.</summary>
internal sealed class EvidenceTotals
{
    public long Records { get; set; }

    public long Sealed { get; set; }

    public long Sessions { get; set; }

    public long People { get; set; }

    public long Services { get; set; }

    public long WithoutMethod { get; set; }

    public long Decisions { get; set; }

    public long Denied { get; set; }

    public long Held { get; set; }

    public long Outcomes { get; set; }

    public long Answered { get; set; }

    public long Withheld { get; set; }

    public long Masked { get; set; }

    /// <summary>Identifiers that left in the clear, as a rule lets them.</summary>
    public long Clear { get; set; }

    public long Approvals { get; set; }

    public long Reviews { get; set; }

    public long SignedReviews { get; set; }

    /// <inheritdoc cref="Reviews"/>
    public long FailedReviews { get; set; }

    public long Oversight { get; set; }

    public long BreakGlassWindows { get; set; }

    /// <summary>Messages that were decided so only because a window was open.</summary>
    public long UnderBreakGlass { get; set; }

    /// <summary>Orders of destruction that were carried out.</summary>
    public long Shredded { get; set; }

    public long Holds { get; set; }

    public long Holes { get; set; }

    public long MissingNumbers { get; set; }

    public long Orphans { get; set; }

    public long Voids { get; set; }

    public long Heartbeats { get; set; }
}
