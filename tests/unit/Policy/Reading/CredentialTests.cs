using Chaperone.TestKit;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Reading;

public sealed class CredentialTests
{
    private const string Head = "version: 1\nservers: { a: { url: 'https://x.example/mcp', credential: ";

    /// <summary>What docs/credentials.md shows is what the policy file takes.</summary>
    [Fact]
    public void DocumentedCredentials_All_AreTaken()
    {
        var examples = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "credentials.md")).Split("```yaml\n").Skip(1).Select(e => e.Split("```")[0]).ToList();

        Assert.Equal(7, examples.Count);
        Assert.All(examples, e => Assert.Empty(Read("version: 1\nservers:\n  a:\n    url: https://x.example/mcp\n    " + e.Replace("\n", "\n    ", StringComparison.Ordinal).TrimEnd() + "\n").Problems));
    }

    [Theory]
    [InlineData("{ basic: { user: a } }", "servers.a.credential.basic.password: is missing")]
    [InlineData("{ basic: { user: a, password: canary, realm: canary } }", "servers.a.credential.basic.realm: is no known key")]
    [InlineData("{ header: X, value: canary, basic: { user: a, password: canary } }", "servers.a.credential: has several of")]
    [InlineData("{ value: canary }", "servers.a.credential.header: is missing")]
    [InlineData("{ }", "servers.a.credential.header: is missing")]
    [InlineData("{ header: X, value: '${vault:users/{name}#token}' }", "servers.a.credential.value: has a broken placeholder")]
    [InlineData("{ header: X, value: '${file:/secrets/{subject}}' }", "servers.a.credential.value: has a broken placeholder")]
    [InlineData("{ client_credentials: { token_endpoint: 'http://x.example/', client_id: a, client_secret: canary } }", "client_credentials.token_endpoint: is no https URL")]
    [InlineData("{ client_credentials: { token_endpoint: 'https://x.example/', client_id: a } }", "client_credentials.client_secret: must be there")]
    [InlineData("{ client_credentials: { token_endpoint: 'https://x.example/', client_id: a, client_secret: canary, private_key: canary } }", "client_credentials.client_secret: must be there")]
    [InlineData("{ token_exchange: { token_endpoint: 'https://x.example/', client_id: a, client_secret: '${vault:{subject}#a}' } }", "token_exchange.client_secret: depends on the caller")]
    [InlineData("{ token_exchange: { token_endpoint: 'https://x.example/', client_id: a, client_secret: canary, client_auth: canary } }", "token_exchange.client_auth: is neither")]
    [InlineData("{ mutual_tls: { key: /a } }", "servers.a.credential.mutual_tls.certificate: is missing")]
    public void Credential_Invalid_NamesTheFieldAndNoValue(string credential, string problem)
    {
        var reading = Read(Head + credential + " } }\n");

        var told = string.Join('\n', reading.Problems);
        Assert.Null(reading.Document);
        Assert.Contains(problem, told, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", told, StringComparison.Ordinal);
    }
}
