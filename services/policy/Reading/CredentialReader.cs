using System.Text.RegularExpressions;

namespace Chaperone.Policy.Reading;

/// <summary>Checks a server's <c>credential</c>, which only the edge uses. Nothing of it is ever kept or said.</summary>
internal static partial class CredentialReader
{
    private const int MaxValue = 8192;
    private const string TokenUrl = "token_endpoint: https://idp.example/token";

    private static readonly string[] Kinds = ["header", "basic", "client_credentials", "token_exchange"];

    private static readonly string[] OwnHeaders =
    [
        "Host", "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Connection", "Upgrade", "TE", "Trailer",
        "Accept", "Accept-Encoding", "Origin", "Last-Event-ID", "MCP-Protocol-Version", "Mcp-Session-Id", "Mcp-Method", "Mcp-Name",
    ];

    public static void Check(YamlNode node, string path, PolicyProblems problems)
    {
        if (YamlFields.Open(node, path, problems, "header", "value", "basic", "client_credentials", "token_exchange", "mutual_tls") is not { } fields)
        {
            return;
        }

        var kinds = Kinds.Where(k => fields.Find(k) is not null).ToArray();
        if (kinds.Length > 1)
        {
            problems.Add(node, path, "has several of header, basic, client_credentials and token_exchange", "keep one");
        }

        if (kinds.Contains("header") || (kinds.Length == 0 && fields.Find("mutual_tls") is null) || fields.Find("value") is not null)
        {
            CheckHeader(fields);
        }

        CheckBasic(fields, problems);
        CheckToken(fields, "client_credentials", problems);
        CheckToken(fields, "token_exchange", problems);
        CheckMutualTls(fields, problems);
    }

    private static void CheckHeader(YamlFields fields)
    {
        if (fields.Text("header", "header: Authorization", required: true) is { } header)
        {
            if (!HeaderName().IsMatch(header.Text))
            {
                fields.Report(header, "header", "is no HTTP header name", "write header: Authorization");
            }
            else if (OwnHeaders.Contains(header.Text, StringComparer.OrdinalIgnoreCase))
            {
                fields.Report(header, "header", "is a header that the gateway sets itself", "use the header that the server reads its credential from");
            }
        }

        CheckSecret(fields, "value", "value: \"Bearer ${env:CLINIC_TOKEN}\"", perCaller: true, required: true);
    }

    private static void CheckBasic(YamlFields parent, PolicyProblems problems)
    {
        if (parent.Find("basic") is { } node && YamlFields.Open(node, parent.PathOf("basic"), problems, "user", "password") is { } fields)
        {
            CheckSecret(fields, "user", "user: chaperone", perCaller: true, required: true);
            CheckSecret(fields, "password", "password: \"${file:/run/secrets/clinic}\"", perCaller: true, required: true);
        }
    }

    private static void CheckToken(YamlFields parent, string kind, PolicyProblems problems)
    {
        if (parent.Find(kind) is not { } node
            || YamlFields.Open(node, parent.PathOf(kind), problems, "token_endpoint", "client_id", "client_secret", "client_auth", "private_key", "key_id", "assertion_audience", "scope", "resource", "audience", "ca") is not { } fields)
        {
            return;
        }

        if (fields.Text("token_endpoint", TokenUrl, required: true) is { } text
            && !(Uri.TryCreate(text.Text, UriKind.Absolute, out var url) && url.UserInfo.Length == 0
                && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))))
        {
            fields.Report(text, "token_endpoint", "is no https URL, or has a user", $"write {TokenUrl}");
        }

        fields.Text("client_id", "client_id: chaperone", required: true);
        CheckSecret(fields, "client_secret", "client_secret: \"${file:/run/secrets/client}\"", perCaller: false);
        CheckSecret(fields, "private_key", "private_key: \"${file:/run/secrets/client.pem}\"", perCaller: false);
        if ((fields.Find("client_secret") is null) == (fields.Find("private_key") is null))
        {
            fields.Report(fields.Node, "client_secret", "must be there, or private_key, and not both", "add client_secret: \"${file:/run/secrets/client}\"");
        }

        if (fields.Text("client_auth", "client_auth: post") is { Text: not ("basic" or "post") } auth)
        {
            fields.Report(auth, "client_auth", "is neither basic nor post", "write client_auth: post");
        }

        foreach (var key in (string[])["key_id", "assertion_audience", "scope", "resource", "audience", "ca"])
        {
            fields.Text(key, $"{key}: a text");
        }
    }

    private static void CheckMutualTls(YamlFields parent, PolicyProblems problems)
    {
        if (parent.Find("mutual_tls") is { } node && YamlFields.Open(node, parent.PathOf("mutual_tls"), problems, "certificate", "key", "password", "ca") is { } fields)
        {
            fields.Text("certificate", "certificate: /run/secrets/client.pem", required: true);
            fields.Text("key", "key: /run/secrets/client.key");
            fields.Text("ca", "ca: /run/secrets/ca.pem");
            CheckSecret(fields, "password", "password: \"${file:/run/secrets/client.password}\"", perCaller: false);
        }
    }

    private static void CheckSecret(YamlFields fields, string key, string example, bool perCaller, bool required = false)
    {
        if (fields.Text(key, example, required) is not { } value)
        {
            return;
        }

        if (value.Text.Length > MaxValue || value.Text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            fields.Report(value, key, $"has characters that no header may carry, or more than {MaxValue}", "use one line of printable ASCII");
        }

        if (Placeholder().Replace(value.Text, string.Empty).Contains("${", StringComparison.Ordinal))
        {
            fields.Report(value, key, "has a broken placeholder", "use ${env:NAME}, ${file:/path/to/secret} or ${vault:path#field}");
        }
        else if (!perCaller && Placeholder().Matches(value.Text).Any(m => m.Value.Contains("{subject}", StringComparison.Ordinal) || m.Value.Contains("{issuer}", StringComparison.Ordinal)))
        {
            fields.Report(value, key, "depends on the caller, but proves the gateway", "remove {subject} and {issuer}");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}\z", RegexOptions.NonBacktracking)]
    private static partial Regex HeaderName();

    [GeneratedRegex(@"\$\{(env:[A-Za-z_][A-Za-z0-9_]*|file:[^${}]+|vault:([^${}#]|\{subject\}|\{issuer\})+#[^${}#]+)\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
