using System.Text.RegularExpressions;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads one entry of <c>servers</c>. Nothing of a credential is ever kept or said.</summary>
internal static partial class ServerReader
{
    private const int MaxValue = 8192;
    private static readonly Uri Unreadable = new("http://unreadable.invalid/");

    private static readonly string[] OwnHeaders =
    [
        "Host", "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Connection", "Upgrade", "TE", "Trailer",
        "Accept", "Accept-Encoding", "Origin", "Last-Event-ID", "MCP-Protocol-Version", "Mcp-Session-Id", "Mcp-Method", "Mcp-Name",
    ];

    /// <summary>Reads it; where it is wrong (reported) the result only stands in for it.</summary>
    public static PolicyServer Read(string name, YamlNode node, string path, PolicyProblems problems)
    {
        if (YamlFields.Open(node, path, problems, "url", "credential", "description", "limits", "sql", "shell") is not { } fields)
        {
            return new PolicyServer(name, Unreadable);
        }

        fields.Text("description", "description: what it serves");
        if (fields.Find("credential") is { } credential)
        {
            ReadCredential(credential, $"{path}.credential", problems);
        }

        return new PolicyServer(name, ReadUrl(fields) ?? Unreadable, LimitReader.Read(fields, $"server:{name}", problems))
        {
            Sql = fields.Find("sql") is { } sql ? SqlTermsReader.Read(sql, $"{path}.sql", problems) : null,
            Shell = fields.Find("shell") is { } shell ? ShellReaders.ReadServer(shell, $"{path}.shell", problems) ?? [] : [],
        };
    }

    private static Uri? ReadUrl(YamlFields fields)
    {
        const string Example = "url: https://mcp.internal.example/mcp";
        if (fields.Text("url", Example, required: true) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text.Text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            fields.Report(text, "url", "is no absolute http or https URL", $"write {Example}");
            return null;
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            fields.Report(text, "url", "has a user, password or fragment", "remove it and use credential");
        }

        return url;
    }

    private static void ReadCredential(YamlNode node, string path, PolicyProblems problems)
    {
        if (YamlFields.Open(node, path, problems, "header", "value") is not { } fields)
        {
            return;
        }

        if (fields.Text("header", "header: Authorization", required: true) is { } header)
        {
            if (!Token().IsMatch(header.Text))
            {
                fields.Report(header, "header", "is no HTTP header name", "write header: Authorization");
            }
            else if (OwnHeaders.Contains(header.Text, StringComparer.OrdinalIgnoreCase))
            {
                fields.Report(header, "header", "is a header that the gateway sets itself", "use the header that the server reads its credential from");
            }
        }

        if (fields.Text("value", "value: \"Bearer ${env:CLINIC_TOKEN}\"", required: true) is { } value)
        {
            if (value.Text.Length > MaxValue || value.Text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                fields.Report(value, "value", $"has characters that no header may carry, or more than {MaxValue}", "use one line of printable ASCII");
            }

            if (Placeholder().Replace(value.Text, string.Empty).Contains("${", StringComparison.Ordinal))
            {
                fields.Report(value, "value", "has a broken placeholder", "use ${env:NAME} or ${file:/path/to/secret}");
            }
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}\z", RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"\$\{(env:[A-Za-z_][A-Za-z0-9_]*|file:[^${}]+)\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
