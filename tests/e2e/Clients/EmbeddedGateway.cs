using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>The embedded form. Alone on the machine while its tests run: it is all processes of the product at once.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EmbeddedGateway() : ClientStage(GatewayForm.Embedded), ICollectionFixture<EmbeddedGateway>
{
    public const string Name = "embedded";
}
