using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Integration.Tests.Ledger;
using Chaperone.Ledger;
using Chaperone.Recorder;
using Chaperone.Recorder.Tests;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Recorder;

/// <summary>The turn of a year with two recorders on a real PostgreSQL: one of them opens the next log, both go on in it, and verifiers that are not ours accept each log.</summary>
public class PostgresRotationTests(SharedPostgres postgres, GoVerifier go)
{
    private const string Ledger = "chaperone.local/ledger";

    private static readonly string[] Texts = ["checkpoint", "2027/checkpoint", "2028/checkpoint", "logs"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoRecorders_OverTwoTurns_OpenEachLogOnceAndLoseNothing()
    {
        var database = await (await postgres.GetAsync()).CreateDatabaseAsync(Cancel);
        await using var first = await PostgresRig.StartAsync(database);
        await using var second = await PostgresRig.StartAsync(database, first.Folder);
        var records = 0;
        foreach (var year in new[] { 2026, 2027, 2028 })
        {
            var entries = Enumerable.Range(0, 300).Select(_ => first.Entry()).ToArray();
            var work = entries.Select((entry, i) => Task.Run(
                async () =>
                {
                    if (i == 100 && year > 2026)
                    {
                        // One clock is a little late: until then that recorder appends to the old log.
                        first.Time.SetUtcNow(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
                    }

                    if (i == 200 && year > 2026)
                    {
                        second.Time.SetUtcNow(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
                    }

                    await KeepAsync(i % 2 == 0 ? first : second, entry);
                },
                Cancel)).ToArray();
            await Task.WhenAll(work);
            first.Time.Advance(TimeSpan.FromSeconds(11));
            await KeepAsync(first, first.Entry());
            records += 301 + (year > 2026 ? 1 : 0);
        }

        foreach (var rig in new[] { first, second })
        {
            var report = await rig.VerifyAsync();
            Assert.Equal($"intact: {records} records in 3 logs, root {report.Head.Root}", report.Summary);
        }

        Assert.Equal(await TextsAsync(first), await TextsAsync(second));
        await AcceptedByOthersAsync(first);
    }

    /// <summary>As the bus does: what was not kept, because the other recorder held the head for longer than this one waits, is delivered again.</summary>
    private static async Task KeepAsync(RecorderRig rig, RecordEntry entry)
    {
        for (var again = 0; ; again++)
        {
            try
            {
                await rig.KeepAsync(entry);
                return;
            }
            catch (RecordsNotKeptException) when (again < 20 && rig.Health.Refusal is null)
            {
                // Delivered again.
            }
        }
    }

    /// <summary>golang.org/x/mod and sigstore know nothing of years: each log is one to them.</summary>
    private async Task AcceptedByOthersAsync(RecorderRig rig)
    {
        using var ledger = new NoteSigner(Ledger, KeyFile.LoadOrCreate(Path.Combine(rig.Folder, "keys", "ledger.key")).Current.Key);
        foreach (var (folder, origin) in new[] { (".", Ledger), ("2027", $"{Ledger}/2027"), ("2028", $"{Ledger}/2028") })
        {
            using var signer = ledger.Named(origin);
            using var log = await PublishedLog.CopyAsync(Path.GetFullPath(Path.Combine(rig.LogDirectory, folder)), signer, Cancel);

            Assert.Equal(new Verdict(0, $"OK size={log.Head.Size} root={log.Head.Root}"), await go.VerifyAsync(log, Cancel));
            Assert.Equal(0, (await SigstoreVerifier.VerifyAsync(log, Cancel)).ExitCode);
        }
    }

    private static async Task<string[]> TextsAsync(RecorderRig rig) =>
        [.. await Task.WhenAll(Texts.Select(f => File.ReadAllTextAsync(Path.Combine(rig.LogDirectory, f), Cancel)))];
}
