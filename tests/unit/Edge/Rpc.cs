namespace Chaperone.Edge.Tests;

/// <summary>Messages that tests send.</summary>
internal static class Rpc
{
    public const string Legacy = "2025-11-25";
    public const string Modern = "2026-07-28";

    public static string Call(string tool, string arguments = "{}", string id = "1") =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""";

    public static string ModernCall(string tool, string arguments = "{}", string extra = "") =>
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"TOOL","arguments":ARGUMENTS EXTRA,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"}}}}"""
            .Replace("TOOL", tool, StringComparison.Ordinal)
            .Replace("ARGUMENTS", arguments, StringComparison.Ordinal)
            .Replace(" EXTRA", extra, StringComparison.Ordinal);

    public static (string Name, string Value)[] ModernHeaders(string tool) =>
        [("MCP-Protocol-Version", Modern), ("Mcp-Method", "tools/call"), ("Mcp-Name", tool)];
}
