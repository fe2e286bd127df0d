using System.ComponentModel.DataAnnotations;

namespace Chaperone.Edge;

/// <summary>Settings under <c>Edge</c> (environment <c>CHAPERONE_Edge__...</c>).</summary>
public sealed class EdgeOptions
{
    /// <summary>Name of this edge in the records, stable over restarts and different for each replica; default <c>edge</c>.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9_.-]{1,64}$")]
    public string Name { get; set; } = "edge";

    /// <summary>Where clients reach this edge, e.g. <c>https://mcp.hospital.example</c>; its host is the one accepted in Host and Origin. Default <c>http://127.0.0.1:7100</c>.</summary>
    [Required]
    public Uri PublicUrl { get; set; } = new("http://127.0.0.1:7100");

    /// <summary>Further host names accepted in the Host header (without port).</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Further origins accepted from browsers, e.g. <c>https://tools.hospital.example</c>.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Reverse proxies whose <c>X-Forwarded-For</c> is believed, as addresses or networks, e.g. <c>10.0.0.5</c> or <c>10.0.1.0/24</c>. Default none: the caller's address is the other end of the connection.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Refused tokens (and requests without one) that one address may send in a minute before it is told to wait; default 600, 0 for no limit. Callers whose token was accepted before are not counted and not stopped.</summary>
    [Range(0, 1_000_000)]
    public int RefusalsPerMinute { get; set; } = 600;

    /// <summary>The policy file, of which the edge reads <c>servers</c>; default <c>policy.yaml</c>.</summary>
    [Required]
    public string PolicyFile { get; set; } = "policy.yaml";

    /// <summary>Who may issue tokens. None means that nobody gets in.</summary>
    public IList<IssuerOptions> Issuers { get; } = [];

    /// <summary>Where <c>${vault:path#field}</c> of the policy file comes from.</summary>
    public VaultOptions Vault { get; } = new();

    /// <summary>OAuth scopes every token must have; default none. A token without one gets a single 403 that names them all.</summary>
    public IList<string> RequiredScopes { get; } = [];

    /// <summary>File with the keys of session ids and request states; all replicas share it. Default <c>data/keys/edge.key</c>.</summary>
    [Required]
    public string KeyFile { get; set; } = Path.Combine("data", "keys", "edge.key");

    /// <summary>Largest request body in bytes; default 4 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Largest answer, or event of a stream, in bytes; default 16 MiB. A larger one is withheld.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Longest silence of an upstream that owes an answer; default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan UpstreamTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest that the gateway itself works on a call before it refuses it, without what upstream and people take; begun anew by each event that the client got and each decision of people; default half a second more than <c>Bus:HotTimeout</c>, which bounds each step, so that a refusal comes within 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan? RefuseAfter { get; set; }

    /// <summary>How long a held call of 2025-11-25 and older waits for people before "approval pending"; default 45 s, below the 60 s of common clients.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan LegacyHold { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long one leg of a held 2026-07-28 call waits; default 50 s. Clients repeat up to ten legs.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan ModernLeg { get; set; } = TimeSpan.FromSeconds(50);

    /// <summary>Between keepalive comments on a silent stream; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Idle time after which a person's calls belong to a new session where the protocol has none; default 30 min.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Between heartbeat records, which prove that nothing is missing; default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(60);
}

/// <summary>One identity provider.</summary>
public sealed class IssuerOptions
{
    /// <summary>Base URL of its OpenID Connect discovery document; https, or http on loopback.</summary>
    [Required]
    public Uri? Authority { get; set; }

    /// <summary>Exact <c>iss</c> of its tokens; default the authority without a trailing slash.</summary>
    public string? Issuer { get; set; }

    /// <summary>The <c>aud</c> of tokens for every server. A token for one server alone names that server's resource instead (RFC 8707), e.g. <c>https://mcp.hospital.example/mcp/clinic</c>; that always holds. Default none: only tokens for the one server.</summary>
    public string? Audience { get; set; }

    /// <summary>Claim with the groups; dots descend, e.g. <c>realm_access.roles</c>. Default <c>groups</c>.</summary>
    [Required]
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Further claims that rules may ask for (<c>principal: { claims: { department: icu } }</c>), at most 16; dots descend. Default none. Texts, numbers, booleans and lists of texts of at most 256 characters are read.</summary>
    [MaxLength(16)]
    public IList<string> Claims { get; } = [];

    /// <summary>Signature algorithms accepted; default the RSA and ECDSA families. <c>none</c> and HMAC are never accepted.</summary>
    public IList<string> Algorithms { get; } = [];

    /// <summary>The clients whose logout tokens end sign-ins at <c>/backchannel-logout</c> (their <c>aud</c>). Default none: only the tokens' end counts.</summary>
    public IList<string> SignOutAudiences { get; } = [];

    /// <summary>How to ask it whether a token was revoked; default not at all: a token is good until it expires.</summary>
    public IntrospectionOptions? Introspection { get; set; }

    /// <summary>The exact <c>iss</c>, said or by default.</summary>
    internal string Name => Issuer ?? Authority!.ToString().TrimEnd('/');
}
