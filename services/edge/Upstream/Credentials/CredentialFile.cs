using Chaperone.Edge.Upstream.Secrets;
using YamlDotNet.RepresentationModel;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>Reads a server's <c>credential</c>. Policy tells people about every problem; here each one is simply not taken.</summary>
internal static class CredentialFile
{
    private static readonly string[] Kinds = ["header", "basic", "client_credentials", "token_exchange"];

    /// <exception cref="InvalidDataException">Not readable as a credential; the message names place, field and remedy, and no value.</exception>
    public static CredentialTerms Read(string at, string server, Uri url, YamlNode node)
    {
        var path = $"servers.{server}.credential";
        var fields = Open(at, path, node, "header", "value", "basic", "client_credentials", "token_exchange", "mutual_tls");
        var kinds = Kinds.Where(fields.ContainsKey).ToArray();
        if (kinds.Length > 1 || fields.Count == 0 || (fields.ContainsKey("value") && !fields.ContainsKey("header")))
        {
            throw new InvalidDataException($"{at} {path}: give one of header (with value), basic, client_credentials or token_exchange, and mutual_tls if the server wants a client certificate.");
        }

        var terms = new CredentialTerms { Server = server };
        terms = kinds.FirstOrDefault() switch
        {
            "header" => terms with { Kind = CredentialKind.Header, Header = Text(at, path, fields, "header"), Value = Secret(at, path, fields, "value") },
            "basic" => Basic(terms, at, path + ".basic", fields["basic"]),
            "client_credentials" => terms with { Kind = CredentialKind.ClientCredentials, Token = Token(at, path + ".client_credentials", fields["client_credentials"]) },
            "token_exchange" => terms with { Kind = CredentialKind.TokenExchange, Token = Token(at, path + ".token_exchange", fields["token_exchange"]) },
            _ => terms,
        };
        return fields.TryGetValue("mutual_tls", out var tls) ? terms with { MutualTls = MutualTls(at, path + ".mutual_tls", url, tls) } : terms;
    }

    private static CredentialTerms Basic(CredentialTerms terms, string at, string path, YamlNode node)
    {
        var fields = Open(at, path, node, "user", "password");
        return terms with { Kind = CredentialKind.Basic, Value = Secret(at, path, fields, "user"), Password = Secret(at, path, fields, "password") };
    }

    private static TokenTerms Token(string at, string path, YamlNode node)
    {
        var fields = Open(at, path, node, "token_endpoint", "client_id", "client_secret", "client_auth", "private_key", "key_id", "assertion_audience", "scope", "resource", "audience", "ca");
        if (!Uri.TryCreate(Text(at, path, fields, "token_endpoint"), UriKind.Absolute, out var endpoint)
            || !(endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback)) || endpoint.UserInfo.Length > 0)
        {
            throw new InvalidDataException($"{at} {path}.token_endpoint: give an https URL, or http on loopback only, without user.");
        }

        if (fields.ContainsKey("client_secret") == fields.ContainsKey("private_key"))
        {
            throw new InvalidDataException($"{at} {path}: give client_secret or private_key.");
        }

        if (Optional(at, path, fields, "client_auth") is not (null or "basic" or "post"))
        {
            throw new InvalidDataException($"{at} {path}.client_auth: is basic or post.");
        }

        return new TokenTerms
        {
            Endpoint = endpoint,
            ClientId = Text(at, path, fields, "client_id"),
            ClientSecret = OptionalSecret(at, path, fields, "client_secret"),
            SecretInForm = Optional(at, path, fields, "client_auth") == "post",
            PrivateKey = OptionalSecret(at, path, fields, "private_key"),
            KeyId = Optional(at, path, fields, "key_id"),
            AssertionAudience = Optional(at, path, fields, "assertion_audience"),
            Scope = Optional(at, path, fields, "scope"),
            Resource = Optional(at, path, fields, "resource"),
            Audience = Optional(at, path, fields, "audience"),
            AuthorityFile = Optional(at, path, fields, "ca"),
        };
    }

    private static MutualTlsTerms MutualTls(string at, string path, Uri url, YamlNode node)
    {
        var fields = Open(at, path, node, "certificate", "key", "password", "ca");
        if (url.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidDataException($"{at} {path}: needs an https url; a client certificate is shown in TLS only.");
        }

        var password = OptionalSecret(at, path, fields, "password");
        return password is { IsLocal: false }
            ? throw new InvalidDataException($"{at} {path}.password: comes from ${{env:NAME}} or ${{file:/path}}.")
            : new MutualTlsTerms
            {
                CertificateFile = Text(at, path, fields, "certificate"),
                KeyFile = Optional(at, path, fields, "key"),
                Password = password,
                AuthorityFile = Optional(at, path, fields, "ca"),
            };
    }

    private static Dictionary<string, YamlNode> Open(string at, string path, YamlNode node, params string[] known)
    {
        var mapping = node as YamlMappingNode ?? throw new InvalidDataException($"{at} {path}: expected a mapping with {string.Join(", ", known)}.");
        var fields = mapping.Children.ToDictionary(c => (c.Key as YamlScalarNode)?.Value ?? string.Empty, c => c.Value, StringComparer.Ordinal);
        return fields.Keys.All(k => known.Contains(k, StringComparer.Ordinal))
            ? fields
            : throw new InvalidDataException($"{at} {path}: has a key that is not known; use {string.Join(", ", known)}.");
    }

    private static string Text(string at, string path, Dictionary<string, YamlNode> fields, string key) =>
        Optional(at, path, fields, key) ?? throw new InvalidDataException($"{at} {path}.{key}: is missing; add it.");

    private static string? Optional(string at, string path, Dictionary<string, YamlNode> fields, string key) =>
        !fields.TryGetValue(key, out var node) ? null
        : node is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value
        : throw new InvalidDataException($"{at} {path}.{key}: must be a text that is not empty.");

    private static SecretTemplate Secret(string at, string path, Dictionary<string, YamlNode> fields, string key) =>
        SecretTemplate.Parse(at, $"{path}.{key}", Text(at, path, fields, key));

    // What proves the gateway itself is the same for all callers.
    private static SecretTemplate? OptionalSecret(string at, string path, Dictionary<string, YamlNode> fields, string key) =>
        Optional(at, path, fields, key) is not { } text ? null
        : SecretTemplate.Parse(at, $"{path}.{key}", text) is { IsPerCaller: false } secret ? secret
        : throw new InvalidDataException($"{at} {path}.{key}: cannot depend on the caller; remove {{subject}} and {{issuer}}.");
}
