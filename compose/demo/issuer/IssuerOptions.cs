using System.ComponentModel.DataAnnotations;

namespace Chaperone.Demo.Issuer;

/// <summary>Settings under <c>Issuer</c> (environment <c>CHAPERONE_Issuer__...</c>).</summary>
public sealed class IssuerOptions
{
    /// <summary>The <c>aud</c> of access tokens: the gateway's public URL; default <c>http://127.0.0.1:7100</c>.</summary>
    [Required]
    public string Audience { get; set; } = "http://127.0.0.1:7100";

    /// <summary>Folder of the signing key, owner-only; tokens survive a restart as long as it stays. Default <c>data/issuer</c>.</summary>
    [Required]
    public string DataDirectory { get; set; } = Path.Combine("data", "issuer");

    /// <summary>How long a token lives; default 12 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(12);
}
