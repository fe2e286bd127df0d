using System.Globalization;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Reading;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Cases;

/// <summary>Reads files of cases: a policy, and calls with what must be decided about them.</summary>
internal sealed class CaseFile
{
    private readonly PolicyProblems _problems;

    private CaseFile(string name) => _problems = new PolicyProblems(name);

    /// <summary>The book of a case that names no tools.</summary>
    public static ToolBook NoTools { get; } = new();

    /// <summary>Path of the policy, from the folder of the file of cases; null where it names none.</summary>
    public string? Policy { get; private set; }

    /// <summary>In file order.</summary>
    public IReadOnlyList<PolicyCase> Cases { get; private set; } = [];

    /// <summary>What is wrong with it; then it is not used.</summary>
    public IReadOnlyList<PolicyProblem> Problems => _problems.All;

    /// <summary>The file in <paramref name="source"/>; null when it is none of cases. <paramref name="namesPolicy"/>: it has to say which policy it is about.</summary>
    public static CaseFile? Read(PolicySource source, bool namesPolicy = true)
    {
        var file = new CaseFile(source.Name);
        if (source.Bytes is null || SourceText.Of(source.Bytes, new PolicyProblems(source.Name)) is not { } text
            || YamlTree.Read(text, file._problems) is not YamlMapping root || !root.Entries.Any(e => e.Key.Text == "cases"))
        {
            return null;
        }

        file.ReadRoot(root, namesPolicy);
        return file;
    }

    private void ReadRoot(YamlMapping root, bool namesPolicy)
    {
        if (YamlFields.Open(root, string.Empty, _problems, "policy", "cases") is not { } fields)
        {
            return;
        }

        Policy = fields.Text("policy", "policy: policy.yaml", required: namesPolicy)?.Text;
        if (fields.Find("cases") is YamlSequence list)
        {
            Cases = [.. list.Items.Select((item, i) => ReadCase(item, $"cases[{i}]")).OfType<PolicyCase>()];
        }
        else
        {
            fields.Report(fields.Find("cases")!, "cases", "must be a list", "write '- name: ...' lines");
        }
    }

    private PolicyCase? ReadCase(YamlNode node, string path)
    {
        if (YamlFields.Open(node, path, _problems, "name", "as", "server", "call", "at", "from", "program", "tools", "counts", "break_glass", "expect") is not { } fields)
        {
            return null;
        }

        var name = fields.Text("name", "name: nurses read charts", required: true);
        var server = fields.Text("server", "server: clinic", required: true);
        var caller = fields.Require("as", "as: alice(nurses)") is { } who ? ReadCaller(fields, who) : null;
        var sketch = fields.Require("call", "call: { tool: query, arguments: { sql: select 1 } }") is { } call ? ReadCall(fields, call) : null;
        var expected = fields.Require("expect", "expect: { effect: deny, rule: no-bulk-export }") is { } outcome ? ReadExpectation(outcome, fields.PathOf("expect")) : null;
        var at = ReadTime(fields);
        var counts = fields.Whole("counts", 0, 1_000_000) ?? 0;
        var from = fields.Text("from", "from: 10.0.0.1")?.Text;
        var program = fields.Text("program", "program: Claude Desktop")?.Text;
        if (name is null || server is null || caller is null || sketch is null || expected is null)
        {
            return null;
        }

        return new PolicyCase(name.Text, sketch.Facts(caller, server.Text, at, from, program), sketch.Message, ReadTools(fields, server.Text), counts, fields.Flag("break_glass") ?? false, expected);
    }

    private static CallSketch? ReadCall(YamlFields fields, YamlNode node)
    {
        try
        {
            return CallSketch.Read(YamlJson.Of(node));
        }
        catch (SketchException e)
        {
            fields.Report(node, "call", $"cannot be read ({e.Message.TrimEnd('.')})", "write call: { tool: query, arguments: {} }");
            return null;
        }
    }

    private Principal? ReadCaller(YamlFields fields, YamlNode node)
    {
        if (node is YamlScalar)
        {
            return fields.Text("as", "as: alice(nurses)") is { } text ? ReadCaller(fields, text) : null;
        }

        if (YamlFields.Open(node, fields.PathOf("as"), _problems, "subject", "issuer", "email", "groups", "client", "amr", "acr", "service", "claims") is not { } caller)
        {
            return null;
        }

        return CallerSketch.Of(caller.Text("subject", "subject: alice")?.Text ?? "somebody", Texts(caller, "groups")) with
        {
            Issuer = caller.Text("issuer", "issuer: https://id.hospital.example")?.Text ?? string.Empty,
            Email = caller.Text("email", "email: alice@hospital.example")?.Text,
            ClientId = caller.Text("client", "client: claude-desktop")?.Text ?? string.Empty,
            AuthenticationMethods = Texts(caller, "amr"),
            AuthenticationClass = caller.Text("acr", "acr: loa2")?.Text,
            IsService = caller.Flag("service") ?? false,
            Claims = [.. caller.Entries("claims", "claims: { department: icu }").Select(c => new PrincipalClaim { Name = c.Key.Text, Values = [.. caller.AsTexts(c.Value, caller.PathOf("claims"), "department: icu").Select(t => t.Text)] })],
        };
    }

    private static Principal? ReadCaller(YamlFields fields, YamlScalar text)
    {
        try
        {
            return CallerSketch.Read(text.Text);
        }
        catch (SketchException)
        {
            fields.Report(text, "as", "is no name with groups", "write as: alice(nurses, icu)");
            return null;
        }
    }

    private static string[] Texts(YamlFields fields, string key) => [.. fields.Texts(key, $"{key}: [name]").Select(t => t.Text)];

    private CaseExpectation? ReadExpectation(YamlNode node, string path)
    {
        if (YamlFields.Open(node, path, _problems, "effect", "rule", "masking", "visible") is not { } fields
            || fields.Text("effect", "effect: deny", required: true) is not { } effect)
        {
            return null;
        }

        if (effect.Text is not ("allow" or "deny" or "approve"))
        {
            fields.Report(effect, "effect", "is no effect", "use allow, deny or approve");
        }

        return new CaseExpectation(effect.Text, fields.Text("rule", "rule: no-bulk-export")?.Text, fields.Text("masking", "masking: safe-harbor")?.Text, fields.Flag("visible"));
    }

    private static DateTimeOffset ReadTime(YamlFields fields)
    {
        if (fields.Text("at", "at: \"2026-03-02T07:30:00-06:00\"") is not { } text)
        {
            return DateTimeOffset.UnixEpoch;
        }

        if (!DateTimeOffset.TryParse(text.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            fields.Report(text, "at", "is no time", "write at: \"2026-03-02T07:30:00-06:00\"");
        }

        return at;
    }

    private static ToolBook ReadTools(YamlFields fields, string server)
    {
        if (fields.Find("tools") is not { } node)
        {
            return NoTools;
        }

        var book = new ToolBook();
        using var list = JsonDocument.Parse(YamlJson.Of(node)?.ToJsonString() ?? "null");
        if (!ToolList.Learn(book, server, list.RootElement))
        {
            fields.Report(node, "tools", "names no tool", "write tools: [{ name: query, annotations: { readOnlyHint: true } }]");
        }

        return book;
    }
}
