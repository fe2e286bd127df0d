namespace Chaperone.Cli.Tests.Policies;

public sealed class PolicyExplainTests
{
    [Fact]
    public async Task Explain_DeniedCall_NamesRuleAndWhatElseMatched()
    {
        var run = await ExplainAsync("alice(nurses)", """{"tool":"query","arguments":{"sql":"CANARY"}}""");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("Decision: deny by small-only. Name a limit.", run.Lines[0]);
        Assert.Equal(["Rules that match (deny goes before approve, approve before allow):", "  allow reads", "  deny small-only"], run.Lines[2..5]);
        Assert.DoesNotContain("CANARY", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT name FROM patients", "Decision: deny by no-bulk. Name a patient.", "SQL: a bulk read: it takes rows of PHI without a bound.")]
    [InlineData("SELECT ward, count(*) FROM patients GROUP BY ward", "Decision: allow by reads. Allowed by rule reads.", "SQL: select, no bulk read.")]
    [InlineData("SELECT CANARY FROM", "Decision: deny by no-bulk. Name a patient.", "SQL: it cannot be read:")]
    public async Task Explain_Sql_SaysWhatItDoes(string sql, string decision, string found)
    {
        const string Policy = """
            version: 1
            roles: { analyst: { groups: [analysts] } }
            servers: { db: { url: "http://127.0.0.1:1/mcp", sql: { dialect: sqlite, arguments: { query: sql }, phi: { patients: { key: mrn } } } } }
            rules:
              - { name: reads, match: { role: analyst, tool: query }, effect: allow }
              - { name: no-bulk, match: { server: db, sql: { bulk: true } }, effect: deny, reason: Name a patient. }
            """;
        var file = await PolicyFolder.WriteAsync(("policy.yaml", Policy));
        var call = System.Text.Json.JsonSerializer.Serialize(new { tool = "query", arguments = new { sql } });

        var run = await CliRun.OfAsync(["policy", "explain", file, "--as", "ana(analysts)", "--call", call]);

        Assert.Equal(decision, run.Lines[0]);
        Assert.StartsWith(found, run.Lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_Approval_SaysWhoHasToSayYes()
    {
        const string Policy = """
            version: 1
            roles: { privacy: { groups: [po] }, clinicians: { groups: [md, rn] }, chief: { groups: [cmo] } }
            servers: { clinic: { url: "http://127.0.0.1:1/mcp" } }
            rules:
              - { name: merges, match: { server: clinic, tool: merge }, effect: approve, approval: { roles: { privacy: 1, clinicians: 2 }, reason: required, grant: 1h30m, remind: 2m, escalate: { after: 5m, to: chief } } }
            """;
        var file = await PolicyFolder.WriteAsync(("policy.yaml", Policy));

        var run = await CliRun.OfAsync(["policy", "explain", file, "--as", "ed(engineers)", "--call", """{"tool":"merge"}"""]);

        Assert.Equal(
            "Needs: 1 of privacy (po) and 2 of clinicians (md, rn), within 10m; a yes needs a reason; may hold for further calls up to 1h30m; reminded every 2m; after 5m also chief (cmo).",
            run.Lines[2]);
    }

    /// <summary>As if the caller had a window open; who may not open one has none.</summary>
    [Theory]
    [InlineData("eve(er)", "Decision: deny by default-deny.", "Decision: allow by notes.")]
    [InlineData("ann(nurses)", "Decision: deny by default-deny.", "Decision: deny by default-deny.")]
    public async Task Explain_BreakGlass_DecidesAsUnderAWindow(string caller, string whole, string broken)
    {
        const string Policy = """
            version: 1
            roles: { emergency: { groups: [er] }, privacy: { groups: [po] } }
            servers: { clinic: { url: "http://127.0.0.1:1/mcp" } }
            break_glass: { roles: [emergency], reviewers: [privacy] }
            rules:
              - { name: notes, match: { tool: get_notes, principal: { break_glass: true } }, effect: allow }
            """;
        var file = await PolicyFolder.WriteAsync(("policy.yaml", Policy));
        string[] command = ["policy", "explain", file, "--as", caller, "--call", """{"tool":"get_notes"}"""];

        var without = await CliRun.OfAsync(command);
        var with = await CliRun.OfAsync([.. command, "--break-glass"]);

        Assert.StartsWith(whole, without.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith(broken, with.Lines[0], StringComparison.Ordinal);
        Assert.Equal(whole != broken, with.Lines.Contains("Under break-glass: without a window open it would be decided otherwise."));
    }

    [Fact]
    public async Task Explain_NoRule_SaysWhichWereCloseAndWhy()
    {
        var run = await ExplainAsync("alice(nurses)", """{"tool":"set_note"}""", "--from", "192.168.0.1", "--amr", "pwd");

        Assert.Equal("Decision: deny by default-deny. No rule allows this.", run.Lines[0]);
        Assert.Equal("No rule matches.", run.Lines[2]);
        Assert.Contains("  allow strong-writes: network is not as asked; principal.mfa is not as asked", Sorted(run.Lines), StringComparer.Ordinal);
        Assert.Contains("  allow reads: tool is none of get_*, query", run.Lines, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Explain_Circumstances_AreTaken()
    {
        var run = await ExplainAsync("alice(nurses)", """{"tool":"set_note"}""", "--from", "10.0.0.1", "--amr", "mfa");

        Assert.Equal("Decision: allow by strong-writes. Allowed by rule strong-writes.", run.Lines[0]);
    }

    [Fact]
    public async Task Explain_WholeMessage_FromStandardInput()
    {
        var policy = await PolicyFolder.WriteAsync(("policy.yaml", PolicyFolder.Policy));

        var run = await CliRun.OfInputAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_x","arguments":{}}}"""u8.ToArray(), "policy", "explain", policy, "--as", "bob", "--call", "-");

        Assert.Equal("Decision: deny by default-deny. No rule lets you use this server.", run.Lines[0]);
        Assert.Contains("  allow reads: caller has none of the roles nurse", run.Lines, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("alice(", "{\"tool\":\"x\"}", "The caller is no name with groups")]
    [InlineData("alice", "{", "The call is no JSON.")]
    [InlineData("alice", "[]", "The call is no JSON object")]
    [InlineData("alice", "{\"tol\":\"x\"}", "The call has an unknown key 'tol'")]
    [InlineData("alice", "{\"tool\":\"x\",\"prompt\":\"y\"}", "more than one of tool, prompt and resource")]
    [InlineData("alice", "{\"arguments\":{}}", "names no tool, prompt, resource or method")]
    public async Task Explain_UnreadableInput_SaysWhat(string caller, string call, string words)
    {
        var run = await ExplainAsync(caller, call);

        Assert.Equal(2, run.Code);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    private static async Task<CliRun> ExplainAsync(string caller, string call, params string[] more) =>
        await CliRun.OfAsync(["policy", "explain", await PolicyFolder.WriteAsync(("policy.yaml", PolicyFolder.Policy)), "--as", caller, "--call", call, .. more]);

    // The order of the parts of one rule means nothing.
    private static IEnumerable<string> Sorted(IEnumerable<string> lines) => lines.Select(l => l.Split(": ", 2) is [var rule, var parts] ? $"{rule}: {string.Join("; ", parts.Split("; ").Order(StringComparer.Ordinal))}" : l);
}
