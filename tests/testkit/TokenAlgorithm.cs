namespace Chaperone.TestKit;

/// <summary>How <see cref="TestIssuer"/> signs a token, the attacks included.</summary>
public enum TokenAlgorithm
{
    /// <summary>ECDSA on P-256.</summary>
    ES256 = 0,

    /// <summary>RSA PKCS#1 with SHA-256.</summary>
    RS256 = 1,

    /// <summary>No signature at all.</summary>
    None = 2,

    /// <summary>HMAC keyed with the RSA public key's PEM: the algorithm confusion attack.</summary>
    HS256WithPublicKey = 3,
}
