using Chaperone.Console.Tests;
using Chaperone.E2E.Tests.Clients;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Story;

/// <summary>The embedded form with its settings as shipped, the demo's clinic and example policy, and the people of a held call.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class StoryGateway : IAsyncLifetime, ICollectionFixture<StoryGateway>
{
    public const string Name = "story";

    public static readonly TestPerson Engineer = new("p-engineer", "Egon Engineer", "engineers");
    /// <summary>Another engineer, so that no test takes the request of another for its own.</summary>
    public static readonly TestPerson Patient = new("p-patient", "Pia Patient", "engineers");
    public static readonly TestPerson Approver = new("p-approver", "Ada Approver", "approvers", "admin-write");
    public static readonly TestPerson Analyst = new("p-analyst", "Alan Analyst", "analysts");

    /// <summary>May ask and may approve, but never both of one call.</summary>
    public static readonly TestPerson Both = new("p-both", "Bo Both", "engineers", "approvers", "admin-write");

    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("chaperone-story-");
    private TestIssuer? _issuer;
    private ClinicProcess? _clinic;
    private ScriptedServer? _pager;
    private Gateway? _gateway;

    public TestIssuer Issuer => _issuer!;

    public ClinicProcess Clinic => _clinic!;

    public Uri Console => new(_gateway!.ConsoleUrl);

    public Uri Server => new($"{_gateway!.EdgeUrl}/mcp/clinic");

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _issuer = await TestIssuer.StartAsync(cancellationToken);
        foreach (var person in new[] { Engineer, Patient, Approver, Analyst, Both })
        {
            _issuer.Add(person);
        }

        _clinic = ClinicProcess.Start();
        await _clinic.ReadyAsync(cancellationToken);
        _pager = await ScriptedServer.StartAsync(cancellationToken);
        _gateway = await Gateway.StartAsync(
            GatewayForm.Embedded,
            await PolicyAsync(cancellationToken),
            _issuer,
            cancellationToken,
            new Dictionary<string, string>
            {
                [ClinicProcess.TokenVariable] = _clinic.Token,
                ["CHAPERONE_Approval__Webhook__Url"] = _pager.Url,
                ["CHAPERONE_Approval__Webhook__KeyFile"] = Path.Combine(_keys.FullName, "webhook.key"),
            });
    }

    /// <summary>A browser without a screen in which <paramref name="person"/> has signed in.</summary>
    public async Task<PageReader> ReadAsync(TestPerson person)
    {
        var browser = new PageReader(Console);
        Issuer.SignedIn = person;
        await browser.GetAsync("/signin/start", TestContext.Current.CancellationToken);
        Issuer.SignedIn = null;
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _gateway, _pager, _clinic, _issuer })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        _keys.Delete(recursive: true);
    }

    /// <summary>The example as shipped, but that changes of a patient wait for 10 s only.</summary>
    private async Task<string> PolicyAsync(CancellationToken cancellationToken)
    {
        var example = await File.ReadAllTextAsync(Path.Combine(ShippedRooms.Root, "compose", "policy.example.yaml"), cancellationToken);
        const string Both = "tool: [update_*, delete_*]";
        Assert.Contains(Both, example, StringComparison.Ordinal);
        return example
            .Replace("http://127.0.0.1:7101/mcp", $"{Clinic.Url}/mcp", StringComparison.Ordinal)
            .Replace(Both, "tool: delete_*", StringComparison.Ordinal)
            .TrimEnd() + "\n\n" + """
              - name: short-lived
                match: { role: engineer, server: clinic, tool: update_* }
                effect: approve
                reason: Changes of patient data need a second person.
                approval: { role: admin-write, expires: 10s }

            """;
    }
}
