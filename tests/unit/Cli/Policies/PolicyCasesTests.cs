namespace Chaperone.Cli.Tests.Policies;

public sealed class PolicyCasesTests
{
    private const string Cases = """
        policy: policy.yaml
        cases:
          - name: nurses read
            as: alice(nurses)
            server: clinic
            call: { tool: get_chart, arguments: { id: 7 } }
            expect: { effect: allow, rule: reads, masking: safe-harbor, visible: true }
          - name: a limit is needed
            as: { subject: alice, groups: [nurses] }
            server: clinic
            call: { tool: query, arguments: { sql: select 1 } }
            expect: { effect: deny, rule: small-only }
          - name: writes need a second factor
            as: { subject: alice, groups: [nurses], amr: [pwd, mfa], client: claude }
            from: 10.1.1.1
            at: "2026-03-02T07:30:00-06:00"
            server: clinic
            call: { tool: set_note }
            expect: { effect: allow }
        """;

    [Fact]
    public async Task Cases_ThatHold_AreOk()
    {
        var run = await CliRun.OfAsync("policy", "test", await PolicyFolder.WriteAsync(("cases.yaml", Cases), ("policy.yaml", PolicyFolder.Policy)));

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(["ok   nurses read", "ok   a limit is needed", "ok   writes need a second factor"], run.Lines[..3]);
        Assert.StartsWith("3 cases, 0 failed. Policy: ", run.Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cases_ThatFail_SayWhatDiffers()
    {
        var changed = PolicyFolder.Policy.Replace("tool: [get_*, query]", "tool: query", StringComparison.Ordinal);

        var run = await CliRun.OfAsync("policy", "test", await PolicyFolder.WriteAsync(("cases.yaml", Cases), ("policy.yaml", changed)));

        Assert.Equal(1, run.Code);
        Assert.Equal("FAIL nurses read: expected allow, is deny by default-deny; expected rule reads, is default-deny; expected to be shown, is hidden", run.Lines[0]);
        Assert.StartsWith("3 cases, 1 failed.", run.Lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cases: [{ name: a }]\n", "cases.yaml:1:1 policy: is missing; add policy: policy.yaml")]
    [InlineData("policy: policy.yaml\ncases: [{ name: a, as: b, server: clinic, call: { tool: x }, expect: { effect: permit } }]\n", "cases[0].expect.effect: is no effect; use allow, deny or approve")]
    [InlineData("policy: policy.yaml\ncases: [{ name: a, as: b, server: clinic, call: { tol: x }, expect: { effect: deny } }]\n", "cases[0].call: cannot be read")]
    [InlineData("policy: policy.yaml\ncases: [{ nam: a, as: b, server: clinic, call: { tool: x }, expect: { effect: deny } }]\n", "cases[0].nam: is no known key")]
    public async Task Cases_WithProblems_AreNotRun(string cases, string problem)
    {
        var run = await CliRun.OfAsync("policy", "test", await PolicyFolder.WriteAsync(("cases.yaml", cases), ("policy.yaml", PolicyFolder.Policy)));

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }
}
