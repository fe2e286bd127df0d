namespace Chaperone.Cli.Tests.Policies;

public sealed class PolicyCheckTests
{
    [Fact]
    public async Task Check_GoodPolicy_TellsDigestAndWhatHasNoUse()
    {
        var run = await CliRun.OfAsync("policy", "check", await PolicyFolder.WriteAsync(("policy.yaml", PolicyFolder.Policy)));

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("policy.yaml is good: 2 servers, 2 roles, 3 rules, 0 rules of identifiers.", run.Lines[0]);
        Assert.Matches("^Digest: [0-9a-f]{64}$", run.Lines[1]);
        Assert.Equal(["Remark: no rule names the role unused.", "Remark: no rule allows anything on the server lab: nobody learns that it is there."], run.Lines[2..]);
    }

    [Fact]
    public async Task Check_WrongIncludedFile_IsToldWithItsPlace()
    {
        var run = await CliRun.OfAsync("policy", "check", await PolicyFolder.WriteAsync(("policy.yaml", "version: 1\ninclude: more.yaml\n"), ("more.yaml", "version: 1\nrulez: []\n")));

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("more.yaml:2:1 rulez: is no known key", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NoSuchFile_IsTold()
    {
        var run = await CliRun.OfAsync("policy", "check", "gone.yaml");

        Assert.Equal((2, "Cannot check: gone.yaml does not exist.\n"), (run.Code, run.Error));
    }
}
