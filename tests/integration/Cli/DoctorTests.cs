using Chaperone.Cli;
using Chaperone.Cli.Doctor;
using Chaperone.TestKit;
using Chaperone.TestKit.Elastic;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Chaperone.Integration.Tests.Cli;

/// <summary><c>chaperone doctor</c> over real servers: what is well is said to be, and each thing that is broken is named with what to do.</summary>
public sealed class DoctorTests(SharedRabbitMq rabbit, SharedPostgres postgres) : IAsyncLifetime
{
    private static readonly string[] KeySettings = ["Bus__KeyFile", "Edge__KeyFile", "Approval__KeyFile", "Masking__KeyFile", "Recorder__KeyFile", "Recorder__SigningKeyFile"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chaperone-doctor-");
    private readonly Dictionary<string, string> _settings = [];
    private TestIssuer _issuer = null!;
    private ScriptedServer _upstream = null!;
    private FakeElastic _elastic = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync(Token);
        _upstream = await ScriptedServer.StartAsync(Token);
        _elastic = await FakeElastic.StartAsync(Token);
        var broker = await rabbit.GetAsync();
        foreach (var key in KeySettings)
        {
            _settings[key] = Write($"{key}.key", $"k1 {Convert.ToBase64String(new byte[32])}\n");
        }

        _settings["Bus__Transport"] = "RabbitMq";
        _settings["Bus__Uri"] = (await broker.CreateVhostAsync(Token)).ToString();
        _settings["Bus__User"] = broker.User;
        _settings["Bus__PasswordFile"] = Write("broker.password", broker.Password);
        foreach (var (room, store) in new[] { ("Recorder", "Store"), ("Approval", "Store"), ("Policy", "PinStore") })
        {
            var connection = new NpgsqlConnectionStringBuilder(await (await postgres.GetAsync()).CreateDatabaseAsync(Token));
            _settings[$"{room}__{store}"] = "PostgreSql";
            _settings[$"{room}__PasswordFile"] = Write($"{room}.password", connection.Password!);
            connection.Password = null;
            _settings[$"{room}__ConnectionString"] = connection.ConnectionString;
            _settings[$"{room}__DataDirectory"] = Path.Combine(_folder.FullName, room);
        }

        _settings["Policy__VersionsFolder"] = Path.Combine(_folder.FullName, "versions");
        _settings["Console__DataDirectory"] = _folder.FullName;
        _settings["Console__Authority"] = _issuer.Authority;
        _settings["Console__RequireHttpsMetadata"] = "false";
        _settings["Edge__Issuers__0__Authority"] = _issuer.Authority;
        _settings["Edge__Issuers__0__Audience"] = "chaperone";
        _settings["Edge__TrustedProxies__0"] = "127.0.0.1";
        _settings["Policy__File"] = _settings["Edge__PolicyFile"] = WritePolicy(_upstream.Url);
        _settings["Recorder__Elastic__Url"] = _elastic.Url.ToString();
        await RunAsync("elastic", "setup", "--url", _elastic.Url.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable[] { _elastic, _upstream, _issuer })
        {
            await part.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Doctor_EverythingThere_IsWell()
    {
        var (code, output, _) = await DoctorAsync();

        Assert.True(code == 0, output);
        Assert.DoesNotContain("MEND", output, StringComparison.Ordinal);
        foreach (var well in new[] { "settings of edge: are good", "proxy: ", "record.key: ", "broker: ", "database of recorder: ", "database of approval: ", "database of policy: ", "Elasticsearch: ", "issuer of the edge: ", "issuer of the console: ", "policy file: ", "upstream echo: ", "clock: " })
        {
            Assert.Contains($"ok    {well}", output, StringComparison.Ordinal);
        }
    }

    /// <summary>Each thing broken alone is the only thing to mend.</summary>
    [Theory]
    [InlineData("broker password", "MEND  broker: ", "change_password")]
    [InlineData("broker away", "MEND  broker: ", "Is RabbitMQ up")]
    [InlineData("database password", "MEND  database of recorder: ", "28P01")]
    [InlineData("database away", "MEND  database of recorder: ", "Is PostgreSQL up")]
    [InlineData("no database", "MEND  database of recorder: ", "create the database")]
    [InlineData("issuer away", "MEND  issuer of the edge: ", "Is the authority right")]
    [InlineData("other issuer", "MEND  issuer of the edge: ", "exactly what the document says")]
    [InlineData("key for all", "MEND  record.key: ", "chmod 600")]
    [InlineData("key of rubbish", "MEND  edge.key: ", "backup")]
    [InlineData("policy", "MEND  policy file: ", "chaperone policy check")]
    [InlineData("folder", "MEND  Policy:VersionsFolder: ", "Name a folder")]
    [InlineData("room away", "MEND  running 127.0.0.1:1: ", "Is it started?")]
    public async Task Doctor_OneThingBroken_NamesItAndTheRemedy(string broken, string finding, string remedy)
    {
        Break(broken);

        var (code, output, _) = await DoctorAsync(broken == "room away" ? ["--running", "http://127.0.0.1:1"] : []);

        Assert.True(code == 1, output);
        var lines = output.Split('\n');
        var at = Array.FindIndex(lines, l => l.StartsWith(finding, StringComparison.Ordinal));
        Assert.True(at >= 0, output);
        Assert.Contains(remedy, lines[at + 1], StringComparison.Ordinal);
        Assert.Single(lines, l => l.StartsWith("MEND", StringComparison.Ordinal));
    }

    /// <summary>What only needs a look does not keep Chaperone from working.</summary>
    [Theory]
    [InlineData("upstream away", "LOOK  upstream echo: ", "502")]
    [InlineData("no key yet", "LOOK  bus.key: ", "restore the file from your backup")]
    [InlineData("password for all", "LOOK  Bus:PasswordFile: ", "chmod 600")]
    [InlineData("no proxy", "LOOK  proxy: none is named in Edge:TrustedProxies and Doors:TrustedProxies", "CHAPERONE_Edge__TrustedProxies__0 and CHAPERONE_Doors__TrustedProxies__0")]
    [InlineData("Elasticsearch away", "LOOK  Elasticsearch: ", "calls do not")]
    public async Task Doctor_SomethingToLookAt_EndsWell(string broken, string finding, string remedy)
    {
        Break(broken);

        var (code, output, _) = await DoctorAsync();

        Assert.True(code == 0, output);
        var lines = output.Split('\n');
        var at = Array.FindIndex(lines, l => l.StartsWith(finding, StringComparison.Ordinal));
        Assert.True(at >= 0, output);
        Assert.Contains(remedy, lines[at + 1], StringComparison.Ordinal);
    }

    /// <summary>Settings are judged by the rooms' own checks; a password in the wrong place is not repeated.</summary>
    [Fact]
    public async Task Doctor_PasswordInTheAddress_IsRefusedWithoutSayingIt()
    {
        _settings["Bus__Uri"] = "amqp://chaperone:sesame-open@127.0.0.1/x";
        _settings["Recorder__GapAfter"] = "soon";

        var (code, output, error) = await DoctorAsync();

        Assert.Equal(1, code);
        Assert.Contains("MEND  settings of bus: Bus:Uri must hold no user or password", output, StringComparison.Ordinal);
        Assert.Contains("MEND  settings of recorder: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OneRoom_LooksAtNothingOfTheOthers()
    {
        var (code, output, _) = await DoctorAsync("--room", "masking");

        Assert.True(code == 0, output);
        Assert.Contains("masking.key", output, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy", output, StringComparison.Ordinal);
        Assert.DoesNotContain("issuer", output, StringComparison.Ordinal);
        Assert.DoesNotContain("database", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("doctor", "--env-file", "no/such.env")]
    [InlineData("doctor", "--room", "cellar")]
    [InlineData("doctor", "--running", "next door")]
    public async Task Doctor_CommandLineWrong_EndsWithTwo(params string[] arguments) => Assert.Equal(2, (await RunAsync(arguments)).Code);

    [Theory]
    [InlineData(0, Condition.Well)]
    [InlineData(-4, Condition.Well)]
    [InlineData(7, Condition.Look)]
    [InlineData(-20, Condition.Look)]
    [InlineData(45, Condition.Ill)]
    [InlineData(-3600, Condition.Ill)]
    public void Clocks_Apart_AreJudgedByWhatTokensBear(int seconds, object condition)
    {
        var time = new FakeTimeProvider();

        var judged = Clocks.Judge("the issuer", time.GetUtcNow() + TimeSpan.FromSeconds(seconds), time, TimeSpan.FromSeconds(1));

        Assert.Equal(condition, judged.State);
    }

    private void Break(string what)
    {
        switch (what)
        {
            case "broker password": File.WriteAllText(_settings["Bus__PasswordFile"], "wrong"); break;
            case "broker away": _settings["Bus__Uri"] = $"amqp://127.0.0.1:{PrivatePorts.Take()}/x"; break;
            case "database password": File.WriteAllText(_settings["Recorder__PasswordFile"], "wrong"); break;
            case "database away": _settings["Recorder__ConnectionString"] = $"Host=127.0.0.1;Port={PrivatePorts.Take()};Database=x;Username=x"; break;
            case "no database": _settings["Recorder__ConnectionString"] = new NpgsqlConnectionStringBuilder(_settings["Recorder__ConnectionString"]) { Database = "nowhere" }.ConnectionString; break;
            case "issuer away": _settings["Edge__Issuers__0__Authority"] = $"http://127.0.0.1:{PrivatePorts.Take()}"; break;
            case "other issuer": _settings["Edge__Issuers__0__Issuer"] = "https://login.example.org"; break;
            case "key for all": File.SetUnixFileMode(_settings["Recorder__KeyFile"], (UnixFileMode)0b110_100_100); break;
            case "key of rubbish": File.WriteAllText(_settings["Edge__KeyFile"], "rubbish\n"); break;
            case "policy": File.AppendAllText(_settings["Policy__File"], "surprise: true\n"); break;
            case "folder": _settings["Policy__VersionsFolder"] = Path.Combine(_settings["Policy__File"], "below-a-file"); break;
            case "upstream away": _settings["Policy__File"] = _settings["Edge__PolicyFile"] = WritePolicy($"http://127.0.0.1:{PrivatePorts.Take()}"); break;
            case "no key yet": File.Delete(_settings["Bus__KeyFile"]); break;
            case "password for all":
                _settings["Bus__PasswordFile"] = Path.Combine(Path.GetTempPath(), $"{_folder.Name}.password");
                File.Move(Path.Combine(_folder.FullName, "broker.password"), _settings["Bus__PasswordFile"]);
                File.SetUnixFileMode(_settings["Bus__PasswordFile"], (UnixFileMode)0b110_100_100);
                break;
            case "no proxy": _settings.Remove("Edge__TrustedProxies__0"); break;
            case "Elasticsearch away": _settings["Recorder__Elastic__Url"] = $"http://127.0.0.1:{PrivatePorts.Take()}"; break;
            default: Assert.Equal("room away", what); break;
        }
    }

    private Task<(int Code, string Output, string Error)> DoctorAsync(params string[] more)
    {
        var file = Write("chaperone.env", string.Join('\n', _settings.Select(s => $"CHAPERONE_{s.Key}={s.Value}").Prepend("# all rooms")));
        return RunAsync(["doctor", "--env-file", file, .. more]);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await ChaperoneCommand.RunAsync(arguments, output, error, () => Stream.Null, Token);
        return (code, output.ToString(), error.ToString());
    }

    private string WritePolicy(string upstream) => Write("policy.yaml", $$"""
        version: 1
        roles:
          nurse: { groups: [nurses] }
        servers:
          echo: { url: {{upstream}}/mcp }
        rules:
          - { name: echo, match: { role: nurse, server: echo, tool: echo }, effect: allow, masking: safe-harbor }

        """);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
