using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Conformance;

/// <summary>One process.</summary>
public sealed class EmbeddedConformanceTests(EmbeddedConformanceTests.Stage stage) : ConformanceComparison(stage), IClassFixture<EmbeddedConformanceTests.Stage>
{
    /// <summary>Lives as long as the class.</summary>
    public sealed class Stage() : ConformanceStage(GatewayForm.Embedded);
}
