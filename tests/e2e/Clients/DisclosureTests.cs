using System.Text;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>A patient whom a real clinic answered about is found by the identifier that only masking saw, and stands nowhere in clear.</summary>
public abstract class DisclosureTests(ClientStage stage)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounting_OfAPatientOfTheClinic_ListsTheCallsAndNoOthers()
    {
        var person = new TestPerson("p-disclosed", "Dora Disclosed", "nurses");
        await using (var client = await stage.ConnectAsync(person, "2025-11-25"))
        {
            await client.CallToolAsync("get_patient", new Dictionary<string, object?> { ["mrn"] = "MRN-100021" }, cancellationToken: Token);
            await client.CallToolAsync("get_patient", new Dictionary<string, object?> { ["mrn"] = "MRN-100022" }, cancellationToken: Token);
        }

        string[] lines = [];
        await TestLimits.UntilAsync(
            async () =>
            {
                lines = [.. (await AccountAsync("mrn 100021")).Where(l => l.Contains("p-disclosed", StringComparison.Ordinal))];
                return lines.Length > 0;
            },
            "the call in the ledger",
            Token);

        Assert.Contains(",clinic,tools/call get_patient,", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Contains(",request and answer,not stated,", lines[0], StringComparison.Ordinal);
        Assert.Empty(await AccountAsync("MRN-999999"));
        AssertNowhere("MRN-100021");
    }

    private async Task<string[]> AccountAsync(string identifier)
    {
        var file = Path.Combine(stage.Gateway.Directory, "identifier");
        await File.WriteAllTextAsync(file, identifier + "\n", Token);
        var (code, words) = await Gateway.ChaperoneAsync(
            Token,
            ["disclosures", .. stage.Gateway.StoreArguments, "--keys", Path.Combine(stage.Gateway.Directory, "keys"), "--identifier-file", file, "--reason", "The patient asked, ticket 4711"]);
        File.Delete(file);
        Assert.True(code == 0, words);
        Assert.Contains("Recorded in the ledger as leaf ", words, StringComparison.Ordinal);
        return [.. words.Split("\r\n").Skip(1).SkipLast(1)];
    }

    /// <summary>Invariant 4, for all that the gateway wrote: stores, logs, keys.</summary>
    private void AssertNowhere(string canary)
    {
        foreach (var file in Directory.EnumerateFiles(stage.Gateway.Directory, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Assert.False(Encoding.Latin1.GetString(bytes.ToArray()).Contains(canary, StringComparison.Ordinal), $"{file} holds {canary}");
        }
    }

    [Collection(EmbeddedGateway.Name)]
    public sealed class Embedded(EmbeddedGateway gateway) : DisclosureTests(gateway);

    [Collection(RabbitMqGateway.Name)]
    public sealed class RabbitMq(RabbitMqGateway gateway) : DisclosureTests(gateway);
}
