using Chaperone.Console.Tests;
using Chaperone.TestKit;
using Chaperone.TestKit.Conformance;
using ModelContextProtocol.Client;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>A running Chaperone as shipped with real servers behind it and people who may call it, shared by all test classes of one form.</summary>
public abstract class ClientStage(GatewayForm form) : IAsyncLifetime
{
    public static readonly TestPerson Nurse = new("p-nurse", "Nora Nurse", "nurses");
    public static readonly TestPerson Engineer = new("p-engineer", "Egon Engineer", "engineers");
    public static readonly TestPerson Approver = new("p-approver", "Ada Approver", "approvers", "admin-write");
    public static readonly TestPerson Analyst = new("p-analyst", "Alan Analyst", "analysts");
    public static readonly TestPerson Conformance = new("p-conformance", "Connie Conformance", "conformance");

    /// <summary>How long a call of an older revision is held before "approval pending".</summary>
    public static readonly TimeSpan LegacyHold = TimeSpan.FromSeconds(15);

    private TestIssuer? _issuer;
    private ClinicProcess? _clinic;
    private Gateway? _gateway;

    public TestIssuer Issuer => _issuer!;

    public ClinicProcess Clinic => _clinic!;

    public ConformanceUpstream Fixtures { get; } = new();

    public Gateway Gateway => _gateway!;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _issuer = await TestIssuer.StartAsync(cancellationToken);
        foreach (var person in new[] { Nurse, Engineer, Approver, Analyst, Conformance })
        {
            _issuer.Add(person);
        }

        _clinic = ClinicProcess.Start();
        await Task.WhenAll(_clinic.ReadyAsync(cancellationToken), Fixtures.InitializeAsync().AsTask());
        var settings = new Dictionary<string, string>
        {
            [ClinicProcess.TokenVariable] = _clinic.Token,
            ["CHAPERONE_Edge__LegacyHold"] = LegacyHold.ToString(),
            ["CHAPERONE_Edge__ModernLeg"] = "00:00:04",
        };
        _gateway = await Gateway.StartAsync(form, StagePolicy.For(_clinic, Fixtures), _issuer, cancellationToken, settings);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var part in new IAsyncDisposable?[] { _gateway, _clinic, Fixtures, _issuer })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    /// <summary>Where clients reach a server.</summary>
    public Uri UrlOf(string server) => new($"{Gateway.EdgeUrl}/mcp/{server}");

    /// <summary>A client of the C# SDK that speaks <paramref name="version"/>.</summary>
    public Task<McpClient> ConnectAsync(TestPerson person, string version, string server = "clinic") => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = UrlOf(server),
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {Issuer.Mint(person)}" },
        }),
        new McpClientOptions { ProtocolVersion = version, ClientInfo = new() { Name = "csharp-sdk", Version = "1" } },
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>A browser in which <paramref name="person"/> has signed in to the console.</summary>
    public async Task<PageReader> SignInAsync(TestPerson person)
    {
        var browser = new PageReader(new Uri(Gateway.ConsoleUrl));
        Issuer.SignedIn = person;
        await browser.GetAsync("/signin/start", TestContext.Current.CancellationToken);
        Issuer.SignedIn = null;
        return browser;
    }
}
