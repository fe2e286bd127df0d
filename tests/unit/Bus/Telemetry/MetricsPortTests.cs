using System.Net;
using Chaperone.Bus.Health;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.Tests.Telemetry;

/// <summary>Metrics are for whoever watches the machine, not for callers: they have a port of their own.</summary>
public sealed class MetricsPortTests : IDisposable
{
    private readonly int _port = PrivatePorts.Take();
    private readonly int _metrics = PrivatePorts.Take();
    private readonly HttpClient _http = new() { Timeout = TestLimits.Signal };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OnItsPort_TellsMetricsAndHealth()
    {
        await using var app = await StartAsync($"--Telemetry:MetricsPort={_metrics}");
        BusTelemetry.RecordsParked.Add(1);

        var text = await _http.GetStringAsync(new Uri($"http://127.0.0.1:{_metrics}/metrics"), Cancel);

        Assert.Contains("chaperone_room_healthy{dependency=\"well\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("chaperone_room_healthy{dependency=\"ill\"} 0", text, StringComparison.Ordinal);
        Assert.Contains("chaperone_bus_records_parked_total", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "/")]
    [InlineData(true, "/secret")]
    [InlineData(true, "/health/ready")]
    [InlineData(true, "/metrics/more")]
    [InlineData(false, "/metrics")]
    public async Task Get_OnTheOtherPort_FindsNothing(bool onMetricsPort, string path)
    {
        await using var app = await StartAsync($"--Telemetry:MetricsPort={_metrics}");

        // The port is the socket's: a header does not change it.
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{(onMetricsPort ? _metrics : _port)}{path}");
        request.Headers.Host = $"127.0.0.1:{(onMetricsPort ? _port : _metrics)}";
        using var answer = await _http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Get_Unconfigured_ThereIsNone()
    {
        await using var app = await StartAsync();

        using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{_port}/metrics"), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => _http.GetAsync(new Uri($"http://127.0.0.1:{_metrics}/metrics"), Cancel));
    }

    [Theory]
    [InlineData("--Telemetry:MetricsAddress=somewhere", "MetricsAddress")]
    [InlineData("--Telemetry:OtlpEndpoint=collector:4317", "OtlpEndpoint")]
    [InlineData("--Telemetry:TracedShare=2", "TracedShare")]
    public async Task Start_BadSetting_NamesIt(string argument, string name)
    {
        var thrown = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => StartAsync(argument));

        Assert.Contains(name, thrown.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _http.Dispose();

    private async Task<WebApplication> StartAsync(params string[] arguments)
    {
        var builder = RoomBuilder.Create([$"--urls=http://127.0.0.1:{_port}", .. arguments]);
        builder.Services.AddRoomCheck("well", _ => null);
        builder.Services.AddRoomWarning("ill", _ => "It is ill.");
        var app = builder.Build();
        app.MapGet("/secret", () => Results.Ok());
        app.MapChaperoneHealth();
        await app.StartAsync(Cancel);
        return app;
    }
}
