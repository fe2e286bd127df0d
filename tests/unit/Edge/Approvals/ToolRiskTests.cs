using System.Text.Json;
using Chaperone.Edge.Approvals;

namespace Chaperone.Edge.Tests.Approvals;

public sealed class ToolRiskTests
{
    [Theory]
    [InlineData("""{"name":"t"}""", "unknown: the server does not say what the tool may do")]
    [InlineData("""{"name":"t","annotations":{}}""", "may destroy or overwrite data; a second run may do more; may reach systems outside (as the server declares)")]
    [InlineData("""{"name":"t","annotations":{"destructiveHint":true,"idempotentHint":true,"openWorldHint":false}}""", "may destroy or overwrite data (as the server declares)")]
    [InlineData("""{"name":"t","annotations":{"destructiveHint":false,"openWorldHint":false}}""", "adds data, destroys none; a second run may do more (as the server declares)")]
    [InlineData("""{"name":"t","annotations":{"readOnlyHint":true,"destructiveHint":true,"openWorldHint":false}}""", "reads only (as the server declares)")]
    [InlineData("""{"name":"t","annotations":{"readOnlyHint":"yes"}}""", "may destroy or overwrite data; a second run may do more; may reach systems outside (as the server declares)")]
    public void Words_FollowTheDeclaredHintsAndTheirDefaults(string tool, string words)
    {
        using var definition = JsonDocument.Parse(tool);

        Assert.Equal(words, ToolRisk.Words(definition.RootElement));
    }

    [Fact]
    public void Words_NoTool_IsNull() => Assert.Null(ToolRisk.Words(null));
}
