using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Conformance;

/// <summary>Each room its own process over RabbitMQ and PostgreSQL, workers twice.</summary>
public sealed class RabbitMqConformanceTests(RabbitMqConformanceTests.Stage stage) : ConformanceComparison(stage), IClassFixture<RabbitMqConformanceTests.Stage>
{
    /// <summary>Lives as long as the class.</summary>
    public sealed class Stage() : ConformanceStage(GatewayForm.RabbitMq);
}
