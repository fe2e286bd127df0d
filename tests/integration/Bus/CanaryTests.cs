using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>Attack: somebody reads the broker's disk. Only sealed bytes are there (invariant 4).</summary>
public sealed class CanaryTests(OwnRabbitMq own) : IClassFixture<OwnRabbitMq>
{
    private static readonly byte[] Canary = Encoding.UTF8.GetBytes("""{"ssn":"219-09-9999","name":"Zebedee Quillfeather"}""");

    [Fact]
    public async Task Broker_CarriedPayloads_HoldsSealedBytesOnly()
    {
        var token = TestContext.Current.CancellationToken;
        using var vhost = await BusVhost.CreateAsync(own.Shared);
        await using var edge = await TestRoom.StartAsync(vhost, s => s.AddAsk<EvaluateCall, CallDecided>(Lane.Hot));
        await using var worker = await TestRoom.StartAsync(vhost, s =>
        {
            s.AddSingleton<IDoor<EvaluateCall, CallDecided>>(new FakeDoor<EvaluateCall, CallDecided>((r, _) => ValueTask.FromResult(Samples.Allowed(r))));
            s.AddDoor<EvaluateCall, CallDecided, FakeDoor<EvaluateCall, CallDecided>>(Lane.Hot);
        });
        await edge.Get<IAsk<EvaluateCall, CallDecided>>().AskAsync(Samples.Evaluate(edge.Seal, Canary), token);
        var records = Enumerable.Range(0, 50).Select(_ => Samples.Record(edge.Seal, Canary)).ToArray();
        await Task.WhenAll(records.Select(r => edge.Journal.WriteAsync(r, token).AsTask()));

        // Killed, so that nothing can be cleaned up before we look.
        await vhost.Broker.KillAsync();
        var files = Directory.EnumerateFiles(vhost.Broker.DataDirectory, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes).ToArray();

        Assert.DoesNotContain(files, f => Contains(f, "219-09-9999"u8.ToArray()) || Contains(f, "Quillfeather"u8.ToArray()));

        // The search can find: what was sealed is there.
        Assert.All(records, r => Assert.Contains(files, f => Contains(f, r.Parts[0].Content.Ciphertext)));
        Assert.DoesNotContain("219-09-9999", edge.Log.Text + worker.Log.Text, StringComparison.Ordinal);
    }

    private static bool Contains(byte[] haystack, byte[] needle) => haystack.AsSpan().IndexOf(needle) >= 0;
}
