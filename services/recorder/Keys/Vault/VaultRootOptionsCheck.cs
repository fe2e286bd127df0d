using Chaperone.Bus.Tls;

namespace Chaperone.Recorder.Keys.Vault;

/// <summary>Checks the settings of Vault; says nothing while it is not used.</summary>
internal static class VaultRootOptionsCheck
{
    private const string Key = "Recorder:Vault:";
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestCache = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestCache = TimeSpan.FromHours(24);

    public static void Check(List<string> wrong, RecorderOptions options)
    {
        if (!Enum.IsDefined(options.KeyRoot))
        {
            wrong.Add($"Recorder:KeyRoot is '{options.KeyRoot}': give File or Vault.");
        }

        if (options.Vault.Address is not { } address)
        {
            if (options.KeyRoot == KeyRoot.Vault)
            {
                wrong.Add($"Recorder:KeyRoot is Vault, and {Key}Address is not set: give e.g. https://vault.example.org:8200.");
            }

            return;
        }

        CheckAddress(wrong, address);
        CheckNames(wrong, options.Vault);
        CheckLogin(wrong, options.Vault);
        if (options.Vault.Timeout < ShortestTimeout || options.Vault.Timeout > LongestTimeout)
        {
            wrong.Add($"{Key}Timeout is {options.Vault.Timeout}: give a time from {ShortestTimeout} to {LongestTimeout}.");
        }

        if (options.Vault.CacheFor < ShortestCache || options.Vault.CacheFor > LongestCache)
        {
            wrong.Add($"{Key}CacheFor is {options.Vault.CacheFor}: give a time from {ShortestCache} to {LongestCache}.");
        }
    }

    private static void CheckAddress(List<string> wrong, Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.Query.Length > 0)
        {
            wrong.Add($"{Key}Address is not an http or https URL without user and query: give e.g. https://vault.example.org:8200.");
        }
        else if (address.Scheme == "http" && !address.IsLoopback)
        {
            wrong.Add($"{Key}Address is http to another machine: keys would cross the network in clear, so use https.");
        }
    }

    private static void CheckNames(List<string> wrong, VaultRootOptions options)
    {
        if (!VaultKeyId.IsPath(options.Mount))
        {
            wrong.Add($"{Key}Mount has {options.Mount.Length} characters: give 1 to 128 of letters, digits, '-', '_' and inner '/', e.g. transit.");
        }

        if (!VaultKeyId.IsName(options.Key))
        {
            wrong.Add($"{Key}Key has {options.Key.Length} characters: give 1 to 128 of letters, digits, '-' and '_', e.g. chaperone-records.");
        }

        if (options.LoginMount is { } mount && !VaultKeyId.IsPath(mount))
        {
            wrong.Add($"{Key}LoginMount has {mount.Length} characters: give 1 to 128 of letters, digits, '-', '_' and inner '/', e.g. kubernetes.");
        }

        if (options.Namespace is { } space && (space.Length == 0 || space.Length > 256 || space.Any(c => !char.IsAscii(c) || char.IsControl(c) || c == ' ')))
        {
            wrong.Add($"{Key}Namespace has {space.Length} characters, or some that no namespace has: give e.g. hospital/, or leave the setting out.");
        }
    }

    private static void CheckLogin(List<string> wrong, VaultRootOptions options)
    {
        var logins = new[] { options.TokenFile, options.KubernetesRole, options.AppRoleIdFile }.Count(l => l is not null);
        if (logins != 1 || (options.AppRoleIdFile is null) != (options.AppRoleSecretIdFile is null))
        {
            wrong.Add($"{Key[..^1]} has no login, or several: give TokenFile, KubernetesRole, or AppRoleIdFile with AppRoleSecretIdFile.");
        }

        if (options.AuthorityFile is { } authority && !PinnedAuthority.IsReadable(authority))
        {
            wrong.Add($"{Key}AuthorityFile is '{authority}', which holds no certificate that can be read: give a PEM file with the authority of Vault's certificate.");
        }
    }
}
