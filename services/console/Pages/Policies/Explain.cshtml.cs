using System.Text;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Console.SignIn;
using Chaperone.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Chaperone.Console.Pages.Policies;

/// <summary>How a made-up call would be decided, and why. What was typed is not kept, and crosses the bus sealed.</summary>
internal sealed class ExplainModel(Rooms rooms, Visitors visitors, ConsoleJournal journal, IPayloadSeal seal, TimeProvider time) : PageModel
{
    /// <summary>Longest arguments, in characters.</summary>
    public const int MaxArguments = 32 * 1024;

    private const int MaxWord = 256;
    private static readonly string[] Methods = ["tools/call", "prompts/get", "resources/read"];

    [BindProperty]
    public ExplainForm Form { get; set; } = new();

    /// <summary>The answer; null before one was asked for.</summary>
    public CallExplained? Explained { get; private set; }

    /// <summary>What is wrong with the form; null when nothing is.</summary>
    public string? Problem { get; private set; }

    public async Task OnPostAsync()
    {
        if (Read() is not { } message)
        {
            return;
        }

        var person = visitors.Of(User).Person;
        await journal.WriteAsync(RecordKind.Review, person, "explained a made-up call", HttpContext.RequestAborted);
        var call = new CallFacts
        {
            CallId = Guid.CreateVersion7(time.GetUtcNow()),
            SessionId = Guid.Empty,
            Principal = new Principal
            {
                Issuer = Word(Form.Issuer),
                Subject = Word(Form.Subject),
                Groups = Words(Form.Groups),
                ClientId = Word(Form.Client),
                AuthenticationMethods = Words(Form.Amr),
                IsService = Form.Service,
            },
            ProtocolVersion = "2026-07-28",
            Server = Word(Form.Server),
            Method = Form.Method,
            Target = Form.Target,
            RemoteAddress = Word(Form.Address) is { Length: > 0 } address ? address : null,
            RequestId = "1",
            ReceivedAt = time.GetUtcNow(),
        };
        Explained = await rooms.ExplainCallAsync(
            new ExplainCall { Call = call, Message = seal.Seal(message, call.CallId), Counts = Math.Clamp(Form.Counts, 0, 1_000_000) },
            HttpContext.RequestAborted);
    }

    private byte[]? Read()
    {
        if (!Methods.Contains(Form.Method) || Form.Target is not { Length: > 0 and <= 2048 } target || string.IsNullOrWhiteSpace(Form.Server))
        {
            Problem = "Name a server and a tool, prompt or resource.";
            return null;
        }

        try
        {
            // Repeated keys stay: the policy room must see what a client would send.
            var arguments = string.IsNullOrWhiteSpace(Form.Arguments) ? "{}" : Form.Arguments.Length > MaxArguments ? "[" : Form.Arguments;
            using (JsonDocument.Parse(arguments))
            {
            }

            var key = Form.Method == "resources/read" ? "uri" : "name";
            var rest = Form.Method == "resources/read" ? string.Empty : $",\"arguments\":{arguments}";
            return Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":1,"method":{{{JsonSerializer.Serialize(Form.Method)}}},"params":{"{{{key}}}":{{{JsonSerializer.Serialize(target)}}}{{{rest}}}}}""");
        }
        catch (JsonException)
        {
            Problem = $"The arguments are no JSON of at most {MaxArguments} characters; write {{\"sql\": \"select 1\"}}.";
            return null;
        }
    }

    private static string Word(string? text) => text is null ? string.Empty : text.Trim() is var word && word.Length <= MaxWord ? word : word[..MaxWord];

    private static string[] Words(string? text) => [.. Word(text).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(64)];
}
