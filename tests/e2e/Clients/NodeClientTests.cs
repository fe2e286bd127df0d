using System.Text.Json;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>Clients of the npm world at the clinic through Chaperone: both TypeScript SDKs, which check results against the tool's schema, and the Inspector.</summary>
public abstract class NodeClientTests(ClientStage stage)
{
    private const string Mrn = "MRN-100007";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("client-v1.mjs", "legacy", "2025-11-25")]
    [InlineData("client-v2.mjs", "legacy", "2025-11-25")]
    [InlineData("client-v2.mjs", "auto", "2026-07-28")]
    public async Task TypeScript_ListAndCall_Works(string script, string mode, string version)
    {
        var (code, output, errors) = await Programs.RunAsync(
            Token, NpmPackages.Node, Path.Combine(NpmPackages.Folder, script), stage.UrlOf("clinic").ToString(), stage.Issuer.Mint(ClientStage.Nurse), mode, Mrn);

        Assert.True(code == 0, errors);
        using var said = JsonDocument.Parse(output);
        Assert.Equal(version, said.RootElement.GetProperty("version").GetString());
        Assert.Contains("get_patient", said.RootElement.GetProperty("tools").EnumerateArray().Select(t => t.GetString()));
        Assert.DoesNotContain("update_patient", said.RootElement.GetProperty("tools").EnumerateArray().Select(t => t.GetString()));
        AssertMasked(said.RootElement.GetProperty("result"));
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("auto")]
    [InlineData("modern")]
    public async Task Inspector_ListAndCall_Works(string era)
    {
        using var tools = await InspectAsync(era, "--method", "tools/list");
        using var call = await InspectAsync(era, "--method", "tools/call", "--tool-name", "get_patient", "--tool-args-json", $$"""{"mrn":"{{Mrn}}"}""");

        Assert.Contains("get_patient", tools.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("update_patient", tools.RootElement.GetRawText(), StringComparison.Ordinal);
        AssertMasked(call.RootElement);
    }

    private void AssertMasked(JsonElement result)
    {
        var text = result.GetRawText();
        Assert.Contains("structuredContent", text, StringComparison.Ordinal);
        Assert.Contains("insurance", text, StringComparison.Ordinal);
        Leaks.None(stage.Clinic.HiddenFromNurses(Mrn), text);
    }

    private async Task<JsonDocument> InspectAsync(string era, params string[] method)
    {
        string[] command =
        [
            NpmPackages.Node, NpmPackages.File(".bin/mcp-inspector"), "--cli", stage.UrlOf("clinic").ToString(), "--transport", "http", "--protocol-era", era,
            "--header", $"Authorization: Bearer {stage.Issuer.Mint(ClientStage.Nurse)}", "--format", "json", "-q", .. method,
        ];
        var (code, output, errors) = await Programs.RunAsync(Token, command);
        Assert.True(code == 0, errors + output);
        return JsonDocument.Parse(output);
    }

    [Collection(EmbeddedGateway.Name)]
    public sealed class Embedded(EmbeddedGateway gateway) : NodeClientTests(gateway);

    [Collection(RabbitMqGateway.Name)]
    public sealed class RabbitMq(RabbitMqGateway gateway) : NodeClientTests(gateway);
}
