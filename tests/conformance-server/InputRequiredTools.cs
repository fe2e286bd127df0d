using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.ConformanceServer;

/// <summary>Tools that need input and say so in their answer (2026-07-28, SEP-2322: multi round-trip requests).</summary>
[McpServerToolType]
internal sealed class InputRequiredTools(StateSeal seal)
{
    [McpServerTool(Name = "test_input_required_result_elicitation"), Description("Asks for a name, then greets.")]
    public static string Elicitation(RequestContext<CallToolRequestParams> context) =>
        TryReadName(context.Params?.InputResponses, out var name)
            ? $"Hello, {name}!"
            : throw new InputRequiredException(new Dictionary<string, InputRequest> { ["user_name"] = AskText("What is your name?", "name") });

    [McpServerTool(Name = "test_input_required_result_sampling"), Description("Asks the client's model, then tells its answer.")]
    public static string Sampling(RequestContext<CallToolRequestParams> context) =>
        Answer(context, "capital_question") is { } answer
            ? $"The model said: {answer.Deserialize(InputResponse.CreateMessageResultJsonTypeInfo)?.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}"
            : throw new InputRequiredException(new Dictionary<string, InputRequest> { ["capital_question"] = AskModel("What is the capital of France?", 100) });

    [McpServerTool(Name = "test_input_required_result_list_roots"), Description("Asks for the client's roots, then counts them.")]
    public static string ListRoots(RequestContext<CallToolRequestParams> context) =>
        Answer(context, "client_roots") is { } answer
            ? $"{answer.Deserialize(InputResponse.ListRootsResultJsonTypeInfo)?.Roots.Count ?? 0} roots"
            : throw new InputRequiredException(new Dictionary<string, InputRequest> { ["client_roots"] = InputRequest.ForRootsList(new()) });

    [McpServerTool(Name = "test_input_required_result_request_state"), Description("Wants its state back with the confirmation.")]
    public string RequestState(RequestContext<CallToolRequestParams> context) =>
        context.Params?.RequestState is { } state
            ? seal.Opens(state) ? "state-ok" : "state-mismatch"
            : throw new InputRequiredException(new Dictionary<string, InputRequest> { ["confirm"] = AskConfirmation() }, seal.Seal("confirm"));

    [McpServerTool(Name = "test_input_required_result_tampered_state"), Description("Refuses a state that it did not sign.")]
    public string TamperedState(RequestContext<CallToolRequestParams> context)
    {
        if (context.Params?.RequestState is not { } state)
        {
            throw new InputRequiredException(new Dictionary<string, InputRequest> { ["confirm"] = AskConfirmation() }, seal.Seal("tamper"));
        }

        return seal.Opens(state) ? "state-ok" : throw new McpProtocolException("requestState was changed", McpErrorCode.InvalidParams);
    }

    [McpServerTool(Name = "test_input_required_result_multiple_inputs"), Description("Asks the person, the model and the client in one round.")]
    public string MultipleInputs(RequestContext<CallToolRequestParams> context)
    {
        if (context.Params?.InputResponses is { Count: >= 3 })
        {
            return "all three answers arrived";
        }

        throw new InputRequiredException(
            new Dictionary<string, InputRequest>
            {
                ["user_name"] = AskText("What is your name?", "name"),
                ["greeting"] = AskModel("Generate a greeting", 50),
                ["client_roots"] = InputRequest.ForRootsList(new()),
            },
            seal.Seal("multiple"));
    }

    [McpServerTool(Name = "test_input_required_result_multi_round"), Description("Asks twice, with another state each time.")]
    public string MultiRound(RequestContext<CallToolRequestParams> context)
    {
        var round = context.Params?.RequestState is { } state && seal.Opens(state) ? state.Split('.')[0] : "start";
        return round switch
        {
            "start" => throw new InputRequiredException(new Dictionary<string, InputRequest> { ["step1"] = AskText("Step 1: What is your name?", "name") }, seal.Seal("one")),
            "one" => throw new InputRequiredException(new Dictionary<string, InputRequest> { ["step2"] = AskText("Step 2: What is your favorite color?", "color") }, seal.Seal("two")),
            _ => "both answers arrived",
        };
    }

    [McpServerTool(Name = "test_input_required_result_capabilities"), Description("Asks only for what the client said it can do.")]
    public static string Capabilities(RequestContext<CallToolRequestParams> context)
    {
        if (context.Params?.InputResponses is { Count: > 0 })
        {
            return "answers arrived";
        }

        var declared = context.JsonRpcRequest.Context?.ClientCapabilities;
        var requests = new Dictionary<string, InputRequest>();
        if (declared?.Sampling is not null)
        {
            requests["capital_question"] = AskModel("What is the capital of France?", 100);
        }

        if (declared?.Elicitation is not null)
        {
            requests["user_name"] = AskText("What is your name?", "name");
        }

        return requests.Count == 0 ? "the client can do neither" : throw new InputRequiredException(requests);
    }

    /// <summary>A form with one required text.</summary>
    public static InputRequest AskText(string message, string field) => InputRequest.ForElicitation(new ElicitRequestParams
    {
        Message = message,
        RequestedSchema = new()
        {
            Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> { [field] = new ElicitRequestParams.StringSchema() },
            Required = [field],
        },
    });

    private static InputRequest AskConfirmation() => InputRequest.ForElicitation(new ElicitRequestParams
    {
        Message = "Please confirm",
        RequestedSchema = new()
        {
            Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> { ["ok"] = new ElicitRequestParams.BooleanSchema() },
            Required = ["ok"],
        },
    });

    private static InputRequest AskModel(string text, int maxTokens) => InputRequest.ForSampling(StreamTools.Question(text, maxTokens));

    private static InputResponse? Answer(RequestContext<CallToolRequestParams> context, string key) =>
        context.Params?.InputResponses is { } all && all.TryGetValue(key, out var answer) ? answer : null;

    // An answer of the wrong shape is asked for again, as SEP-2322 recommends.
    private static bool TryReadName(IDictionary<string, InputResponse>? answers, out string? name)
    {
        name = null;
        if (answers is null || !answers.TryGetValue("user_name", out var answer) || answer.RawValue.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var form = answer.Deserialize(InputResponse.ElicitResultJsonTypeInfo);
        if (form?.Content is null || !form.Content.TryGetValue("name", out var value) || value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        name = value.GetString();
        return true;
    }
}
