using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.ConformanceServer;

/// <summary>The suite's prompts.</summary>
[McpServerPromptType]
internal sealed class FixturePrompts
{
    [McpServerPrompt(Name = "test_simple_prompt"), Description("A prompt without arguments.")]
    public static string Simple() => "This is a simple prompt for testing.";

    [McpServerPrompt(Name = "test_prompt_with_arguments"), Description("A prompt with two arguments.")]
    public static string WithArguments([Description("First.")] string arg1, [Description("Second.")] string arg2) =>
        $"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'";

    [McpServerPrompt(Name = "test_prompt_with_embedded_resource"), Description("A prompt that carries a resource.")]
    public static PromptMessage[] WithResource([Description("URI of the resource.")] string resourceUri) =>
    [
        new()
        {
            Role = Role.User,
            Content = new EmbeddedResourceBlock
            {
                Resource = new TextResourceContents { Uri = resourceUri, MimeType = "text/plain", Text = "Embedded resource content for testing." },
            },
        },
        new() { Role = Role.User, Content = new TextContentBlock { Text = "Please process the embedded resource above." } },
    ];

    [McpServerPrompt(Name = "test_prompt_with_image"), Description("A prompt that carries an image.")]
    public static PromptMessage[] WithImage() =>
    [
        new() { Role = Role.User, Content = new ImageContentBlock { Data = Samples.Png, MimeType = "image/png" } },
        new() { Role = Role.User, Content = new TextContentBlock { Text = "Please analyze the image above." } },
    ];

    [McpServerPrompt(Name = "test_input_required_result_prompt"), Description("A prompt that asks for its context first (SEP-2322).")]
    public static string InputRequired(RequestContext<GetPromptRequestParams> context) =>
        context.Params?.InputResponses is { Count: > 0 }
            ? "This prompt has its context."
            : throw new InputRequiredException(new Dictionary<string, InputRequest> { ["user_context"] = InputRequiredTools.AskText("What context should the prompt use?", "context") });
}
