using System.Diagnostics;
using Chaperone.TestKit;
using Npgsql;

namespace Chaperone.E2E.Tests.Install;

/// <summary>
/// What <c>make install</c> puts in place, run as systemd would run it but for the sandbox: each unit's own command line, its
/// variables and the settings as installed, over servers that the installed script prepared. A client's call goes through.
/// </summary>
public sealed class InstallTests : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("chaperone-install-");
    private readonly List<IAsyncDisposable> _parts = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Etc => Path.Combine(_root.FullName, "etc", "chaperone");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            await _parts[i].DisposeAsync();
        }

        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task Install_ProductionForm_ServesACallAndKeepsWhatIsConfigured()
    {
        await InstallAsync();
        var issuer = Keep(await TestIssuer.StartAsync(Token));
        var upstream = Keep(await ScriptedServer.StartAsync(Token));
        upstream.Script = (http, r) => ScriptedServer.JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{r.Id}}},"result":{"content":[{"type":"text","text":"all went well"}]}}""");
        var settings = await PrepareServersAsync();
        settings["CHAPERONE_Edge__Issuers__0__Authority"] = settings["CHAPERONE_Console__Authority"] = issuer.Authority;
        settings["CHAPERONE_Console__RequireHttpsMetadata"] = "false";
        await File.WriteAllTextAsync(Path.Combine(Etc, "policy.yaml"), $$"""
            version: 1
            roles:
              nurse: { groups: [nurses] }
            servers:
              echo: { url: {{upstream.Url}}/mcp }
            rules:
              - { name: echo, match: { role: nurse, server: echo, tool: echo }, effect: allow, masking: safe-harbor }

            """, Token);

        Assert.All(["backup.sh", "restore.sh"], script => Assert.True(File.GetUnixFileMode(Path.Combine(_root.FullName, "usr/local/share/chaperone", script)).HasFlag(UnixFileMode.OtherExecute), script));

        // What was configured stays when a new version is installed over it.
        await InstallAsync();
        Assert.Contains(upstream.Url, await File.ReadAllTextAsync(Path.Combine(Etc, "policy.yaml"), Token), StringComparison.Ordinal);

        var env = Path.Combine(_root.FullName, "as-run.env");
        await File.WriteAllLinesAsync(env, settings.Select(s => $"{s.Key}={s.Value}"), Token);
        var (code, words) = await RunAsync(Path.Combine(_root.FullName, "usr/local/bin/chaperone"), [], "doctor", "--env-file", env);
        Assert.True(code == 0, words);

        var rooms = Units().Select(u => Keep(Start(u, settings))).ToArray();
        await Task.WhenAll(rooms.Select(r => r.ReadyAsync(Token)));
        var edge = rooms.Single(r => r.Name == "chaperone-edge");
        var answer = await CallAsync(edge.Url, issuer.Mint(new TestPerson("p-1", "Nora Nurse", "nurses")));

        Assert.Contains("all went well", answer, StringComparison.Ordinal);
    }

    private async Task InstallAsync()
    {
        // What was built is published: building it anew would test the compiler.
        var (code, words) = await RunAsync(
            "make",
            new() { ["DESTDIR"] = _root.FullName, ["FORM"] = "production", ["PUBLISH_OPTIONS"] = "--no-build" },
            "--no-print-directory", "-C", ShippedRooms.Root, "install");
        Assert.True(code == 0, words);
    }

    private async Task<Dictionary<string, string>> PrepareServersAsync()
    {
        var broker = Keep(await RabbitMqBroker.StartAsync(Token));
        var postgres = Keep(await PostgresServer.StartAsync(Token));
        var owner = new NpgsqlConnectionStringBuilder(postgres.ConnectionString("postgres"));
        var vhost = await broker.CreateVhostAsync(Token);

        // The broker's own tool finds only a node of this machine's usual name, so its part is played by the fixture.
        var noTool = Path.Combine(_root.FullName, "rabbitmqctl");
        await File.WriteAllTextAsync(noTool, "#!/bin/sh\ncat >/dev/null\n", Token);
        File.SetUnixFileMode(noTool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Path.Combine(Etc, "broker.password"), broker.Password, Token);
        var (code, words) = await RunAsync(
            Path.Combine(_root.FullName, "usr/local/share/chaperone/prepare-servers.sh"),
            new() { ["SECRETS"] = Etc, ["PSQL"] = "psql", ["RABBITMQCTL"] = noTool, ["PGHOST"] = owner.Host!, ["PGPORT"] = $"{owner.Port}", ["PGUSER"] = owner.Username!, ["PGPASSWORD"] = owner.Password! });
        Assert.True(code == 0, words);

        var settings = File.ReadLines(Path.Combine(Etc, "chaperone.env")).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('=', 2))
            .ToDictionary(s => s[0], s => s[1].Replace("/var/lib/chaperone", $"{_root.FullName}/var/lib/chaperone", StringComparison.Ordinal).Replace("/etc/chaperone", Etc, StringComparison.Ordinal));
        settings["CHAPERONE_Bus__Uri"] = vhost.ToString();
        settings["CHAPERONE_Bus__User"] = broker.User;
        foreach (var name in settings.Keys.Where(k => k.EndsWith("ConnectionString", StringComparison.Ordinal)).ToArray())
        {
            settings[name] += $";Port={owner.Port}";
        }

        return settings;
    }

    private IEnumerable<string> Units() => Directory.GetFiles(Path.Combine(_root.FullName, "usr/local/lib/systemd/system"), "*.service").Where(u => !u.EndsWith("chaperone-host.service", StringComparison.Ordinal));

    private RoomProcess Start(string unit, Dictionary<string, string> settings)
    {
        var start = File.ReadLines(unit).Single(l => l.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..];
        var program = _root.FullName + start;
        Assert.True(File.Exists(program), program);
        return RoomProcess.StartProgram(Path.GetFileNameWithoutExtension(unit), program, _root.FullName, settings);
    }

    private static async Task<string> CallAsync(string edge, string token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{edge}/mcp/echo") { Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{}}}""", System.Text.Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) };
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Host = "mcp.example.org";
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2025-11-25");
        using var response = await http.SendAsync(request, Token);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private static async Task<(int Code, string Words)> RunAsync(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output + await errors);
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }
}
