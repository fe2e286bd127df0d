using System.ComponentModel.DataAnnotations;

namespace Chaperone.Edge;

/// <summary>HashiCorp Vault as a source of <c>${vault:path#field}</c>. One way to log in is given: a token file, Kubernetes or AppRole.</summary>
public sealed class VaultOptions
{
    /// <summary>Base URL, e.g. <c>https://vault.hospital.example:8200</c>; https, or http on loopback. Default none: no Vault.</summary>
    public Uri? Address { get; set; }

    /// <summary>Vault Enterprise's namespace; default none.</summary>
    public string? Namespace { get; set; }

    /// <summary>Where the KV engine is mounted; default <c>secret</c>.</summary>
    [Required]
    [RegularExpression("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$")]
    public string Mount { get; set; } = "secret";

    /// <summary>Version of the KV engine, 1 or 2; default 2.</summary>
    [Range(1, 2)]
    public int KvVersion { get; set; } = 2;

    /// <summary>File with a token, e.g. one that Vault Agent renews; read anew at each use.</summary>
    public string? TokenFile { get; set; }

    /// <summary>Role of the Kubernetes login.</summary>
    public string? KubernetesRole { get; set; }

    /// <summary>The pod's service account token; default where Kubernetes puts it.</summary>
    [Required]
    public string KubernetesTokenFile { get; set; } = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    /// <summary>File with the role id of the AppRole login.</summary>
    public string? AppRoleIdFile { get; set; }

    /// <summary>File with the secret id of the AppRole login.</summary>
    public string? AppRoleSecretIdFile { get; set; }

    /// <summary>Where the login is mounted below <c>auth/</c>; default <c>kubernetes</c> or <c>approle</c>.</summary>
    [RegularExpression("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$")]
    public string? LoginMount { get; set; }

    /// <summary>PEM file of the only authorities trusted for Vault; default the system's.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Longest time a secret is used without asking again; default 5 min. A shorter lease is kept.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromMinutes(5);
}
