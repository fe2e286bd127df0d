using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Keys.Vault;
using Chaperone.TestKit;

namespace Chaperone.Recorder.Tests.Keys;

/// <summary>A Vault with the key and the least policy that docs/keys.md gives, and recorders whose keys it wraps.</summary>
internal sealed class VaultStage : IAsyncDisposable
{
    public const string KeyName = "chaperone-records";
    private const string FirstToken = "canary-vault-token-of-the-recorder";

    private VaultStage(VaultServer server) => Server = server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public VaultServer Server { get; }

    public VaultTransitKey Key => Server.Transit.Make(KeyName);

    public string Folder { get; } = RecorderRig.NewFolder();

    public string TokenFile => Path.Combine(Folder, "vault-token");

    public static Dictionary<string, string[]> LeastPolicy => new()
    {
        [$"transit/encrypt/{KeyName}"] = ["update"],
        [$"transit/decrypt/{KeyName}"] = ["update"],
        [$"transit/rewrap/{KeyName}"] = ["update"],
        [$"transit/keys/{KeyName}"] = ["read"],
    };

    public static async Task<VaultStage> StartAsync()
    {
        var stage = new VaultStage(await VaultServer.StartAsync(Cancel));
        stage.Server.Transit.Make(KeyName);
        await stage.GiveTokenAsync(FirstToken);
        return stage;
    }

    /// <summary>Revokes all tokens and writes a new one into the token file, as Vault Agent does.</summary>
    public async Task GiveTokenAsync(string token)
    {
        Server.Tokens.Clear();
        Server.Tokens[token] = true;
        Server.Policies[token] = LeastPolicy;
        await File.WriteAllTextAsync(TokenFile, token + "\n", Cancel);
    }

    public Dictionary<string, string?> Settings(string root = "Vault", string cacheFor = "01:00:00") => new()
    {
        ["Recorder:KeyRoot"] = root,
        ["Recorder:Vault:Address"] = Server.Url,
        ["Recorder:Vault:TokenFile"] = TokenFile,
        ["Recorder:Vault:Timeout"] = "00:00:30",
        ["Recorder:Vault:CacheFor"] = cacheFor,
    };

    public Task<RecorderRig> RecorderAsync(Dictionary<string, string?>? settings = null) => RecorderRig.StartAsync(Folder, settings: settings ?? Settings());

    /// <summary>Vault itself, without a recorder.</summary>
    public VaultTransit Transit(TimeProvider time, Action<VaultRootOptions>? change = null)
    {
        var options = new VaultRootOptions { Address = new Uri(Server.Url), TokenFile = TokenFile, Timeout = TestLimits.Signal };
        change?.Invoke(options);
        return new VaultTransit(new VaultConnection(options, time), time);
    }

    /// <summary>From now on Vault takes requests and answers none until <c>Answer</c> is set, and then that it is sealed; <c>Asked</c> ends with the first of them.</summary>
    public (Task Asked, TaskCompletionSource Answer) Hang()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Instead = async http =>
        {
            asked.TrySetResult();
            await answer.Task.WaitAsync(http.RequestAborted);
            http.Response.StatusCode = 503;
        };
        return (asked.Task, answer);
    }

    public static async Task AssertAllOpenAsync(RecorderRig rig, int count)
    {
        var records = await rig.Store.ReadRecordsAsync(0, 100, Cancel);
        Assert.Equal(count, records.Count);
        foreach (var record in records)
        {
            Assert.True(rig.Get<Recorder.Sealing.RecordOpener>().TryOpen(record, out var problem) is not null, problem);
        }
    }

    public static string[] RootsOf(RecorderRig rig) => [.. rig.Get<KeyStore>().ListPeriods().Select(p => p.RootId).Distinct()];

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
