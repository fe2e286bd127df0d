namespace Chaperone.Edge.Upstream;

/// <summary>Why an upstream gave no answer that can be released, in words for the client.</summary>
internal sealed record UpstreamFault(int HttpStatus, bool MayHaveExecuted, string Message)
{
    public static UpstreamFault WhileSending(Exception? cause) => cause switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } =>
            new(StatusCodes.Status502BadGateway, false, "The MCP server cannot be reached. The call was not executed."),
        OperationCanceledException or TimeoutException =>
            new(StatusCodes.Status504GatewayTimeout, true, "The MCP server did not answer in time. It may have executed the call; its result is withheld."),
        _ => new(StatusCodes.Status502BadGateway, true, "The MCP server broke the connection. It may have executed the call; its result is withheld."),
    };

    /// <summary>Nothing was sent. What exactly is wrong is in the log and in health, not for callers.</summary>
    public static UpstreamFault WithoutCredential(string server) =>
        new(StatusCodes.Status502BadGateway, false, $"The gateway has no credential to show to the MCP server '{server}'. The call was not executed. Ask your operator to look at servers.{server}.credential.");

    public static UpstreamFault WhileReading(Exception cause) => cause switch
    {
        InvalidDataException => new(StatusCodes.Status502BadGateway, true, "The call was executed, its result is withheld: " + cause.Message),
        OperationCanceledException => new(StatusCodes.Status504GatewayTimeout, true, "The MCP server fell silent. It may have executed the call; its result is withheld."),
        _ => new(StatusCodes.Status502BadGateway, true, "The MCP server broke off its answer. It may have executed the call; its result is withheld."),
    };
}
