namespace Chaperone.TestKit.Elastic;

/// <summary>How one request fails.</summary>
public sealed record ProxyFault(ProxyFaultKind Kind, int Status = 0, string Body = "", string? RetryAfter = null)
{
    /// <summary>Set once a request that hangs has been passed on.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>An answer that no server made.</summary>
    public static ProxyFault Answer(int status, string body = "{}", string? retryAfter = null) => new(ProxyFaultKind.Answer, status, body, retryAfter);
}

/// <summary>The ways in which a request fails.</summary>
public enum ProxyFaultKind
{
    /// <summary>The connection ends before the server gets the request.</summary>
    CutBefore = 0,

    /// <summary>The server acts, and the connection ends before its answer.</summary>
    CutAfter = 1,

    /// <summary>The server acts, and its answer never comes.</summary>
    Hang = 2,

    /// <summary>Something between answers instead of the server.</summary>
    Answer = 3,
}
