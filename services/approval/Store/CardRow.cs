namespace Chaperone.Approval.Store;

/// <summary>A row of <c>approval_card</c>: one request's card in one place.</summary>
internal sealed class CardRow
{
    public long Id { get; set; }

    public long Number { get; set; }

    /// <summary>Channel or user id it goes to.</summary>
    public string Place { get; set; } = "";

    /// <summary>Channel it was posted in; null until it is known to be posted.</summary>
    public string? Channel { get; set; }

    /// <summary>Its time stamp, which names it there.</summary>
    public string? Message { get; set; }

    /// <summary>Whether somebody may have posted it without living to write it down.</summary>
    public bool Tried { get; set; }

    /// <summary>The change of the request that it has to show.</summary>
    public long Wanted { get; set; }

    public long Attempts { get; set; }

    /// <summary>End of the lease; it names the lease, too.</summary>
    public long LeasedUntil { get; set; }
}
