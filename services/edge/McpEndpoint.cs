using System.Net.Http.Headers;
using System.Net.Mime;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Edge.Approvals;
using Chaperone.Edge.Authentication;
using Chaperone.Edge.Decisions;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Release;
using Chaperone.Edge.Sessions;
using Chaperone.Edge.Upstream;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge;

/// <summary>The door: turns an HTTP request into an <see cref="Exchange"/>, or refuses it before any walk begins.</summary>
internal sealed class McpEndpoint(
    Doorman doorman,
    BodyReader bodies,
    UpstreamDirectory directory,
    EdgeSeal seal,
    SessionBook book,
    CallPipeline pipeline,
    HeldTasks tasks,
    TaskIds taskIds,
    CallerAddress addresses,
    Opening opening,
    IOptions<EdgeOptions> options,
    IOptions<BusOptions> bus,
    TimeProvider time)
{
    /// <summary>POST: one JSON-RPC message.</summary>
    public async Task PostAsync(HttpContext http, string server)
    {
        if (await AdmitAsync(http, server) is not { } principal)
        {
            return;
        }

        if (!IsJson(http.Request))
        {
            await RefuseAsync(http, new McpFault(StatusCodes.Status415UnsupportedMediaType, McpFault.InvalidRequest, "Content-Type must be application/json in UTF-8, without Content-Encoding."));
            return;
        }

        if (await bodies.ReadAsync(http) is not { } body)
        {
            await RefuseAsync(http, new McpFault(StatusCodes.Status413PayloadTooLarge, McpFault.InvalidRequest, $"The body is larger than {options.Value.MaxRequestBytes} bytes."));
            return;
        }

        if (!McpMessageReader.TryRead(body, out var message, out var fault))
        {
            await RefuseAsync(http, fault);
            return;
        }

        using (message)
        {
            await PostAsync(http, server, principal, message);
        }
    }

    /// <summary>GET opens a legacy stream, DELETE ends a legacy session; 2026-07-28 has neither.</summary>
    public async Task GetOrDeleteAsync(HttpContext http, string server)
    {
        if (await AdmitAsync(http, server) is not { } principal)
        {
            return;
        }

        var version = http.Request.Headers["MCP-Protocol-Version"].ToString();
        if (version.Length > 0 && ProtocolRevision.IsModern(version))
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            await RefuseAsync(http, new McpFault(StatusCodes.Status405MethodNotAllowed, McpFault.InvalidRequest, "2026-07-28 has only POST."));
            return;
        }

        var ticket = OpenTicket(http, principal, server, out var foreign);
        if (foreign || directory.Find(server) is not { } upstream)
        {
            await RefuseAsync(http, NotFound(null, foreign));
            return;
        }

        var method = HttpMethods.IsGet(http.Request.Method) ? McpMethods.StreamListen : McpMethods.SessionEnd;
        var session = ticket is null ? book.Get(principal, server, default) : new BookedSession(ticket.SessionId, ticket.ClientName, ticket.ClientVersion);
        await RunAsync(http, Facts(http, principal, server, session, version.Length > 0 ? version : ticket?.ProtocolVersion ?? ProtocolRevision.Assumed, method, null), upstream, null, ticket, NamedTasks.None);
    }

    /// <summary>The caller; null when the refusal was already answered. A closed door sends everybody on: a balancer may try another edge.</summary>
    private async ValueTask<Principal?> AdmitAsync(HttpContext http, string server)
    {
        if (opening.Problem is null)
        {
            return await doorman.AdmitAsync(http, server);
        }

        http.Response.Headers.RetryAfter = "1";
        await RefuseAsync(http, new McpFault(StatusCodes.Status503ServiceUnavailable, McpFault.InternalError, "The call was not executed: the gateway is starting. Try again shortly."));
        return null;
    }

    private async Task PostAsync(HttpContext http, string server, Principal principal, McpMessage message)
    {
        var ticket = OpenTicket(http, principal, server, out var foreign);
        if (foreign && message.MetaVersion is null)
        {
            await RefuseAsync(http, NotFound(message.Id, session: true));
            return;
        }

        if (ProtocolRevision.Choose(message, http.Request.Headers, ticket?.ProtocolVersion, out var version) is { } fault)
        {
            await RefuseAsync(http, fault);
            return;
        }

        if (directory.Find(server) is not { } upstream)
        {
            await RefuseAsync(http, NotFound(message.Id, session: false));
            return;
        }

        if (ProtocolRevision.IsModern(version) && tasks.Find(message, principal, server) is { } task)
        {
            await LookAsync(http, server, principal, message, version, upstream, task);
            return;
        }

        var named = taskIds.Take(message, http.Request, principal, server);
        using var own = named.Message;
        message = own ?? message;
        var session = message.Method == "initialize"
            ? book.Begin(principal, server, message.ClientInfo)
            : ticket is null ? book.Get(principal, server, message.ClientInfo) : new BookedSession(ticket.SessionId, ticket.ClientName, ticket.ClientVersion);
        await RunAsync(http, Facts(http, principal, server, session, version, message.Method, message), upstream, message, ProtocolRevision.IsModern(version) ? null : ticket, named);
    }

    /// <summary>A look at one of the gateway's own tasks, or its cancellation.</summary>
    private async Task LookAsync(HttpContext http, string server, Principal principal, McpMessage look, string version, UpstreamServer upstream, HeldTask task)
    {
        if (!look.TakesTasks)
        {
            await RefuseAsync(http, new McpFault(StatusCodes.Status400BadRequest, McpFault.MissingCapability, "The request does not declare the extension of tasks.", look.Id,
                $$"""{"requiredCapabilities":{"extensions":{"{{HeldTasks.Extension}}":{} } } }"""));
            return;
        }

        if (look.Method == "tasks/update" || HeldTasks.Restore(task, look, http.Request) is not { } call)
        {
            await RefuseAsync(http, McpFault.BadParams("The task waits for people, and takes no input.", look.Id));
            return;
        }

        using (call)
        {
            var session = book.Get(principal, server, look.ClientInfo);
            await RunAsync(http, Facts(http, principal, server, session, version, call.Method, call), upstream, call, null, NamedTasks.None, task, look);
        }
    }

    private async Task RunAsync(HttpContext http, CallFacts call, UpstreamServer upstream, McpMessage? message, SessionTicket? ticket, NamedTasks named, HeldTask? task = null, McpMessage? look = null)
    {
        await using var reply = new ReplyChannel(http, time);
        await pipeline.RunAsync(new Exchange
        {
            Http = http,
            Reply = reply,
            Call = call,
            Server = upstream,
            Own = new OwnTime(options.Value.RefuseAfter ?? bus.Value.HotTimeout + TimeSpan.FromSeconds(0.5), bus.Value.HotTimeout, time),
            Message = message,
            UpstreamBody = message?.Bytes ?? ReadOnlyMemory<byte>.Empty,
            UpstreamSessionId = ticket?.UpstreamSessionId,
            Tasks = named,
            Task = task,
            TaskId = look?.Target,
            CancelsTask = look?.Method == "tasks/cancel",
        });
    }

    private CallFacts Facts(HttpContext http, Principal principal, string server, BookedSession session, string version, string method, McpMessage? message) => new()
    {
        CallId = Guid.CreateVersion7(time.GetUtcNow()),
        SessionId = session.SessionId,
        Principal = principal,
        ClientName = session.ClientName,
        ClientVersion = session.ClientVersion,
        ProtocolVersion = version,
        Server = server,
        Method = method,
        Target = message?.Target,
        RequestId = message?.Kind == MessageKind.Request ? message.Id : null,
        RemoteAddress = addresses.Of(http),
        ReceivedAt = time.GetUtcNow(),
        TraceParent = http.Request.Headers.TraceParent.Count > 0 ? http.Request.Headers.TraceParent.ToString() : null,
    };

    private SessionTicket? OpenTicket(HttpContext http, Principal principal, string server, out bool foreign)
    {
        var text = http.Request.Headers["Mcp-Session-Id"].ToString();
        foreign = false;
        if (text.Length == 0)
        {
            return null;
        }

        if (seal.TryOpen<SessionTicket>(text, SessionTicket.Context(principal, server), out var ticket))
        {
            return ticket;
        }

        foreign = true;
        return null;
    }

    // An upstream may read another charset, or json-seq, differently: what policy saw must be what it sees.
    private static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && string.Equals(type.MediaType, MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is not { } charset || string.Equals(charset.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));

    private static McpFault NotFound(string? id, bool session) => session
        ? new McpFault(StatusCodes.Status404NotFound, McpFault.InvalidRequest, "The session is not known here. Initialize again.", id)
        : new McpFault(StatusCodes.Status404NotFound, McpFault.MethodNotFound, Refusals.UnknownServer, id);

    private static async Task RefuseAsync(HttpContext http, McpFault fault)
    {
        http.Response.StatusCode = fault.HttpStatus;
        http.Response.ContentType = MediaTypeNames.Application.Json;
        await http.Response.Body.WriteAsync(McpAnswers.Error(fault.Id, fault.Code, fault.Message, fault.DataJson), http.RequestAborted);
    }
}
