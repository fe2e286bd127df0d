using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Integration.Tests.Recorder;

/// <summary>Records as syslog over TLS, taken by Debian's rsyslogd.</summary>
public class RsyslogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Ecs", false)]
    [InlineData("Ocsf", true)]
    public async Task Records_OverTls_ArriveWhole(string body, bool certificate)
    {
        await using var collector = RsyslogServer.Prepare(asksForCertificate: certificate);
        await collector.StartAsync(Cancel);
        var folder = Directory.CreateTempSubdirectory("chaperone-syslog-").FullName;
        string[] client = certificate ? ["--Recorder:Syslog:CertificateFile", collector.Client.Certificate, "--Recorder:Syslog:CertificateKeyFile", collector.Client.Key] : [];
        await using var app = await StartAsync(folder, collector, ["--Recorder:Syslog:Body", body, .. client]);

        await KeepAsync(app, 0, 300);

        await UntilAllAsync(collector, 300);
        foreach (var line in collector.Lines)
        {
            Assert.Equal(["110", "test-host", "chaperone", "heartbeat"], new[] { line[0], line[2], line[3], line[4] });
            using var document = JsonDocument.Parse(line[5]);
            Assert.Equal(body == "Ecs" ? "9.4.0" : "1.8.0", document.RootElement.GetProperty(body == "Ecs" ? "ecs" : "metadata").GetProperty("version").GetString());
        }

        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The collector is killed while records come, stays away, and comes back: nothing is lost, whatever was in flight.</summary>
    [Fact]
    public async Task Records_WhileTheCollectorIsKilledAndAway_AllArriveInTheEnd()
    {
        await using var collector = RsyslogServer.Prepare();
        await collector.StartAsync(Cancel);
        var folder = Directory.CreateTempSubdirectory("chaperone-syslog-").FullName;
        var app = await StartAsync(folder, collector, []);
        var sent = 0;
        for (var round = 0; round < 3; round++)
        {
            await KeepAsync(app, sent, 200);
            sent += 200;
            await collector.KillAsync();
            await KeepAsync(app, sent, 50);
            sent += 50;
            if (round == 1)
            {
                // The recorder, too, goes away and comes back: the mark is on disk.
                await app.DisposeAsync();
                app = await StartAsync(folder, collector, []);
            }

            await collector.StartAsync(Cancel);
        }

        await UntilAllAsync(collector, sent);
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A collector with another authority gets nothing.</summary>
    [Fact]
    public async Task Records_ToACollectorOfAnotherAuthority_AreNotSent()
    {
        await using var collector = RsyslogServer.Prepare();
        await using var other = RsyslogServer.Prepare();
        await collector.StartAsync(Cancel);
        var folder = Directory.CreateTempSubdirectory("chaperone-syslog-").FullName;
        await using var app = await StartAsync(folder, collector, ["--Recorder:Syslog:CaFile", other.AuthorityFile]);
        await KeepAsync(app, 0, 10);

        await TestLimits.UntilAsync(
            () => ValueTask.FromResult(app.Services.GetRequiredService<RecorderHealth>().SyslogWarning is not null), "syslog to be refused", Cancel);

        Assert.Empty(collector.Lines);
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task UntilAllAsync(RsyslogServer collector, int count)
    {
        await TestLimits.UntilAsync(() => ValueTask.FromResult(Indices(collector).Count == count), $"all {count} records at the collector", Cancel);
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), Indices(collector));
    }

    private static SortedSet<long> Indices(RsyslogServer collector) => [.. collector.Lines.Where(line => line.Length == 6).Select(line => IndexOf(line[5]))];

    private static long IndexOf(string body)
    {
        using var document = JsonDocument.Parse(body);
        return (document.RootElement.TryGetProperty("event", out var ecs) ? ecs : document.RootElement.GetProperty("metadata")).GetProperty("sequence").GetInt64();
    }

    private static async Task KeepAsync(WebApplication app, int from, int count) => await app.Services.GetRequiredService<IRecordKeeper>().KeepAsync(
        [
            .. Enumerable.Range(from, count).Select(i => new RecordEntry
            {
                EventId = Guid.CreateVersion7(),
                Kind = RecordKind.Heartbeat,
                OccurredAt = TimeProvider.System.GetUtcNow(),
                Source = "edge",
                Note = $$"""{"edge":"edge-a","epoch":1,"last":{{i}}}""",
            }),
        ],
        Cancel);

    private static async Task<WebApplication> StartAsync(string folder, RsyslogServer collector, string[] more)
    {
        var app = RecorderService.Build(
        [
            "--urls", "http://127.0.0.1:0",
            "--Recorder:DataDirectory", Path.Combine(folder, "recorder"),
            "--Recorder:KeyFile", Path.Combine(folder, "keys", "record.key"),
            "--Recorder:SigningKeyFile", Path.Combine(folder, "keys", "ledger.key"),
            "--Bus:KeyFile", Path.Combine(folder, "keys", "bus.key"),
            "--Recorder:Syslog:Host", "127.0.0.1",
            "--Recorder:Syslog:Port", $"{collector.Port}",
            "--Recorder:Syslog:CaFile", collector.AuthorityFile,
            "--Recorder:Syslog:HostName", "test-host",
            "--Recorder:Syslog:SettleAfter", "00:00:01",
            "--Recorder:Syslog:LongestPause", "00:00:00.5",
            "--Logging:LogLevel:Default", "None",
            .. more,
        ]);
        await app.StartAsync(Cancel);
        return app;
    }
}
