using System.Text.Json;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>The one-line call that the README promises, by the real curl.</summary>
public abstract class CurlTests(ClientStage stage)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Curl_OneStatelessCall_GetsTheMaskedPatient()
    {
        var (status, body) = await CurlAsync("-H", $"Authorization: Bearer {stage.Issuer.Mint(ClientStage.Nurse)}");

        Assert.Equal("200", status);
        using var answer = JsonDocument.Parse(body.StartsWith("event:", StringComparison.Ordinal) ? body[body.IndexOf('{')..] : body);
        var result = answer.RootElement.GetProperty("result");
        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.StartsWith("MRN", stage.Clinic.IdentifiersOf("MRN-100006")["mrn"], StringComparison.Ordinal);
        Assert.True(result.GetProperty("structuredContent").TryGetProperty("ssn", out _));
        Leaks.None(stage.Clinic.HiddenFromNurses("MRN-100006"), body);
    }

    [Fact]
    public async Task Curl_WithoutToken_IsToldWhereToGetOne()
    {
        var (status, body) = await CurlAsync("-i");

        Assert.Equal("401", status);
        Assert.Contains("WWW-Authenticate: Bearer resource_metadata=", body, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<(string Status, string Body)> CurlAsync(params string[] more)
    {
        const string Call = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_patient","arguments":{"mrn":"MRN-100006"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"curl","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}
            """;
        string[] command =
        [
            "curl", "-sS", "--max-time", "60", stage.UrlOf("clinic").ToString(), "-w", "\n%{http_code}",
            "-H", "Content-Type: application/json", "-H", "Accept: application/json, text/event-stream",
            "-H", "MCP-Protocol-Version: 2026-07-28", "-H", "Mcp-Method: tools/call", "-H", "Mcp-Name: get_patient", "-d", Call, .. more,
        ];
        var (code, output, errors) = await Programs.RunAsync(Token, command);
        Assert.True(code == 0, errors);
        var end = output.LastIndexOf('\n');
        return (output[(end + 1)..], output[..end]);
    }

    [Collection(EmbeddedGateway.Name)]
    public sealed class Embedded(EmbeddedGateway gateway) : CurlTests(gateway);

    [Collection(RabbitMqGateway.Name)]
    public sealed class RabbitMq(RabbitMqGateway gateway) : CurlTests(gateway);
}
