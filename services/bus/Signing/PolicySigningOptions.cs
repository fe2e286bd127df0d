namespace Chaperone.Bus.Signing;

/// <summary>Settings under <c>Policy</c> that the edge and the policy room share (environment <c>CHAPERONE_Policy__...</c>).</summary>
public sealed class PolicySigningOptions
{
    /// <summary>Whether a policy must be signed by a trusted signer to come into force; default false.</summary>
    public bool RequireSignature { get; set; }

    /// <summary>Files with the public keys of those who may sign policies, PEM as <c>openssl pkey -pubout</c> writes them; the file's name is the signer's.</summary>
    public IList<string> TrustedSigners { get; } = [];
}
