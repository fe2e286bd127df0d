using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Chaperone.Console.Tests;
using Chaperone.E2E.Tests.Clients;
using Chaperone.TestKit;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Chaperone.E2E.Tests.Story;

/// <summary>
/// Clients that we did not write, at their own default timeouts (60 s of the TypeScript SDKs and the Inspector, 100 s of C#), against
/// an approver who takes longer than that. All of them at once, because each has to wait.
/// </summary>
[Collection(StoryGateway.Name)]
public sealed class PatientClientTests(StoryGateway stage)
{
    private static readonly TimeSpan LongerThanClientsWait = TimeSpan.FromSeconds(65);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Held_LongerThanDefaultTimeouts_EveryClientGetsItsAnswer()
    {
        using var approver = await stage.ReadAsync(StoryGateway.Approver);
        var clock = Stopwatch.StartNew();
        var patient = new Dictionary<string, Func<Task<string>>>
        {
            ["MRN-100121"] = () => TypeScriptAsync("client-v2.mjs", "auto", "MRN-100121"),
            ["MRN-100122"] = () => InspectAsync("modern", "MRN-100122"),
            ["MRN-100123"] = () => SharpAsync("2026-07-28", "MRN-100123"),
        };
        var brief = new Dictionary<string, Func<Task<string>>>
        {
            ["MRN-100124"] = () => TypeScriptAsync("client-v1.mjs", "legacy", "MRN-100124"),
            ["MRN-100125"] = () => TypeScriptAsync("client-v2.mjs", "legacy", "MRN-100125"),
            ["MRN-100126"] = () => InspectAsync("legacy", "MRN-100126"),
            ["MRN-100127"] = () => SharpAsync("2025-11-25", "MRN-100127"),
        };

        var waiting = patient.ToDictionary(p => p.Key, p => p.Value());
        var first = brief.ToDictionary(b => b.Key, b => b.Value());

        // Clients of older revisions are told the number before they give up.
        foreach (var (mrn, call) in first)
        {
            var said = await call;
            Assert.True(Regex.IsMatch(said, "Approval APR-[0-9]+ is pending .*Repeat the identical call after approval"), $"{mrn}: {said}");
            Assert.True(stage.Clinic.Has(mrn));
        }

        await TestLimits.UntilAsync(() => ValueTask.FromResult(clock.Elapsed > LongerThanClientsWait), "the clients' own timeouts", Token, Patience);
        foreach (var (mrn, call) in waiting)
        {
            Assert.False(call.IsCompleted, $"{mrn} was not waited for: {(call.IsCompletedSuccessfully ? await call : call.Exception?.ToString())}");
        }

        await ApproveAllAsync(approver, patient.Count + brief.Count);
        foreach (var (mrn, call) in waiting)
        {
            var said = await call;
            Assert.False(stage.Clinic.Has(mrn), $"{mrn}: {said}");
        }

        foreach (var (mrn, call) in brief)
        {
            var said = await call();
            Assert.False(stage.Clinic.Has(mrn), $"{mrn}: {said}");
        }
    }

    private static async Task ApproveAllAsync(PageReader approver, int count)
    {
        var open = Array.Empty<string>();
        await TestLimits.UntilAsync(
            async () =>
            {
                open = [.. Regex.Matches((await approver.GetAsync("/approvals", Token)).Html, "id=\"pending-(APR-[0-9]+)\"[^>]*>\\s*<span class=\"card-head\"><strong>delete_patient").Select(m => m.Groups[1].Value)];
                return open.Length >= count;
            },
            $"{count} requests in the console",
            Token);
        foreach (var id in open)
        {
            var page = await approver.PostAsync($"/approvals/{id}", $"/approvals/{id}", Token, ("decision", "approve"), ("reason", ""));
            Assert.Equal(HttpStatusCode.OK, page.Status);
        }
    }

    private async Task<string> TypeScriptAsync(string script, string mode, string mrn)
    {
        var (_, output, errors) = await Programs.RunAsync(
            Patience, Token, NpmPackages.Node, Path.Combine(NpmPackages.Folder, script), stage.Server.ToString(), stage.Issuer.Mint(StoryGateway.Patient), mode, mrn, "delete_patient", "duplicate");
        return output + errors;
    }

    private async Task<string> InspectAsync(string era, string mrn)
    {
        var (_, output, errors) = await Programs.RunAsync(
            Patience,
            Token,
            [
                NpmPackages.Node, NpmPackages.File(".bin/mcp-inspector"), "--cli", stage.Server.ToString(), "--transport", "http", "--protocol-era", era,
                "--header", $"Authorization: Bearer {stage.Issuer.Mint(StoryGateway.Patient)}", "--format", "json", "-q",
                "--method", "tools/call", "--tool-name", "delete_patient", "--tool-args-json", $$"""{"mrn":"{{mrn}}","reason":"duplicate"}""",
            ]);
        return output + errors;
    }

    private async Task<string> SharpAsync(string version, string mrn)
    {
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions
            {
                Endpoint = stage.Server,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {stage.Issuer.Mint(StoryGateway.Patient)}" },
            }),
            new McpClientOptions { ProtocolVersion = version, ClientInfo = new() { Name = "csharp-sdk", Version = "1" } },
            cancellationToken: Token);
        var result = await client.CallToolAsync("delete_patient", new Dictionary<string, object?> { ["mrn"] = mrn, ["reason"] = "duplicate" }, cancellationToken: Token);
        return string.Join('\n', result.Content.OfType<TextContentBlock>().Select(c => c.Text));
    }
}
