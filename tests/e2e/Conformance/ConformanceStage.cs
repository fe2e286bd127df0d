using Chaperone.TestKit;
using Chaperone.TestKit.Conformance;

namespace Chaperone.E2E.Tests.Conformance;

/// <summary>The conformance server with a Chaperone before it whose policy allows everything to the group <c>conformance</c> and masks nothing.</summary>
public abstract class ConformanceStage(GatewayForm form) : IAsyncLifetime
{
    private TestIssuer _issuer = null!;

    /// <summary>The server itself.</summary>
    public ConformanceUpstream Upstream { get; } = new();

    /// <summary>The Chaperone before it; the servers are called <c>stateful</c> and <c>stateless</c>.</summary>
    public Gateway Gateway { get; private set; } = null!;

    /// <summary>A token of somebody who may do everything.</summary>
    public string Token => _issuer.Mint(new TestPerson("suite", "Suite", "conformance"));

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync(CancellationToken.None);
        await Upstream.InitializeAsync();
        Gateway = await Gateway.StartAsync(
            form,
            $$"""
            version: 1
            roles:
              conformance: { groups: [conformance] }
            servers:
              stateful: { url: {{Upstream.Stateful}} }
              stateless: { url: {{Upstream.Stateless}} }
            rules:
              - name: everything
                match: { role: conformance, method: "*" }
                effect: allow
                masking: none
            """,
            _issuer,
            CancellationToken.None);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        await Upstream.DisposeAsync();
        await _issuer.DisposeAsync();
    }
}
