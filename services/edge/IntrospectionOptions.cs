using System.ComponentModel.DataAnnotations;

namespace Chaperone.Edge;

/// <summary>How an issuer is asked whether a token is still good (RFC 7662).</summary>
public sealed class IntrospectionOptions
{
    /// <summary>The endpoint; default the one that the discovery document names. https, or http on loopback.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The edge's own client at the issuer.</summary>
    [Required]
    public string? ClientId { get; set; }

    /// <summary>File with the client's secret, read anew at each use; shown by HTTP Basic.</summary>
    [Required]
    public string? ClientSecretFile { get; set; }

    /// <summary>How long an answer holds, and so how late a revocation may take effect; default 30 s. Never longer than the token.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>False where the issuer is not to be asked about JSON Web Tokens, or refuses to say; they are then good until they expire. Default true.</summary>
    public bool SignedTokens { get; set; } = true;

    /// <summary>True where the issuer's tokens may be other than JSON Web Tokens; one issuer at most, for nobody can tell whose such a token is. Default false.</summary>
    public bool OpaqueTokens { get; set; }
}
