namespace Chaperone.TestKit.Slack;

/// <summary>What goes wrong with one call.</summary>
public enum SlackFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>429 with Retry-After; calls before it is over are counted as offences.</summary>
    RateLimited = 1,

    /// <summary>500, and nothing is done.</summary>
    ServerError = 2,

    /// <summary>The connection is cut, and nothing is done.</summary>
    CutBefore = 3,

    /// <summary>It is done, and the connection is cut before the answer.</summary>
    CutAfter = 4,
}
