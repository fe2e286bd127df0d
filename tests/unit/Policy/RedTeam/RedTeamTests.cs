using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Reading;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.RedTeam;

/// <summary>
/// Attack: every way around a policy that we know of, one a line of <c>attacks.txt</c>, beside the harmless calls that look
/// like it and must pass.
/// </summary>
public sealed class RedTeamTests
{
    private const int Fewest = 150;

    private static readonly PolicyEngine Engine = new(Read("policy.yaml"));

    public static TheoryData<string> Calls => [.. Lines()];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Decide_Line_BecomesOfItWhatMust(string line)
    {
        var expected = Enum.Parse<CallEffect>(line[..line.IndexOf(' ', StringComparison.Ordinal)], ignoreCase: true);
        var (call, message) = Parse(line);

        var decided = Engine.Decide(call, message);

        Assert.True(expected == decided.Decision.Effect, $"{decided.Decision.Effect} by {decided.Decision.Rule}: {line}");
    }

    [Fact]
    public void Attacks_AreManyAndEachOnce()
    {
        var lines = Lines().ToArray();

        Assert.Equal(lines.Length, lines.Distinct(StringComparer.Ordinal).Count());
        Assert.True(lines.Count(l => l.StartsWith("deny ", StringComparison.Ordinal)) >= Fewest);
    }

    private static (CallFacts Call, byte[] Message) Parse(string line)
    {
        var start = line.AsSpan().IndexOfAny('{', '[');
        var words = line[..start].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        var json = line[start..];
        var method = Option("method") ?? "tools/call";
        var isWhole = words.Contains("whole");
        var call = Call(method, Option("target") ?? (isWhole ? null : TargetOf(json)), Option("server") ?? "clinic", groups: (Option("as") ?? "nurses").Replace("\\u200b", "\u200b", StringComparison.Ordinal));
        var message = isWhole ? json : $$"""{"jsonrpc":"2.0","id":1,"method":{{JsonSerializer.Serialize(method)}},"params":{{json}}}""";
        return (call with
        {
            RemoteAddress = Option("from"),
            Principal = call.Principal with
            {
                IsService = words.Contains("service"),
                ClientId = Option("client") ?? "client",
                AuthenticationMethods = Option("amr")?.Split(',') ?? [],
            },
        }, JsonBytes(message));

        string? Option(string name) => words.Where(w => w.StartsWith($"{name}=", StringComparison.Ordinal)).Select(w => w[(name.Length + 1)..]).FirstOrDefault();
    }

    /// <summary>What the edge would read from the message.</summary>
    private static string? TargetOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("name", out var name) ? name.GetString() : document.RootElement.TryGetProperty("uri", out var uri) ? uri.GetString() : null;
    }

    private static Documents.PolicyDocument Read(string file)
    {
        var reading = PolicyFile.Read(file, File.ReadAllBytes(PathOf(file)));
        Assert.Empty(reading.Problems.Select(p => p.ToString()));
        return reading.Document!;
    }

    private static IEnumerable<string> Lines() => File.ReadLines(PathOf("attacks.txt")).Where(l => l.Length > 0 && !l.StartsWith('#'));

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "RedTeam", file);
}
