namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>The gateway has nothing to show to an upstream. The message names the field and the remedy, and holds no secret and no foreign text.</summary>
internal sealed class CredentialException(string message) : Exception(message);
