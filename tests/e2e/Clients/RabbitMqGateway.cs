using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>The production form: every room its own process, workers twice. Alone on the machine while its tests run: it is all processes of the product at once.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RabbitMqGateway() : ClientStage(GatewayForm.RabbitMq), ICollectionFixture<RabbitMqGateway>
{
    public const string Name = "rabbitmq";
}
