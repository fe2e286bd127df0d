using Chaperone.Recorder.Tests;

namespace Chaperone.Cli.Tests.Policies;

/// <summary>A folder with a policy that tests share.</summary>
internal static class PolicyFolder
{
    public const string Policy = """
        version: 1
        roles:
          nurse: { groups: [nurses] }
          unused: { groups: [x] }
        servers:
          clinic: { url: 'http://127.0.0.1:1/mcp' }
          lab: { url: 'http://127.0.0.1:2/mcp' }
        rules:
          - name: reads
            match: { role: nurse, server: clinic, tool: [get_*, query] }
            effect: allow
          - name: small-only
            match: { server: clinic, tool: query, arguments: { limit: { exists: false } } }
            effect: deny
            reason: Name a limit.
          - name: strong-writes
            match: { role: nurse, server: clinic, tool: set_*, principal: { mfa: true }, network: 10.0.0.0/8 }
            effect: allow
        """;

    /// <summary>Writes files and answers the path of the first.</summary>
    public static async Task<string> WriteAsync(params (string Name, string Text)[] files)
    {
        var folder = RecorderRig.NewFolder();
        foreach (var (name, text) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), text, TestContext.Current.CancellationToken);
        }

        return Path.Combine(folder, files[0].Name);
    }
}
