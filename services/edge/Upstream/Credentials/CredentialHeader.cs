namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>The header that is shown to an upstream. <see cref="Value"/> is a secret.</summary>
internal readonly struct CredentialHeader(string name, string value)
{
    public string Name { get; } = name;

    public string Value { get; } = value;

    /// <summary>Keeps the secret out of logs and messages.</summary>
    public override string ToString() => Name;
}
