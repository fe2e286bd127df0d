using System.Diagnostics;
using Chaperone.TestKit;
using Npgsql;

namespace Chaperone.Faults;

/// <summary>
/// The drill of docs/runbooks.md, with the shipped scripts and programs:
/// <list type="number">
/// <item>A backup is made under load; calls go on, so that it is an old one soon.</item>
/// <item>All is lost. It is restored into an empty place.</item>
/// <item><c>chaperone verify</c> proves the restored ledger against its key and the backup's checkpoint.</item>
/// <item>A recorder that still knows what was published refuses to sign on the old store.</item>
/// <item>A recorder without that memory publishes the restored ledger, which still verifies.</item>
/// </list>
/// </summary>
internal static class BackupDrill
{
    private const int Calls = 50;
    private static readonly string[] Rooms = ["policy", "approval", "recorder"];

    /// <summary>0 when each step went as it must, else 1; says what it does and sees.</summary>
    public static async Task<int> RunAsync(FaultStage stage, CancellationToken cancellationToken)
    {
        var place = Directory.CreateTempSubdirectory("chaperone-drill-").FullName;
        await using var server = await PostgresServer.StartAsync(cancellationToken);
        try
        {
            return await RunAsync(stage, server, place, cancellationToken) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static async Task<bool> RunAsync(FaultStage stage, PostgresServer server, string place, CancellationToken cancellationToken)
    {
        var (backup, state) = (Path.Combine(place, "backup"), Path.Combine(place, "state"));
        var gateway = stage.Gateway;
        stage.Load.Begin();
        await ServedAsync(stage, Calls, cancellationToken);
        if (!await ScriptAsync("backup.sh", [backup], EnvironmentOf(gateway.Postgres!, gateway.Directory, DatabasesOf(gateway)), cancellationToken))
        {
            return false;
        }

        await ServedAsync(stage, stage.Load.Answers.Count + Calls, cancellationToken);
        await stage.Load.EndAsync();
        var recorder = gateway.Of("recorder").First();
        var published = Path.Combine(recorder.Environment["CHAPERONE_Recorder__DataDirectory"], "log", "checkpoint");
        await TestLimits.UntilAsync(async () => SizeOf(await File.ReadAllTextAsync(published, cancellationToken)) > SizeOf(await File.ReadAllTextAsync(Path.Combine(backup, "records", "checkpoint"), cancellationToken)) + Calls, "what came after the backup to be published", cancellationToken);
        await Task.WhenAll(gateway.Rooms.Select(r => r.KillAsync()));

        foreach (var room in Rooms)
        {
            await server.ExecuteAsync($"CREATE ROLE {room} LOGIN", cancellationToken);
            await server.ExecuteAsync($"CREATE DATABASE {room} OWNER {room}", cancellationToken);
        }

        var environment = EnvironmentOf(server, state, string.Join(' ', Rooms));
        if (!await ScriptAsync("restore.sh", [backup], environment, cancellationToken))
        {
            return false;
        }

        if (await ScriptAsync("restore.sh", [backup], environment, cancellationToken))
        {
            return Failed("restore.sh wrote over what was there.");
        }

        if (!await VerifyAsync(server, backup, cancellationToken))
        {
            return false;
        }

        return await RefusesAsync(recorder, server, place, state, published, cancellationToken)
            && await PublishesAsync(recorder, server, place, state, cancellationToken)
            && await VerifyAsync(server, backup, cancellationToken);
    }

    private static async Task<bool> RefusesAsync(RoomProcess was, PostgresServer server, string place, string state, string published, CancellationToken cancellationToken)
    {
        var before = await File.ReadAllTextAsync(published, cancellationToken);
        await using var process = await StartAsync(was, server, place, state, was.Environment["CHAPERONE_Recorder__DataDirectory"], "recorder-old", cancellationToken);
        using var http = new HttpClient();
        var words = string.Empty;
        await TestLimits.UntilAsync(
            async () =>
            {
                try
                {
                    using var answer = await http.GetAsync($"{process.Url}/health/ready", cancellationToken);
                    words = await answer.Content.ReadAsStringAsync(cancellationToken);
                    return (int)answer.StatusCode == 503 && words.Contains("estore the newest", StringComparison.Ordinal);
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the recorder to refuse the old store",
            cancellationToken,
            TimeSpan.FromMinutes(3));
        Say($"A recorder that knows what was published: {words}");
        return await File.ReadAllTextAsync(published, cancellationToken) == before || Failed("It signed all the same.");
    }

    private static async Task<bool> PublishesAsync(RoomProcess was, PostgresServer server, string place, string state, CancellationToken cancellationToken)
    {
        var data = Path.Combine(state, "recorder");
        await using var process = await StartAsync(was, server, place, state, data, "recorder-new", cancellationToken);
        await process.ReadyAsync(cancellationToken);
        await TestLimits.UntilAsync(() => ValueTask.FromResult(File.Exists(Path.Combine(data, "log", "checkpoint"))), "the restored ledger to be published", cancellationToken);
        Say("A recorder that was restored is ready and has published.");
        return true;
    }

    private static async Task<RoomProcess> StartAsync(RoomProcess was, PostgresServer server, string place, string state, string data, string name, CancellationToken cancellationToken)
    {
        var password = Path.Combine(place, "recorder.password");
        await File.WriteAllTextAsync(password, server.Password, cancellationToken);
        File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var environment = new Dictionary<string, string>(was.Environment)
        {
            ["CHAPERONE_Recorder__ConnectionString"] = new NpgsqlConnectionStringBuilder(server.ConnectionString("recorder")) { Password = null }.ConnectionString,
            ["CHAPERONE_Recorder__PasswordFile"] = password,
            ["CHAPERONE_Recorder__DataDirectory"] = data,
            ["CHAPERONE_Recorder__KeyFile"] = Path.Combine(state, "keys", "record.key"),
            ["CHAPERONE_Recorder__SigningKeyFile"] = Path.Combine(state, "keys", "ledger.key"),
            ["CHAPERONE_Bus__KeyFile"] = Path.Combine(state, "keys", "bus.key"),
        };
        return RoomProcess.Start(name, ShippedRooms.Program("services/recorder", "Chaperone.Recorder"), place, environment);
    }

    private static async Task<bool> VerifyAsync(PostgresServer server, string backup, CancellationToken cancellationToken)
    {
        var records = Path.Combine(backup, "records");
        var (code, words) = await Gateway.ChaperoneAsync(cancellationToken, "verify", "--postgres", server.ConnectionString("recorder"), "--key", Path.Combine(records, "log.vkey"), "--since", Path.Combine(records, "checkpoint"));
        Say(words.TrimEnd());
        return code == 0 || Failed($"chaperone verify ended with {code}.");
    }

    private static Task ServedAsync(FaultStage stage, int calls, CancellationToken cancellationToken) => TestLimits.UntilAsync(
        () => ValueTask.FromResult(stage.Load.Answers.Count(a => a.Kind == AnswerKind.Served) >= calls), $"{calls} calls to be served", cancellationToken, TimeSpan.FromMinutes(3));

    private static async Task<bool> ScriptAsync(string script, string[] arguments, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(ShippedRooms.Root, "compose", "backup", script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Say($"{script} ({process.ExitCode}): {(await output + await errors).TrimEnd()}");
        return process.ExitCode == 0;
    }

    private static Dictionary<string, string> EnvironmentOf(PostgresServer server, string state, string databases) => new()
    {
        ["PGHOST"] = "127.0.0.1",
        ["PGPORT"] = $"{server.Port}",
        ["PGUSER"] = PostgresServer.Owner,
        ["PGPASSWORD"] = server.Password,
        ["STATE"] = state,
        ["DATABASES"] = databases,
        ["PG_DUMP"] = Path.Combine(server.Binaries, "pg_dump"),
        ["PG_RESTORE"] = Path.Combine(server.Binaries, "pg_restore"),
        ["PSQL"] = Path.Combine(server.Binaries, "psql"),
    };

    private static string DatabasesOf(Gateway gateway) => string.Join(' ', Rooms.Select(room =>
    {
        var connection = gateway.Of(room).First().Environment[$"CHAPERONE_{char.ToUpperInvariant(room[0])}{room[1..]}__ConnectionString"];
        return $"{room}={new NpgsqlConnectionStringBuilder(connection).Database}";
    }));

    /// <summary>The second line of a checkpoint (C2SP tlog-checkpoint).</summary>
    private static long SizeOf(string checkpoint) => long.Parse(checkpoint.Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static bool Failed(string words)
    {
        Say($"FAILED: {words}");
        return false;
    }

    private static void Say(string words) => Console.WriteLine(words);
}
