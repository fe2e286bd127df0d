namespace Chaperone.Edge.Mcp;

/// <summary>Which revision of MCP a message speaks. "Modern" is the stateless 2026-07-28; "legacy" the ones with initialize.</summary>
internal static class ProtocolRevision
{
    public const string Modern = "2026-07-28";

    /// <summary>What a legacy request without header and session means (MCP 2025-06-18, transports).</summary>
    public const string Assumed = "2025-03-26";

    private static readonly string[] Legacy = ["2025-11-25", "2025-06-18", "2025-03-26"];

    public static bool IsModern(string version) => string.CompareOrdinal(version, Modern) >= 0;

    /// <summary>
    /// Takes the revision from the body, with the header as a cross-check. <paramref name="negotiated"/> is the session's, if any.
    /// </summary>
    public static McpFault? Choose(McpMessage message, IHeaderDictionary headers, string? negotiated, out string version)
    {
        var header = headers["MCP-Protocol-Version"].Count > 0 ? headers["MCP-Protocol-Version"].ToString() : null;
        if (message.Method == "initialize" && message.MetaVersion is null)
        {
            version = message.RequestedVersion is { } requested && !IsModern(requested) ? requested : Legacy[0];
            return null;
        }

        version = message.MetaVersion ?? header ?? negotiated ?? Assumed;
        if (message.MetaVersion is { } meta && IsModern(meta) && header != meta)
        {
            return McpFault.Mismatch("The MCP-Protocol-Version header is missing or differs from the version in the body.", message.Id);
        }

        if (message.MetaVersion is { } stray && !IsModern(stray) && header is not null && header != stray)
        {
            return McpFault.Mismatch("The MCP-Protocol-Version header differs from the version in the body.", message.Id);
        }

        if (IsModern(version))
        {
            if (version != Modern)
            {
                return new McpFault(StatusCodes.Status400BadRequest, McpFault.UnsupportedVersion, "This protocol version is not supported.", message.Id,
                    $$"""{"supported":["{{Modern}}"],"requested":{{McpAnswers.Quote(version)}}}""");
            }

            return message.Kind == MessageKind.Request && message.MetaVersion is null
                ? McpFault.BadParams("params._meta must carry io.modelcontextprotocol/protocolVersion and io.modelcontextprotocol/clientCapabilities.", message.Id)
                : RequestHeaders.Check(message, headers);
        }

        return header is null || Legacy.Contains(header)
            ? null
            : McpFault.Invalid($"The MCP-Protocol-Version header names a version that is not supported; use one of {Modern}, {string.Join(", ", Legacy)}.", message.Id);
    }
}
