using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads one entry of <c>servers</c>. Nothing of a credential is ever kept or said.</summary>
internal static class ServerReader
{
    private static readonly Uri Unreadable = new("http://unreadable.invalid/");

    /// <summary>Reads it; where it is wrong (reported) the result only stands in for it.</summary>
    public static PolicyServer Read(string name, YamlNode node, string path, PolicyProblems problems)
    {
        if (YamlFields.Open(node, path, problems, "url", "credential", "description", "limits", "sql", "shell", "pinning", "issuers") is not { } fields)
        {
            return new PolicyServer(name, Unreadable);
        }

        fields.Text("description", "description: what it serves");
        if (fields.Find("credential") is { } credential)
        {
            CredentialReader.Check(credential, $"{path}.credential", problems);
        }

        return new PolicyServer(name, ReadUrl(fields) ?? Unreadable, LimitReader.Read(fields, $"server:{name}", problems))
        {
            Sql = fields.Find("sql") is { } sql ? SqlTermsReader.Read(sql, $"{path}.sql", problems) : null,
            Shell = fields.Find("shell") is { } shell ? ShellReaders.ReadServer(shell, $"{path}.shell", problems) ?? [] : [],
            Pinning = PinningReader.Read(fields),
            Issuers = ReadIssuers(fields),
        };
    }

    private static string[] ReadIssuers(YamlFields fields)
    {
        const string Example = "issuers: [\"https://login.hospital.example\"]";
        var issuers = fields.Texts("issuers", Example);
        foreach (var issuer in issuers.Where(i => !Uri.TryCreate(i.Text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
        {
            fields.Report(issuer, "issuers", "is no absolute http or https URL", $"write {Example}");
        }

        return [.. issuers.Select(i => i.Text)];
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
}
