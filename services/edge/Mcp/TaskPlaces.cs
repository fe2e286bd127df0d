using System.Text.Json;

namespace Chaperone.Edge.Mcp;

/// <summary>
/// Where messages name tasks: <c>params.taskId</c> and the like, and <c>related-task</c> in any <c>_meta</c>. What a tool is
/// given or gives back (arguments, content) is data and names none.
/// </summary>
internal static class TaskPlaces
{
    private const string Id = "taskId";
    private const string Related = "io.modelcontextprotocol/related-task";
    private static readonly string[] Data = ["arguments", "content", "contents", "structuredContent", "messages", "tools", "prompts", "resources", "resourceTemplates"];

    /// <summary>
    /// The ids in a client's message, in order; an undefined one where it names a task in a form that somebody else might read.
    /// The ids to listen to are in <see cref="ListenedTo"/>.
    /// </summary>
    public static List<JsonElement> InRequest(McpMessage message)
    {
        var found = new List<JsonElement>();
        try
        {
            FindInRequest(message, found);
        }

        // A key with a lone surrogate is no text: who knows what it is to the server.
        catch (InvalidOperationException)
        {
            found.Add(default);
        }

        return found;
    }

    /// <summary>The tasks whose news a 2026-07-28 client wants (ext-tasks, notifications): a list; undefined where it names none.</summary>
    public static JsonElement ListenedTo(McpMessage message) =>
        message.Method == "subscriptions/listen" ? Member(Member(message.Params, "notifications"), "taskIds") : default;

    /// <summary>The ids in a server's message, in order of their kind.</summary>
    public static List<JsonElement> InAnswer(JsonElement root)
    {
        var found = new List<JsonElement>();
        var (result, parameters) = (Member(root, "result"), Member(root, "params"));
        Add(found, result, Id);
        Add(found, Member(result, "task"), Id);
        foreach (var task in Listed(root))
        {
            Add(found, task, Id);
        }

        if (root.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String && method.GetString()!.StartsWith("notifications/", StringComparison.Ordinal))
        {
            Add(found, parameters, Id);
            Add(found, Member(parameters, "task"), Id);
            var listened = Member(Member(parameters, "notifications"), "taskIds");
            found.AddRange(listened.ValueKind == JsonValueKind.Array ? listened.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String) : []);
        }

        LookForRelated(root, found, strict: false);
        return found;
    }

    /// <summary>The entries of an answer that lists tasks (<c>tasks/list</c>).</summary>
    public static IEnumerable<JsonElement> Listed(JsonElement root) =>
        List(root) is { ValueKind: JsonValueKind.Array } tasks ? tasks.EnumerateArray() : [];

    /// <summary>The list itself; undefined where there is none.</summary>
    public static JsonElement List(JsonElement root) => Member(Member(root, "result"), "tasks");

    /// <summary>The id of a task that an answer makes: <c>result.task</c> (2025-11-25), or a result that is one (2026-07-28); null where it makes none.</summary>
    public static string? Made(JsonElement root)
    {
        var result = Member(root, "result");
        return Member(result, "resultType") is { ValueKind: JsonValueKind.String } type && type.ValueEquals("task") ? IdOf(result) : IdOf(Member(result, "task"));
    }

    /// <summary>The id that an entry or the params of a notification hold; null where they hold none.</summary>
    public static string? IdOf(JsonElement task) => Text(Member(task, Id));

    /// <summary>The text of <paramref name="place"/>; null where it is none. A lone surrogate passes the parser but is no text.</summary>
    public static string? Text(JsonElement place)
    {
        try
        {
            return place.ValueKind == JsonValueKind.String ? place.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void FindInRequest(McpMessage message, List<JsonElement> found)
    {
        if (message.Method.StartsWith("tasks/", StringComparison.Ordinal) || message.Method.StartsWith("notifications/tasks", StringComparison.Ordinal))
        {
            Add(found, message.Params, Id);
        }

        foreach (var member in message.Root.EnumerateObject())
        {
            LookForRelated(member.Value, found, strict: true);
        }
    }

    private static void LookForRelated(JsonElement element, List<JsonElement> found, bool strict)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (member.NameEquals(Related))
                    {
                        AddRelated(found, member.Value, strict);
                    }
                    else if (strict && member.Name.Equals(Related, StringComparison.OrdinalIgnoreCase))
                    {
                        found.Add(default);
                    }
                    else if (!Data.Contains(member.Name, StringComparer.Ordinal))
                    {
                        LookForRelated(member.Value, found, strict);
                    }
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    LookForRelated(item, found, strict);
                }

                break;
        }
    }

    private static void AddRelated(List<JsonElement> found, JsonElement related, bool strict)
    {
        if (!strict)
        {
            Add(found, related, Id);
        }

        // One string under the one key, or it may be read otherwise than here.
        else if (related.ValueKind == JsonValueKind.Object && related.EnumerateObject().Count(m => m.Name.Equals(Id, StringComparison.OrdinalIgnoreCase)) == 1)
        {
            found.Add(Member(related, Id));
        }
        else
        {
            found.Add(default);
        }
    }

    private static void Add(List<JsonElement> found, JsonElement owner, string key)
    {
        if (owner.ValueKind == JsonValueKind.Object)
        {
            found.AddRange(owner.EnumerateObject().Where(m => m.NameEquals(key) && m.Value.ValueKind == JsonValueKind.String).Select(m => m.Value));
        }
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
