using System.Collections.Frozen;
using Chaperone.Contracts;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Deciding;

/// <summary>All operations of MCP 2025-03-26 to 2026-07-28. What is not here is refused, whatever the rules say.</summary>
internal static class Operations
{
    private const string CompletionMethod = "completion/complete";
    private const string VisitMethod = "elicitation/url";
    private const string NotificationPrefix = "notifications/";

    private static readonly string[] ClientLifecycle =
    [
        "initialize", "ping", "server/discover", "logging/setLevel",
        "tools/list", "prompts/list", "resources/list", "resources/templates/list", "subscriptions/listen", "tasks/list",
        "response", "stream/listen", "session/end",
        "notifications/initialized", "notifications/cancelled", "notifications/progress", "notifications/roots/list_changed",
        "notifications/elicitation/complete", "notifications/tasks/status", "notifications/*",
    ];

    private static readonly string[] ServerLifecycle = ["ping", "notifications/*"];

    private static readonly string[] TaskMethods = ["tasks/get", "tasks/result", "tasks/cancel", "tasks/update"];

    private static readonly string[] ServerRequests = ["sampling/createMessage", "elicitation/create", VisitMethod, "roots/list"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Operation> All { get; } = Build();

    /// <summary>Their methods, once each.</summary>
    public static IReadOnlyList<string> Methods { get; } = [.. All.Select(o => o.Method).Distinct(StringComparer.Ordinal)];

    /// <summary><c>tools/call</c>.</summary>
    public static Operation CallTool { get; } = Client("tools/call");

    /// <summary><c>prompts/get</c>.</summary>
    public static Operation GetPrompt { get; } = Client("prompts/get");

    /// <summary><c>resources/read</c>.</summary>
    public static Operation ReadResource { get; } = Client("resources/read");

    /// <summary><c>resources/subscribe</c>.</summary>
    public static Operation Subscribe { get; } = Client("resources/subscribe");

    /// <summary>Completion of a prompt's argument.</summary>
    public static Operation CompletePrompt { get; } = All.Single(o => o.Method == CompletionMethod && o.Target == TargetKind.Prompt);

    /// <summary>Completion of a resource template's variable.</summary>
    public static Operation CompleteResource { get; } = All.Single(o => o.Method == CompletionMethod && o.Target == TargetKind.Resource);

    /// <summary>Elicitation that sends a person to an address (mode <c>url</c>), which rules name apart from the forms of <c>elicitation/create</c>: no message has it as its method.</summary>
    public static Operation Visit { get; } = All.Single(o => o.Method == VisitMethod);

    private static readonly FrozenDictionary<string, Operation> FromClient = Index(CallDirection.FromClient);
    private static readonly FrozenDictionary<string, Operation> FromServer = Index(CallDirection.FromServer);

    /// <summary>The operation of a method; null when the gateway does not know it. Completion is the prompt's until its reference is read.</summary>
    public static Operation? Find(string method, CallDirection direction)
    {
        var known = direction == CallDirection.FromServer ? FromServer : FromClient;
        if (known.TryGetValue(method, out var found))
        {
            return found;
        }

        return method.StartsWith(NotificationPrefix, StringComparison.Ordinal) ? known["notifications/*"] : null;
    }

    /// <summary>The operations that a rule speaks about. Without <c>method</c>: those of its target, or all guarded ones. Lifecycle only to deny it.</summary>
    public static Operation[] Of(RuleMatch match, RuleEffect effect) => [.. All.Where(o => Covers(o, match, effect))];

    private static bool Covers(Operation operation, RuleMatch match, RuleEffect effect)
    {
        var named = match.Methods.Length > 0;
        return ((match.Tools.Length == 0 && match.Hints is null) || operation.Target == TargetKind.Tool)
            && (match.Prompts.Length == 0 || operation.Target == TargetKind.Prompt)
            && (match.Resources.Length == 0 || operation.Target == TargetKind.Resource)
            && (match.Arguments.Length == 0 || operation.HasArguments)
            && ((match.Sql is null && match.Shell is null) || operation.Target == TargetKind.Tool)
            && (match.Counters.Length == 0 || operation.Kind == OperationKind.Guarded)
            && (named ? Array.Exists(match.Methods, m => m.Matches(operation.Method)) : operation.Kind == OperationKind.Guarded)
            && (operation.Kind != OperationKind.Lifecycle || effect == RuleEffect.Deny);
    }

    private static Operation Client(string method) => All.Single(o => o.Method == method && o.Direction == CallDirection.FromClient);

    private static FrozenDictionary<string, Operation> Index(CallDirection direction) =>
        All.Where(o => o.Direction == direction && o != CompleteResource && o != Visit).ToFrozenDictionary(o => o.Method, StringComparer.Ordinal);

    private static List<Operation> Build()
    {
        var all = new List<Operation>();
        Add("tools/call", OperationKind.Guarded, target: TargetKind.Tool, key: "name", arguments: true);
        Add("prompts/get", OperationKind.Guarded, target: TargetKind.Prompt, key: "name", arguments: true);
        Add("resources/read", OperationKind.Guarded, target: TargetKind.Resource, key: "uri");
        Add("resources/subscribe", OperationKind.Guarded, target: TargetKind.Resource, key: "uri");
        Add("resources/unsubscribe", OperationKind.Guarded, target: TargetKind.Resource, key: "uri");
        Add(CompletionMethod, OperationKind.Guarded, target: TargetKind.Prompt, key: "ref");
        Add(CompletionMethod, OperationKind.Guarded, target: TargetKind.Resource, key: "ref");
        Array.ForEach(TaskMethods, m => Add(m, OperationKind.Lifecycle, key: "taskId"));
        Array.ForEach(ClientLifecycle, m => Add(m, OperationKind.Lifecycle));
        Array.ForEach(ServerLifecycle, m => Add(m, OperationKind.Lifecycle, CallDirection.FromServer));
        Array.ForEach(ServerRequests, m => Add(m, OperationKind.ServerRequest, CallDirection.FromServer));
        return all;

        void Add(string method, OperationKind kind, CallDirection direction = CallDirection.FromClient, TargetKind target = TargetKind.None, string? key = null, bool arguments = false) =>
            all.Add(new Operation
            {
                Index = all.Count,
                Method = method,
                Direction = direction,
                Kind = kind,
                Target = target,
                TargetKey = key,
                HasArguments = arguments,
            });
    }
}
