namespace Chaperone.Edge.Mcp;

/// <summary>Why a message cannot be taken: HTTP status, JSON-RPC code, and words that name the field and the remedy, never its content.</summary>
internal sealed record McpFault(int HttpStatus, int Code, string Message, string? Id = null, string? DataJson = null)
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;
    public const int ResourceNotFound = -32002;
    public const int HeaderMismatch = -32020;
    public const int MissingCapability = -32021;
    public const int UnsupportedVersion = -32022;

    /// <summary>The gateway's own refusal, outside the range that JSON-RPC reserves.</summary>
    public const int Refused = 4030;

    public static McpFault Invalid(string message, string? id = null) => new(StatusCodes.Status400BadRequest, InvalidRequest, message, id);

    public static McpFault BadParams(string message, string? id) => new(StatusCodes.Status400BadRequest, InvalidParams, message, id);

    public static McpFault Mismatch(string message, string? id) => new(StatusCodes.Status400BadRequest, HeaderMismatch, message, id);
}
