using Chaperone.Recorder.Tests;

namespace Chaperone.Cli.Tests.Policies;

public sealed class PolicyDiffTests
{
    private const string Request = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_patient","arguments":{"ssn":"SSN"}}}""";

    private const string Old = """
        version: 1
        roles: { nurse: { groups: [nurses] } }
        servers: { clinic: { url: 'http://127.0.0.1:1/mcp' } }
        rules:
          - { name: reads, match: { role: nurse, tool: get_* }, effect: allow }
        """;

    private const string ByArgument = Old + "\n  - { name: no-ssn, match: { tool: get_patient, arguments: { ssn: '^[0-9-]+$' } }, effect: deny, reason: Ask by MRN. }\n";
    private const string ByTool = Old + "\n  - { name: no-patient, match: { tool: get_patient }, effect: deny }\n";

    [Fact]
    public async Task Diff_OverAnExport_ListsWhatChanges()
    {
        await using var rig = await RigAsync();
        var (session, call) = await KeepAsync(rig);
        await rig.StopAsync();
        var file = Path.Combine(rig.Folder, "session.jsonl");
        await CliRun.OfAsync("export", "--session", session.ToString(), "--store", rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"), "--out", file);

        var changed = await DiffAsync(Old, ByTool, file);
        var same = await DiffAsync(Old, Old + "\n# a remark\n", file);

        Assert.Equal((1, ""), (changed.Code, changed.Error));
        Assert.Equal(
            [$"{call} nurse-1 clinic tools/call get_patient: allow by reads (safe-harbor) -> deny by no-patient (safe-harbor)", "1 calls, 1 would be decided otherwise; 1 were compared by their masked messages."],
            changed.Lines);
        Assert.Equal((0, "1 calls, 0 would be decided otherwise; 1 were compared by their masked messages."), (same.Code, Assert.Single(same.Lines)));
    }

    /// <summary>The store holds messages as they were: conditions on arguments that masking hides are decided rightly, and no argument is printed.</summary>
    [Fact]
    public async Task Diff_OverAStore_SeesWhatMaskingHides()
    {
        await using var rig = await RigAsync();
        await KeepAsync(rig);
        await rig.StopAsync();

        var run = await DiffAsync(Old, ByArgument, rig.DataDirectory, "--keys", Path.Combine(rig.Folder, "keys"));

        Assert.Equal((1, ""), (run.Code, run.Error));
        Assert.EndsWith("allow by reads (safe-harbor) -> deny by no-ssn (safe-harbor)", run.Lines[0], StringComparison.Ordinal);
        Assert.Equal("1 calls, 1 would be decided otherwise.", run.Lines[1]);
        Assert.DoesNotContain("123-45-6789", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_OverOtherFiles_IsRefused()
    {
        var file = await PolicyFolder.WriteAsync(("x.jsonl", "{\"session\":1}\n{\"call\":2}\n"));

        var run = await DiffAsync(Old, Old, file);

        Assert.Equal(2, run.Code);
        Assert.Contains("line 2 is none of an export", run.Error, StringComparison.Ordinal);
    }

    private static Task<RecorderRig> RigAsync() => RecorderRig.StartAsync();

    private static async Task<(Guid Session, Guid Call)> KeepAsync(RecorderRig rig)
    {
        var session = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var raw = Request.Replace("SSN", "123-45-6789", StringComparison.Ordinal);
        var intent = rig.Entry(session: session, masked: Request.Replace("SSN", "[SSN]", StringComparison.Ordinal), raw: raw);
        await rig.KeepAsync(intent);
        return (session, intent.Call!.CallId);
    }

    private static async Task<CliRun> DiffAsync(string before, string after, string over, params string[] more)
    {
        var old = await PolicyFolder.WriteAsync(("old.yaml", before), ("new.yaml", after));
        return await CliRun.OfAsync(["policy", "diff", old, Path.Combine(Path.GetDirectoryName(old)!, "new.yaml"), "--over", over, .. more]);
    }
}
