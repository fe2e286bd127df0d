using System.Text;
using Chaperone.Recorder.Tests;

namespace Chaperone.Cli.Tests;

public sealed class PolicyTestTests
{
    private const string Policy = """
        version: 1
        roles:
          nurse: { groups: [nurses] }
        servers:
          clinic: { url: 'http://127.0.0.1:1/mcp' }
        identifiers:
          - { name: badge, class: id, patterns: ['kx[a-z]+'] }
        rules:
          - { name: reads, match: { role: nurse, server: clinic, tool: get_* }, effect: allow, masking: { profile: safe-harbor, exempt: [name] } }
        """;

    [Fact]
    public async Task Policy_ThatIsGood_SaysWhatItDecides()
    {
        var run = await CliRun.OfAsync("policy", "test", await FileAsync(Policy), "--tool", "get_patient", "--group", "nurses");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            [
                "policy.yaml is good: 1 servers, 1 roles, 1 rules, 1 rules of identifiers.",
                "Decision: allow by reads. Allowed by rule reads.",
                "Masking: safe-harbor, but for name.",
                "Rules of identifiers: badge.",
            ],
            run.Lines);
    }

    [Fact]
    public async Task Text_IsCompared_WithoutAValue()
    {
        var text = Encoding.UTF8.GetBytes("Patient: Brian Robinson, perch kxlark, SSN 123-45-6789");

        var run = await CliRun.OfInputAsync(text, "policy", "test", await FileAsync(Policy), "-", "--tool", "get_patient", "--group", "nurses");
        var masked = await CliRun.OfInputAsync(text, "policy", "test", await FileAsync(Policy), "-", "--tool", "get_patient", "--group", "nurses", "--mask");

        Assert.Equal(["- 9-23 NAME", "+ 31-37 ID", "2 finds: 1 as without the policy, 1 more, 1 fewer."], run.Lines[^3..]);
        Assert.Equal("Patient: Brian Robinson, perch [ID], SSN [SSN]", masked.Output);
    }

    [Fact]
    public async Task Caller_WithoutARole_IsDenied()
    {
        var run = await CliRun.OfAsync("policy", "test", await FileAsync(Policy), "--tool", "get_patient");

        Assert.Contains("Decision: deny by default-deny.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_ThatIsWrong_IsToldWithAllItsProblems()
    {
        var run = await CliRun.OfAsync("policy", "test", await FileAsync("version: 2\nidentifiers: [{ name: a, class: id, patterns: ['('] }]\n"));

        Assert.Equal(2, run.Code);
        Assert.Contains("policy.yaml:1:10 version: must be a whole number", run.Error, StringComparison.Ordinal);
        Assert.Contains("identifiers[0].patterns: is no regular expression", run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> FileAsync(string text)
    {
        var path = Path.Combine(RecorderRig.NewFolder(), "policy.yaml");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }
}
