namespace Chaperone.Masking.Json;

/// <summary>What part of an MCP message a value is, and so how it is read. An array is read like each of its elements.</summary>
internal enum Zone : byte
{
    /// <summary>Anything a server or person wrote: masked by key, by structure and by detectors. The safe default.</summary>
    Content = 0,

    /// <summary>The protocol's own: never changed.</summary>
    Keep,

    /// <summary>A sentence for people.</summary>
    Text,

    /// <summary>A resource's address: only what in it identifies someone is masked.</summary>
    Uri,

    /// <summary>Base64; its media type stands beside it.</summary>
    Blob,

    /// <summary>The value of <c>structuredContent</c>.</summary>
    Structured,

    Envelope,
    Error,
    ErrorData,
    Meta,
    Result,
    ToolResult,
    ListResult,
    ServerResult,
    ClientResult,
    Params,
    NotificationParams,
    SamplingParams,
    ElicitationParams,
    Block,
    Message,
    Contents,
    Resource,
    Tool,
    Prompt,
    PromptArgument,
    Schema,
    SchemaMap,
    Completion,
    CompletionArgument,
    Root,
    Task,
    InputRequests,
    InputRequest,
    InputResponses,
}
