using System.Text;
using Chaperone.Contracts;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Reading;

namespace Chaperone.Policy.Tests;

/// <summary>Policies and calls as tests write them.</summary>
internal static class PolicyText
{
    /// <summary>Two roles and two servers, four lines before the rules: the first rule stands on line 5.</summary>
    public const string Head =
        """
        version: 1
        roles: { nurse: { groups: [nurses] }, admin: { groups: [admins, root-group] } }
        servers: { clinic: { url: "http://127.0.0.1:7101/mcp" }, lab: { url: "https://lab.example/mcp" } }
        rules:

        """;

    public static PolicyReading Read(string yaml) => PolicyFile.Read("policy.yaml", Encoding.UTF8.GetBytes(yaml));

    public static PolicyDocument Document(string yaml)
    {
        var reading = Read(yaml);
        Assert.Empty(reading.Problems.Select(p => p.ToString()));
        return reading.Document!;
    }

    /// <summary>An engine over <see cref="Head"/> and <paramref name="rules"/>, one flow mapping each.</summary>
    public static PolicyEngine Engine(params string[] rules) =>
        new(Document(Head + (rules.Length == 0 ? "  []\n" : string.Concat(rules.Select(r => $"  - {r}\n")))));

    public static CallFacts Call(string method, string? target = null, string server = "clinic", CallDirection direction = CallDirection.FromClient, params string[] groups) => new()
    {
        CallId = Guid.Parse("01980000-0000-7000-8000-000000000001"),
        SessionId = Guid.Parse("01980000-0000-7000-8000-000000000002"),
        Principal = new Principal { Issuer = "https://issuer.example", Subject = "u1", Groups = groups.Length == 0 ? ["nurses"] : groups, ClientId = "client" },
        ProtocolVersion = "2025-11-25",
        Server = server,
        Method = method,
        Target = target,
        RequestId = "1",
        Direction = direction,
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    public static byte[] JsonBytes(string json) => Encoding.UTF8.GetBytes(json);

    /// <summary>The message of <paramref name="call"/>, with <paramref name="arguments"/> as JSON.</summary>
    public static byte[] Message(CallFacts call, string? arguments = null)
    {
        var target = call.Target is null ? null : System.Text.Json.JsonSerializer.Serialize(call.Target);
        var named = call.Method switch
        {
            "tools/call" or "prompts/get" => $"\"name\":{target}",
            "resources/read" or "resources/subscribe" or "resources/unsubscribe" => $"\"uri\":{target}",
            "tasks/get" or "tasks/result" or "tasks/cancel" or "tasks/update" => $"\"taskId\":{target}",
            "completion/complete" => "\"ref\":{\"type\":\"ref/prompt\",\"name\":" + target + "}",
            _ => null,
        };
        string?[] members = [named, arguments is null ? null : $"\"arguments\":{arguments}"];
        var parameters = string.Join(',', members.Where(m => m is not null));
        return call.Method switch
        {
            "stream/listen" or "session/end" => [],
            "response" => JsonBytes("""{"jsonrpc":"2.0","id":1,"result":{}}"""),
            _ => JsonBytes($$$"""{"jsonrpc":"2.0","id":1,"method":"{{{call.Method}}}","params":{{{{parameters}}}}}"""),
        };
    }

    /// <summary>Decides a call whose message agrees with it.</summary>
    public static CallDecided Decide(this PolicyEngine engine, CallFacts call, string? arguments = null) =>
        engine.Decide(call, Message(call, arguments));
}
