using System.Text.Json;
using System.Text.Unicode;
using Chaperone.Contracts;

namespace Chaperone.Policy.Deciding;

/// <summary>
/// The parts of a JSON-RPC message that rules look at. The edge has checked the message; here it is read again as strictly,
/// because rules are only worth what they look at: a repeated key could show one value to the rules and another to the upstream.
/// </summary>
internal sealed class CallMessage : IDisposable
{
    private const int MaxDepth = 64;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    private readonly JsonDocument? _document;
    private readonly JsonElement _parameters;

    private CallMessage(JsonDocument? document)
    {
        _document = document;
        _parameters = Member(document?.RootElement ?? default, "params");
        var arguments = Member(_parameters, "arguments");
        Arguments = arguments.ValueKind == JsonValueKind.Null ? default : arguments;
    }

    /// <summary><c>params.arguments</c>; undefined when there are none.</summary>
    public JsonElement Arguments { get; }

    /// <summary>Reads a message; null when it cannot be read, or could be read in two ways. Empty bytes (GET, DELETE) are a message without parts.</summary>
    public static CallMessage? TryRead(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return new CallMessage(null);
        }

        if (!Utf8.IsValid(bytes.Span))
        {
            return null;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, Strict);
        }

        // InvalidOperationException: a key with an escape that is no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object
            && JsonText.IsText(root, bytes.Span)
            && Member(root, "params").ValueKind is JsonValueKind.Undefined or JsonValueKind.Object
            && Member(Member(root, "params"), "arguments").ValueKind is JsonValueKind.Undefined or JsonValueKind.Object or JsonValueKind.Null)
        {
            return new CallMessage(document);
        }

        document.Dispose();
        return null;
    }

    /// <summary>The operation that the message really asks for, or null when <paramref name="call"/> says something else than its bytes.</summary>
    public Operation? Confirm(Operation operation, CallFacts call)
    {
        var method = Member(_document?.RootElement ?? default, "method");
        var expectsMethod = call.Direction == CallDirection.FromClient && call.Method is not ("response" or "stream/listen" or "session/end");
        if (method.ValueKind == JsonValueKind.Undefined ? expectsMethod : !IsText(method, call.Method))
        {
            return null;
        }

        if (operation.TargetKey is not { } key)
        {
            return operation.Method == "elicitation/create" && !IsForm() ? Operations.Visit : operation;
        }

        return key == "ref"
            ? ConfirmReference(Member(_parameters, key), call.Target)
            : IsText(Member(_parameters, key), call.Target) ? operation : null;
    }

    /// <summary>The resource URIs that <c>subscriptions/listen</c> (2026-07-28) subscribes to; null where one is no text.</summary>
    public string[]? ReadSubscriptions()
    {
        var uris = Member(Member(_parameters, "notifications"), "resourceSubscriptions");
        return uris.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => [],
            JsonValueKind.Array when uris.EnumerateArray().All(u => u.ValueKind == JsonValueKind.String) => [.. uris.EnumerateArray().Select(u => u.GetString()!)],
            _ => null,
        };
    }

    public void Dispose() => _document?.Dispose();

    /// <summary>Whether an elicitation is a form: it says so, or says nothing of its mode.</summary>
    private bool IsForm() => Member(_parameters, "mode") is var mode && (mode.ValueKind == JsonValueKind.Undefined || IsText(mode, "form"))
        && Member(_parameters, "url").ValueKind == JsonValueKind.Undefined;

    private static Operation? ConfirmReference(JsonElement reference, string? target) => Text(Member(reference, "type")) switch
    {
        "ref/prompt" when IsText(Member(reference, "name"), target) => Operations.CompletePrompt,
        "ref/resource" when IsText(Member(reference, "uri"), target) => Operations.CompleteResource,
        _ => null,
    };

    private static bool IsText(JsonElement element, string? expected) =>
        expected is not null && element.ValueKind == JsonValueKind.String && element.ValueEquals(expected);

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
