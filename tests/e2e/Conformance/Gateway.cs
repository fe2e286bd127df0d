namespace Chaperone.E2E.Tests.Conformance;

/// <summary>A running Chaperone with an allow-all policy for two servers, the conformance server's two endpoints.</summary>
/// <param name="Url">Scheme, host and port of the edge.</param>
/// <param name="StatefulPath">Path of the server that has sessions, e.g. <c>/mcp/stateful</c>.</param>
/// <param name="StatelessPath">Path of the server that has none.</param>
/// <param name="Token">A token that the edge accepts.</param>
public sealed record Gateway(Uri Url, string StatefulPath, string StatelessPath, string Token);
