using Chaperone.Policy.Reading;

namespace Chaperone.Policy.Tests.Reading;

public sealed class IncludeTests : IDisposable
{
    private const string Servers = "servers: { clinic: { url: 'http://127.0.0.1:1/mcp' } }\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("chaperone-include-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Include_RolesAndRules_AreOnePolicy()
    {
        Write("policy.yaml", $"version: 1\ninclude: [wards/icu.yaml, common.yaml]\n{Servers}rules: [{{ name: main, match: {{ role: doctor, tool: a }}, effect: allow }}]\n");
        Write("wards/icu.yaml", "version: 1\ninclude: night.yaml\nroles: { nurse: { groups: [icu] } }\nrules: [{ name: icu, match: { role: nurse, server: clinic, tool: b }, effect: allow }]\n");
        Write("wards/night.yaml", "version: 1\nrules: [{ name: night, match: { role: doctor, tool: c }, effect: deny }]\n");
        Write("common.yaml", "version: 1\nroles: { doctor: { groups: [doctors] } }\n");

        var document = Assert.IsType<Documents.PolicyDocument>((await ReadAsync()).Document);

        Assert.Equal(["main", "icu", "night"], document.Rules.Select(r => r.Name));
        Assert.Equal(["doctor", "nurse"], document.Roles.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Every byte of every file is in the digest that decisions carry.</summary>
    [Fact]
    public async Task Digest_OfAllFiles_ChangesWithEach()
    {
        Write("policy.yaml", "version: 1\ninclude: [a.yaml]\n");
        Write("a.yaml", "version: 1\nrules: []\n");
        var before = (await ReadAsync()).Document!.Digest;

        Write("a.yaml", "version: 1\nrules: [] # b\n");
        var after = (await ReadAsync()).Document!.Digest;

        Assert.NotEqual(before, after);
        Assert.Equal(64, after.Length);
    }

    [Theory]
    [InlineData("../secret.yaml")]
    [InlineData("a/../../secret.yaml")]
    [InlineData("/etc/passwd")]
    [InlineData(".hidden.yaml")]
    [InlineData("a//b.yaml")]
    [InlineData("a\\b.yaml")]
    [InlineData("${env:HOME}/a.yaml")]
    public async Task Include_OutsideTheFolder_IsRefused(string path)
    {
        Write("policy.yaml", $"version: 1\ninclude: ['{path}']\n");

        var problem = Assert.Single((await ReadAsync()).Problems);

        Assert.Equal("policy.yaml:2:11 include: is no path below the folder of the main file; write it like wards/icu.yaml, without '..' and hidden names", problem.ToString());
    }

    [Fact]
    public async Task Include_InACircle_IsRefused()
    {
        Write("policy.yaml", "version: 1\ninclude: a.yaml\n");
        Write("a.yaml", "version: 1\ninclude: policy.yaml\n");

        Assert.Equal(
            "a.yaml:2:10 include: names a file that is already in the policy: policy.yaml; include each file once; files cannot include one another in a circle",
            Assert.Single((await ReadAsync()).Problems).ToString());
    }

    [Fact]
    public async Task Include_Missing_IsRefused()
    {
        Write("policy.yaml", "version: 1\ninclude: gone.yaml\n");

        Assert.Equal("policy.yaml:2:10 include: names a file that does not exist: gone.yaml; create it and let this process read it, or remove the line", Assert.Single((await ReadAsync()).Problems).ToString());
    }

    [Fact]
    public async Task Include_OnlyRolesAndRules_NamesUnique()
    {
        Write("policy.yaml", "version: 1\ninclude: a.yaml\nroles: { r: { groups: [g] } }\nrules: [{ name: n, match: { tool: x }, effect: deny }]\n");
        Write("a.yaml", $"version: 1\nroles: {{ r: {{ groups: [h] }} }}\n{Servers}rules: [{{ name: n, match: {{ tool: x }}, effect: deny }}]\n");

        Assert.Equal(
            [
                "a.yaml:2:10 roles.r: is a role of another file of this policy; keep one of them",
                "a.yaml:3:1 servers: is no known key; use one of version, include, roles, rules",
                "a.yaml:4:17 rules[0].name: is taken by the rule on line 4 of policy.yaml: n; choose another",
            ],
            (await ReadAsync()).Problems.Select(p => p.ToString()));
    }

    [Fact]
    public async Task Include_MoreFilesThanAllowed_IsRefused()
    {
        Write("policy.yaml", $"version: 1\ninclude: [{string.Join(", ", Enumerable.Range(0, 70).Select(i => $"f{i}.yaml"))}]\n");
        foreach (var i in Enumerable.Range(0, 70))
        {
            Write($"f{i}.yaml", "version: 1\n");
        }

        var problems = (await ReadAsync()).Problems;

        Assert.Equal(7, problems.Count);
        Assert.Contains("is one more than 64", problems[0].Problem, StringComparison.Ordinal);
    }

    private async Task<PolicyReading> ReadAsync() =>
        PolicyFile.Read(await PolicyBundle.LoadAsync(Path.Combine(_folder, "policy.yaml"), TestContext.Current.CancellationToken));

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
