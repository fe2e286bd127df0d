using System.Text;
using Chaperone.Contracts;
using Chaperone.Edge.Upstream.Credentials;

namespace Chaperone.Edge.Upstream.Secrets;

/// <summary>Resolves secrets where they are used; files are read anew each time, Vault as its leases say.</summary>
internal sealed class SecretReader(VaultClient vault)
{
    private const int MaxFileBytes = 64 * 1024;

    /// <summary>Resolves a template that needs no network.</summary>
    /// <exception cref="CredentialException">It cannot be resolved.</exception>
    public static string ReadLocal(SecretTemplate template) => Fill(template, (kind, name, _) => ReadLocal(template, kind, name));

    /// <summary>Resolves it for <paramref name="principal"/>.</summary>
    /// <exception cref="CredentialException">It cannot be resolved.</exception>
    public async ValueTask<string> ReadAsync(SecretTemplate template, Principal? principal, CancellationToken cancellationToken)
    {
        if (template.IsLocal)
        {
            return ReadLocal(template);
        }

        var found = new Dictionary<(string, string), string>();
        foreach (var match in template.References().Where(m => m.Groups["kind"].Value == "vault"))
        {
            var (name, field) = (match.Groups["name"].Value, match.Groups["field"].Value);
            found[(name, field)] = await vault.ReadAsync(template.Field, PathOf(template, name, principal), field, cancellationToken);
        }

        return Fill(template, (kind, name, field) => kind == "vault" ? found[(name, field)] : ReadLocal(template, kind, name));
    }

    /// <summary>Forgets what Vault said, so that a rotated secret is seen at once; false when that was done a moment ago.</summary>
    public bool TryDrop(SecretTemplate template, Principal? principal)
    {
        var dropped = false;
        foreach (var match in template.References().Where(m => m.Groups["kind"].Value == "vault"))
        {
            dropped |= vault.TryDrop(PathOf(template, match.Groups["name"].Value, principal));
        }

        return dropped;
    }

    private static string PathOf(SecretTemplate template, string name, Principal? principal)
    {
        if (!template.IsPerCaller)
        {
            return name;
        }

        return (principal is null ? null : CallerPath.Fill(name, principal))
            ?? throw new CredentialException($"{template.Field}: the caller's subject or issuer is empty or too long for a Vault path; give the caller a shorter one at the identity provider");
    }

    private static string Fill(SecretTemplate template, Func<string, string, string, string> read)
    {
        var text = new StringBuilder();
        var from = 0;
        foreach (var match in template.References().AsEnumerable())
        {
            text.Append(template.Text, from, match.Index - from).Append(read(match.Groups["kind"].Value, match.Groups["name"].Value, match.Groups["field"].Value));
            from = match.Index + match.Length;
        }

        return text.Append(template.Text, from, template.Text.Length - from).ToString();
    }

    private static string ReadLocal(SecretTemplate template, string kind, string name)
    {
        if (kind == "env")
        {
            return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
                ? value
                : throw new CredentialException($"{template.Field}: the environment variable {name} is not set; set it where the edge is started");
        }

        try
        {
            using var file = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[MaxFileBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var text = length > MaxFileBytes ? string.Empty : Encoding.UTF8.GetString(bytes, 0, length).Trim();
            return text.Length > 0
                ? text
                : throw new CredentialException($"{template.Field}: the file {name} is empty or larger than {MaxFileBytes} bytes; write the secret into it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CredentialException($"{template.Field}: the file {name} cannot be read; create it, and let the edge's user read it");
        }
    }
}
