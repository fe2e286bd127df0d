namespace Chaperone.Recorder.Keys.Vault;

/// <summary>
/// Settings under <c>Recorder:Vault</c>: a key of the transit engine of HashiCorp Vault or OpenBao that wraps the keys of the records.
/// One way to log in is given: a token file, Kubernetes or AppRole.
/// </summary>
public sealed class VaultRootOptions
{
    /// <summary>Base URL, e.g. <c>https://vault.hospital.example:8200</c>; https, or http on loopback. Default none: no Vault.</summary>
    public Uri? Address { get; set; }

    /// <summary>Namespace (Vault Enterprise, OpenBao); default none.</summary>
    public string? Namespace { get; set; }

    /// <summary>Where the transit engine is mounted; default <c>transit</c>.</summary>
    public string Mount { get; set; } = "transit";

    /// <summary>Name of the key; default <c>chaperone-records</c>. It must exist: the recorder never makes one.</summary>
    public string Key { get; set; } = "chaperone-records";

    /// <summary>File with a token, e.g. one that Vault Agent renews; read anew at each use.</summary>
    public string? TokenFile { get; set; }

    /// <summary>Role of the Kubernetes login.</summary>
    public string? KubernetesRole { get; set; }

    /// <summary>The pod's service account token; default where Kubernetes puts it.</summary>
    public string KubernetesTokenFile { get; set; } = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    /// <summary>File with the role id of the AppRole login.</summary>
    public string? AppRoleIdFile { get; set; }

    /// <summary>File with the secret id of the AppRole login.</summary>
    public string? AppRoleSecretIdFile { get; set; }

    /// <summary>Where the login is mounted below <c>auth/</c>; default <c>kubernetes</c> or <c>approle</c>.</summary>
    public string? LoginMount { get; set; }

    /// <summary>PEM file of the only authorities trusted for Vault, read at each handshake; default the system's.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Longest wait for one answer; default 5 s, from 0.1 s to 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long keys in clear are used without Vault, counted from when it last opened them; default 1 hour, from 1 minute to 24 hours. It
    /// opens those in use again after half of it, so an outage of at least half of it is not noticed. What is withdrawn in Vault works for as long.
    /// </summary>
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromHours(1);
}

/// <summary>What wraps the keys of the records.</summary>
public enum KeyRoot
{
    /// <summary>The first line of <see cref="RecorderOptions.KeyFile"/>.</summary>
    File = 0,

    /// <summary>A key of Vault's transit engine, see <see cref="RecorderOptions.Vault"/>.</summary>
    Vault = 1,
}
