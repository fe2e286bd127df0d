using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.ConformanceServer;

/// <summary>Tools that ask the person at the client.</summary>
[McpServerToolType]
internal sealed class ElicitationTools
{
    [McpServerTool(Name = "test_elicitation"), Description("Asks for one text.")]
    public static async Task<string> Ask(McpServer server, [Description("What to ask.")] string message, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>
        {
            ["username"] = new ElicitRequestParams.StringSchema { Description = "User's response" },
            ["email"] = new ElicitRequestParams.StringSchema { Description = "User's e-mail address" },
        };
        return await AskAsync(server, message, fields, cancellationToken);
    }

    [McpServerTool(Name = "test_elicitation_sep1034_defaults"), Description("Asks with a default for every primitive type (SEP-1034).")]
    public static async Task<string> Defaults(McpServer server, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>
        {
            ["name"] = new ElicitRequestParams.StringSchema { Default = "John Doe" },
            ["age"] = new ElicitRequestParams.NumberSchema { Type = "integer", Default = 30 },
            ["score"] = new ElicitRequestParams.NumberSchema { Default = 95.5 },
            ["status"] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = ["active", "inactive", "pending"], Default = "active" },
            ["verified"] = new ElicitRequestParams.BooleanSchema { Default = true },
        };
        return await AskAsync(server, "Please review the defaults", fields, cancellationToken);
    }

    [McpServerTool(Name = "test_elicitation_sep1330_enums"), Description("Asks with every kind of enumeration (SEP-1330).")]
    public static async Task<string> Enums(McpServer server, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>
        {
            ["untitledSingle"] = new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = ["option1", "option2", "option3"] },
            ["titledSingle"] = new ElicitRequestParams.TitledSingleSelectEnumSchema { OneOf = Titled("Option") },
            // The suite asks for the deprecated form as well.
            ["legacyEnum"] = new ElicitRequestParams.LegacyTitledEnumSchema { Enum = ["opt1", "opt2", "opt3"], EnumNames = ["Option One", "Option Two", "Option Three"] },
            ["untitledMulti"] = new ElicitRequestParams.UntitledMultiSelectEnumSchema { Items = new() { Enum = ["option1", "option2", "option3"] } },
            ["titledMulti"] = new ElicitRequestParams.TitledMultiSelectEnumSchema { Items = new() { AnyOf = Titled("Choice") } },
        };
        return await AskAsync(server, "Please choose", fields, cancellationToken);
    }

    private static List<ElicitRequestParams.EnumSchemaOption> Titled(string noun) =>
    [
        new() { Const = "value1", Title = $"First {noun}" },
        new() { Const = "value2", Title = $"Second {noun}" },
        new() { Const = "value3", Title = $"Third {noun}" },
    ];

    private static async Task<string> AskAsync(McpServer server, string message, IDictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> fields, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(new ElicitRequestParams { Message = message, RequestedSchema = new() { Properties = fields } }, cancellationToken);
        return $"Elicitation completed: action={answer.Action}, content={JsonSerializer.Serialize(answer.Content)}";
    }
}
