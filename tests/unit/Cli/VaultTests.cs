using Chaperone.Recorder.Tests;
using Chaperone.Recorder.Tests.Keys;

namespace Chaperone.Cli.Tests;

/// <summary>The command where the recorder's keys are wrapped by Vault: exports with the recorder's own settings, verification with no key, and the doctor.</summary>
public class VaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_RootInVault_OpensWithTheRecordersSettings()
    {
        await using var stage = await VaultStage.StartAsync();
        await using var rig = await stage.RecorderAsync();
        var entry = rig.Entry(masked: "{\"n\":\"[NAME]\"}");
        await rig.KeepAsync(entry);
        await rig.AssertIntactAsync(1);
        await rig.StopAsync();
        var settings = await SettingsAsync(stage);
        string[] export = ["export", "--session", entry.Call!.SessionId.ToString(), "--store", rig.DataDirectory, "--keys", Path.Combine(stage.Folder, "keys")];

        var without = await CliRun.OfAsync(export);
        var with = await CliRun.OfAsync([.. export, "--env-file", settings]);
        var bundle = await CliRun.OfAsync(
            "export", "--from", "2026-11-23", "--to", "2026-11-23", "--store", rig.DataDirectory, "--keys", Path.Combine(stage.Folder, "keys"), "--out", Path.Combine(stage.Folder, "evidence.zip"), "--env-file", settings);
        stage.Server.Sealed = true;
        var away = await CliRun.OfAsync([.. export, "--env-file", settings]);
        var verified = await CliRun.OfAsync("verify", "--store", rig.DataDirectory);

        Assert.Equal((2, ""), (without.Code, without.Output));
        Assert.Contains("where Vault wraps them, the recorder's settings with --env-file", without.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (with.Code, with.Error));
        Assert.Contains("[NAME]", with.Output, StringComparison.Ordinal);
        Assert.True(bundle.Code == 0, bundle.Error);
        Assert.Equal((2, ""), (away.Code, away.Output));
        Assert.Contains("Unseal it.", away.Error, StringComparison.Ordinal);
        Assert.True(verified.Code == 0, verified.Output + verified.Error);
    }

    [Fact]
    public async Task Export_SettingsThatCannotWork_AreNamed()
    {
        await using var stage = await VaultStage.StartAsync();
        var settings = Path.Combine(stage.Folder, "recorder.env");
        await File.WriteAllTextAsync(settings, "CHAPERONE_Recorder__KeyRoot=Vault\nCHAPERONE_Recorder__Vault__Address=http://vault.example.org\n", Cancel);
        await using var rig = await RecorderRig.StartAsync();
        await rig.KeepAsync(rig.Entry());

        var run = await CliRun.OfAsync("export", "--session", Guid.Empty.ToString(), "--store", rig.DataDirectory, "--keys", stage.Folder, "--env-file", settings);

        Assert.Equal(2, run.Code);
        Assert.Contains("Recorder:Vault:Address is http to another machine", run.Error, StringComparison.Ordinal);
        Assert.Contains("Recorder:Vault has no login", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_VaultAsDocumented_IsWell()
    {
        await using var stage = await VaultStage.StartAsync();

        var run = await DoctorAsync(stage);

        Assert.Contains($"ok    Vault: Vault at {stage.Server.Url} has transit/keys/chaperone-records, aes256-gcm96, version 1\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("ok    Vault: encrypts, rewraps and decrypts a random key\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("ok    Vault token: may do what it needs and no more\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("ok    Vault token: ends in 24 h if it is not renewed\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("record.key", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_VaultNotAsDocumented_SaysWhatToDo()
    {
        await using var stage = await VaultStage.StartAsync();
        stage.Key.IsExportable = true;
        stage.Key.MayBeDeleted = true;
        stage.Server.TokenTtl = 600;
        var policy = VaultStage.LeastPolicy;
        policy["transit/encrypt/chaperone-records"] = ["create", "update"];
        policy["transit/export/encryption-key/chaperone-records"] = ["read"];
        stage.Server.Policies[(await File.ReadAllTextAsync(stage.TokenFile, Cancel)).Trim()] = policy;

        var loose = await DoctorAsync(stage);
        stage.Server.Policies.Clear();
        var root = await DoctorAsync(stage);
        stage.Key.IsDerived = true;
        var derived = await DoctorAsync(stage);
        stage.Server.Sealed = true;
        var away = await DoctorAsync(stage);

        Assert.Contains("LOOK  Vault: the key transit/keys/chaperone-records may leave Vault (exportable), and that cannot be taken back", loose.Output, StringComparison.Ordinal);
        Assert.Contains("vault write transit/keys/chaperone-records/config deletion_allowed=false", loose.Output, StringComparison.Ordinal);
        Assert.Contains("LOOK  Vault token: may also create transit/encrypt/chaperone-records", loose.Output, StringComparison.Ordinal);
        Assert.Contains("LOOK  Vault token: may also read transit/export/encryption-key/chaperone-records", loose.Output, StringComparison.Ordinal);
        Assert.Contains($"LOOK  Vault token: the token in {stage.TokenFile} ends in 600 s", loose.Output, StringComparison.Ordinal);
        Assert.Contains("LOOK  Vault token: is a root token", root.Output, StringComparison.Ordinal);
        Assert.Contains("MEND  Vault: the key transit/keys/chaperone-records is of type aes256-gcm96, derived, which does not wrap keys", derived.Output, StringComparison.Ordinal);
        Assert.Contains("Unseal it.", away.Output, StringComparison.Ordinal);
        Assert.Equal((1, 1), (derived.Code, away.Code));
    }

    /// <summary>A right that is missing is named before a record needs it.</summary>
    [Fact]
    public async Task Doctor_TokenWithoutRewrap_IsToBeMended()
    {
        await using var stage = await VaultStage.StartAsync();
        var policy = VaultStage.LeastPolicy;
        policy.Remove("transit/rewrap/chaperone-records");
        stage.Server.Policies[(await File.ReadAllTextAsync(stage.TokenFile, Cancel)).Trim()] = policy;

        var run = await DoctorAsync(stage);

        Assert.Equal(1, run.Code);
        Assert.Contains("transit/rewrap/chaperone-records", run.Output, StringComparison.Ordinal);
    }

    private static async Task<CliRun> DoctorAsync(VaultStage stage) => await CliRun.OfAsync("doctor", "--room", "recorder", "--env-file", await SettingsAsync(stage));

    private static async Task<string> SettingsAsync(VaultStage stage)
    {
        var path = Path.Combine(stage.Folder, "recorder.env");
        var settings = new Dictionary<string, string?>(stage.Settings())
        {
            ["Recorder:KeyFile"] = Path.Combine(stage.Folder, "keys", "record.key"),
            ["Recorder:SigningKeyFile"] = Path.Combine(stage.Folder, "keys", "ledger.key"),
            ["Recorder:DataDirectory"] = Path.Combine(stage.Folder, "recorder"),
        };
        await File.WriteAllLinesAsync(path, settings.Select(s => $"CHAPERONE_{s.Key.Replace(":", "__", StringComparison.Ordinal)}={s.Value}"), Cancel);
        return path;
    }
}
