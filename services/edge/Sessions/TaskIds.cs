using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Bus.Json;
using Chaperone.Contracts;
using Chaperone.Edge.Mcp;

namespace Chaperone.Edge.Sessions;

/// <summary>
/// Gives clients sealed ids in place of those of servers' tasks, and takes the servers' own back: a task is its caller's at its
/// server alone, whatever the server makes of it. The same task always has the same id, since clients compare them. Records and
/// policy see the server's own.
/// </summary>
internal sealed class TaskIds(EdgeSeal seal, TaskBook book)
{
    /// <summary>The one answer for tasks that do not exist and tasks of others.</summary>
    public const string NotFound = "Task not found";

    // Sealed, it still fits into a header.
    private const int LongestId = 1024;
    private const string NameHeader = "Mcp-Name";
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads which tasks <paramref name="message"/> names, in body and headers, and has it name the server's own.</summary>
    public NamedTasks Take(McpMessage message, HttpRequest request, Principal principal, string server)
    {
        var (named, listened) = (TaskPlaces.InRequest(message), TaskPlaces.ListenedTo(message));
        if (named.Count == 0 && listened.ValueKind == JsonValueKind.Undefined)
        {
            return NamedTasks.None;
        }

        var context = Context(principal, server);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var splice = new JsonSplice(message.Bytes);
        foreach (var place in named)
        {
            if (Open(place, context, ids) is not { } own)
            {
                return NamedTasks.Foreign;
            }

            splice.Replace(place, Quote(own));
        }

        if (!TakeListened(listened, context, ids, splice))
        {
            return NamedTasks.Foreign;
        }

        if (!McpMessageReader.TryRead(splice.Apply().ToArray(), out var taken, out _))
        {
            return NamedTasks.Foreign;
        }

        if (McpMethods.TargetKey(taken.Method) == "taskId" && request.Headers.ContainsKey(NameHeader))
        {
            request.Headers[NameHeader] = RequestHeaders.Encode(taken.Target!);
        }

        return new NamedTasks { Message = taken, Ids = ids };
    }

    /// <summary>The recorded message as the client sees it. A task that it makes is the caller's from now on.</summary>
    public async ValueTask<byte[]> GiveAsync(Exchange exchange, byte[] message)
    {
        if (!MayName(message))
        {
            return message;
        }

        using var document = JsonDocument.Parse(message);
        if (!exchange.Call.Method.StartsWith("tasks/", StringComparison.Ordinal) && TaskPlaces.Made(document.RootElement) is { } made)
        {
            await book.GiveAsync(Sealed(exchange, made));
        }

        var splice = new JsonSplice(message);
        foreach (var place in TaskPlaces.InAnswer(document.RootElement))
        {
            splice.Replace(place, Quote(NameOf(exchange, TaskPlaces.Text(place) ?? string.Empty)));
        }

        return splice.Apply().ToArray();
    }

    /// <summary>An answer that lists tasks without those that are not known to be the caller's.</summary>
    public byte[] OwnOnly(Exchange exchange, byte[] message)
    {
        if (!MayName(message))
        {
            return message;
        }

        using var document = JsonDocument.Parse(message);
        if (TaskPlaces.List(document.RootElement) is not { ValueKind: JsonValueKind.Array } list)
        {
            return message;
        }

        var splice = new JsonSplice(message);
        var own = list.EnumerateArray().Where(t => TaskPlaces.IdOf(t) is { } id && IsOwn(exchange, id));
        splice.Replace(list, Encoding.UTF8.GetBytes($"[{string.Join(',', own.Select(t => t.GetRawText()))}]"));
        return splice.Apply().ToArray();
    }

    /// <summary>Whether a server's message is the news of a task that is not known to be the caller's.</summary>
    public bool IsForeignNews(Exchange exchange, ServerMessage message, byte[] bytes)
    {
        if (message.Method?.StartsWith("notifications/tasks", StringComparison.Ordinal) != true)
        {
            return false;
        }

        using var document = JsonDocument.Parse(bytes);
        return !document.RootElement.TryGetProperty("params", out var task)
            || TaskPlaces.IdOf(task) is not { } id || !IsOwn(exchange, id);
    }

    private bool TakeListened(JsonElement listened, string context, Dictionary<string, string> ids, JsonSplice splice)
    {
        if (listened.ValueKind == JsonValueKind.Undefined)
        {
            return true;
        }

        if (listened.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        // The server says which it honours; held calls, which are the gateway's own tasks, tell no news.
        string[] own = [.. listened.EnumerateArray().Select(i => Open(i, context, ids)).OfType<string>()];
        splice.Replace(listened, JsonSerializer.SerializeToUtf8Bytes(own, Options));
        return true;
    }

    private string? Open(JsonElement place, string context, Dictionary<string, string> ids)
    {
        if (TaskPlaces.Text(place) is not { } given || !seal.TryOpen<string>(given, context, out var own))
        {
            return null;
        }

        book.Note(seal.SealSame(own!, context));
        ids[own!] = given;
        return own;
    }

    private bool IsOwn(Exchange exchange, string id) => exchange.Tasks.Ids.ContainsKey(id) || book.Has(Sealed(exchange, id));

    /// <summary>What stands for a task that may be somebody else's opens for nobody.</summary>
    private string NameOf(Exchange exchange, string id) =>
        exchange.Tasks.Ids.TryGetValue(id, out var given) ? given
        : Sealed(exchange, id) is var own && book.Has(own) && id.Length <= LongestId ? own
        : seal.SealSame(id, $"nobody's-task\n{exchange.Call.Server}");

    private string Sealed(Exchange exchange, string id) => seal.SealSame(id, Context(exchange.Call.Principal, exchange.Call.Server));

    // Both in every form that JSON knows: as they are, or escaped.
    private static bool MayName(ReadOnlySpan<byte> message) => message.IndexOf("task"u8) >= 0 || message.IndexOf("\\u"u8) >= 0;

    private static byte[] Quote(string id) => JsonSerializer.SerializeToUtf8Bytes(id, Options);

    private static string Context(Principal principal, string server) =>
        string.Join('\n', "upstream-task", principal.Issuer, principal.Subject, principal.ClientId, server);
}
