using System.Net;
using Chaperone.Bus.Doors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chaperone.Bus.Tests.Doors;

/// <summary>Nobody keeps the doors busy that need no token, and nobody is shut out by somebody else.</summary>
public sealed class DoorLimitsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Door_TooOften_Is429WithRetryAfterAndRunsNothing()
    {
        await using var doors = await Doors.StartAsync(("Doors:SignInsPerMinute", "3"), ("Doors:TrustedProxies:0", "127.0.0.1"));

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 5; i++)
        {
            answers.Add(await doors.GetAsync("/signin/start", "192.0.2.1"));
        }

        Assert.Equal([200, 200, 200, 429, 429], answers.Select(a => (int)a.StatusCode));
        Assert.InRange(answers[^1].Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.True(answers[^1].Headers.CacheControl!.NoStore);
        Assert.Equal(3, doors.Served);
    }

    /// <summary>Also in other letters, below, and by other methods: as the routes match them.</summary>
    [Theory]
    [InlineData("/SignIn/start")]
    [InlineData("/signin/start/")]
    [InlineData("/signin/%73tart")]
    public async Task Door_WrittenOtherwise_CountsAsTheSame(string path)
    {
        await using var doors = await Doors.StartAsync(("Doors:SignInsPerMinute", "1"));
        await doors.GetAsync("/signin/start");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await doors.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Door_OfOthers_StaysOpen()
    {
        await using var doors = await Doors.StartAsync(("Doors:SignInsPerMinute", "1"), ("Doors:TrustedProxies:0", "127.0.0.1"));
        await doors.GetAsync("/signin", "192.0.2.1");

        Assert.Equal(429, (int)(await doors.GetAsync("/signin", "192.0.2.1")).StatusCode);
        Assert.Equal(200, (int)(await doors.GetAsync("/signin", "192.0.2.2")).StatusCode);
        Assert.Equal(200, (int)(await doors.GetAsync("/ledger/tile", "192.0.2.1")).StatusCode);
        Assert.Equal(200, (int)(await doors.GetAsync("/signin-elsewhere", "192.0.2.1")).StatusCode);
    }

    /// <summary>What a caller writes into the header gives it no fresh count where no proxy is trusted.</summary>
    [Fact]
    public async Task Door_OfAForgedAddress_CountsTheConnection()
    {
        await using var doors = await Doors.StartAsync(("Doors:SignInsPerMinute", "1"));
        await doors.GetAsync("/signin", "192.0.2.1");

        Assert.Equal(429, (int)(await doors.GetAsync("/signin", "192.0.2.2")).StatusCode);
    }

    [Fact]
    public async Task Door_ProxiesOfTheEdge_CountHereToo()
    {
        await using var doors = await Doors.StartAsync(("Doors:SignInsPerMinute", "1"), ("Edge:TrustedProxies:0", "127.0.0.0/8"));
        await doors.GetAsync("/signin", "192.0.2.1");

        Assert.Equal(200, (int)(await doors.GetAsync("/signin", "192.0.2.2")).StatusCode);
    }

    [Fact]
    public async Task Door_LimitZero_IsNotCounted()
    {
        await using var doors = await Doors.StartAsync(("Doors:SignInsPerMinute", "0"));
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, (int)(await doors.GetAsync("/signin")).StatusCode);
        }
    }

    [Fact]
    public async Task Start_ProxyThatIsNoAddress_NamesSettingAndRemedy()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Doors.StartAsync(("Doors:TrustedProxies:0", "proxy.example")));

        Assert.Contains("Doors:TrustedProxies", refused.Message, StringComparison.Ordinal);
        Assert.Contains("10.0.1.0/24", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever owns a great network fills no memory: there are only so many counts.</summary>
    [Fact]
    public void Bucket_OfAnyAddress_IsOneOf65536()
    {
        var addresses = new ClientAddress([]);
        var bytes = new byte[16];
        var seen = new HashSet<int>();
        for (var i = 0; i < 200_000; i++)
        {
            BitConverter.TryWriteBytes(bytes, i);
            seen.Add(addresses.BucketOf(new DefaultHttpContext { Connection = { RemoteIpAddress = new IPAddress(bytes) } }));
        }

        Assert.InRange(seen.Count, 50_000, 65_536);
        Assert.All(seen, b => Assert.InRange(b, 0, 65_535));
    }

    private sealed class Doors : IAsyncDisposable
    {
        private readonly HttpClient _http = new();
        private readonly WebApplication _app;
        private int _served;

        private Doors(WebApplication app) => _app = app;

        public int Served => _served;

        public static async Task<Doors> StartAsync(params (string Name, string Value)[] settings)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
            builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Name, s.Value)));
            builder.Services.AddLimitedDoor(DoorKind.SignIn, "/signin").AddLimitedDoor(DoorKind.Public, "/ledger");
            DoorLimits.AddTo(builder.Services, builder.Configuration);
            var doors = new Doors(builder.Build());
            doors._app.Map("/{**any}", () =>
            {
                Interlocked.Increment(ref doors._served);
                return "served";
            });
            await doors._app.StartAsync(Token);
            return doors;
        }

        public Task<HttpResponseMessage> GetAsync(string path, string? forwardedFor = null)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, _app.Urls.Single() + path);
            if (forwardedFor is not null)
            {
                request.Headers.Add("X-Forwarded-For", forwardedFor);
            }

            return _http.SendAsync(request, Token);
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _app.DisposeAsync();
        }
    }
}
