using Chaperone.Bus.Doors;
using Chaperone.TestKit;

namespace Chaperone.Architecture.Tests;

/// <summary>No Docker engine runs the production form in tests, so everything in it that names something else is checked against that.</summary>
public sealed class ComposeTests
{
    private const string Prefix = SettingNames.Prefix;

    private static readonly ComposeFile Compose = ComposeFile.Read();

    private static IEnumerable<ComposeService> Ours => Compose.Services.Values.Where(service => service.Room is not null);

    [Fact]
    public void Rooms_Services_AreTheProductionRooms() =>
        Assert.Equal(["approval", "console", "edge", "masking", "policy", "recorder"], Ours.Select(service => service.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Build_OfEveryRoom_NamesItsProjectAndTheDockerfile() => Assert.All(Ours, service =>
    {
        Assert.Equal(service.Name, service.Room);
        Assert.Single(Directory.GetFiles(Path.Combine(SourceTree.Root, "services", service.Room!), "*.csproj"));
        Assert.True(File.Exists(Path.Combine(SourceTree.Root, service.Dockerfile!)), service.Dockerfile);
        Assert.Equal(Path.GetFullPath(SourceTree.Root), Path.GetFullPath((string)service.Find("build", "context")!, ComposeFile.Folder));
    });

    [Fact]
    public void Environment_OfEveryService_IsASettingThatExists()
    {
        var settings = Compose.Services.Values.SelectMany(service => service.Environment.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).Select(key => (service.Name, key))).ToArray();

        Assert.NotEmpty(settings);
        Assert.Empty(settings.Where(setting => !Exists(setting.key)).Select(setting => $"{setting.Name}: {setting.key}"));
    }

    /// <summary>A room reads its own section and the bus's; its doors belong to the bus.</summary>
    [Fact]
    public void Environment_OfARoom_IsItsOwn() => Assert.All(Ours, service =>
        Assert.Empty(service.Environment.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).Select(key => key[Prefix.Length..].Split("__")[0]).Except(["Bus", "Doors", char.ToUpperInvariant(service.Name[0]) + service.Name[1..]])));

    /// <summary>Without a value Compose takes what its own environment has, or sets nothing. An empty one would be no address, and keep the room from starting.</summary>
    [Theory]
    [InlineData("edge", "CHAPERONE_Edge__TrustedProxies__0")]
    [InlineData("approval", "CHAPERONE_Doors__TrustedProxies__0")]
    [InlineData("recorder", "CHAPERONE_Doors__TrustedProxies__0")]
    [InlineData("console", "CHAPERONE_Doors__TrustedProxies__0")]
    public void Proxy_OfARoomWithDoors_IsPassedThroughOnlyIfNamed(string room, string variable)
    {
        Assert.Contains(variable, Compose.Services[room].Environment.Keys);
        Assert.Null(Compose.Services[room].Find("environment", variable));
    }

    /// <summary>What only has to be uncommented is right when it is.</summary>
    [Theory]
    [InlineData("kubernetes/settings.env")]
    [InlineData("systemd/production.env")]
    public void Proxies_InComments_AreSettings(string file)
    {
        var proxies = File.ReadLines(Path.Combine(ComposeFile.Folder, file)).Where(l => l.StartsWith($"# {Prefix}", StringComparison.Ordinal)).Select(l => l[2..].Split('=', 2)).ToArray();

        Assert.Equal(["CHAPERONE_Doors__TrustedProxies__0", "CHAPERONE_Edge__TrustedProxies__0"], proxies.Select(p => p[0]).Order(StringComparer.Ordinal));
        Assert.All(proxies, p => Assert.True(SettingNames.Exists(p[0]) && ClientAddress.IsNetwork(p[1]), string.Join('=', p)));
    }

    /// <summary>The check itself tells a setting from a misspelt one.</summary>
    [Theory]
    [InlineData("CHAPERONE_Edge__Issuers__0__Authority", true)]
    [InlineData("CHAPERONE_Approval__Webhook__Url", true)]
    [InlineData("CHAPERONE_Console__ApproverGroups__0", true)]
    [InlineData("CHAPERONE_Edge__PublicURI", false)]
    [InlineData("CHAPERONE_Edge__Issuers__Authority", false)]
    [InlineData("CHAPERONE_Nothing__KeyFile", false)]
    public void Setting_Name_IsFoundAmongTheOptions(string name, bool exists) => Assert.Equal(exists, Exists(name));

    [Fact]
    public void Ports_AreOnlyThoseOfEdgeAndConsole()
    {
        Assert.Equal(["console", "edge"], Compose.Services.Values.Where(service => service.Ports.Any()).Select(service => service.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["console", "edge"], Compose.Services.Values.Where(service => service.Networks.Except(Compose.InternalNetworks).Any()).Select(service => service.Name).Order(StringComparer.Ordinal));
        Assert.All(Compose.Services.Values, service => Assert.NotEqual("host", service.Find("network_mode")));
    }

    [Fact]
    public void EveryService_IsHardened() => Assert.All(Compose.Services.Values, service =>
    {
        Assert.Equal("true", service.Find("read_only"));
        Assert.Equal(["ALL"], (List<object>)service.Find("cap_drop")!);
        Assert.Contains("no-new-privileges:true", (List<object>)service.Find("security_opt")!);
        Assert.Matches("^[1-9][0-9]*:[1-9][0-9]*$", (string)service.Find("user")!);
        Assert.NotNull(service.Find("deploy", "resources", "limits", "memory"));
        Assert.NotNull(service.Find("deploy", "resources", "limits", "cpus"));
        Assert.Null(service.Find("privileged"));
    });

    /// <summary>Our rooms get theirs from the image.</summary>
    [Fact]
    public void EveryService_HasAHealthCheck()
    {
        Assert.Contains("HEALTHCHECK", File.ReadAllText(Path.Combine(ComposeFile.Folder, "Dockerfile")), StringComparison.Ordinal);
        Assert.All(Compose.Services.Values.Where(service => service.Room is null), service => Assert.NotNull(service.Find("healthcheck", "test")));
    }

    [Fact]
    public void Names_OfNetworksVolumesAndSecrets_AreDeclaredAndUsed()
    {
        var services = Compose.Services.Values.ToArray();

        Assert.Equal(Compose.Names("networks").ToHashSet(), services.SelectMany(service => service.Networks).ToHashSet());
        Assert.Equal(Compose.Names("secrets").ToHashSet(), services.SelectMany(service => service.Secrets).ToHashSet());
        Assert.Equal(Compose.Names("volumes").ToHashSet(), services.SelectMany(service => service.Volumes).Select(mount => mount[0]).Where(source => !source.StartsWith('.')).ToHashSet());
    }

    [Fact]
    public void Files_ThatAreMounted_ExistOrArePrepared()
    {
        var prepare = File.ReadAllText(Path.Combine(ComposeFile.Folder, "prepare.sh"));
        var mounted = Compose.Services.Values.SelectMany(service => service.Volumes).Select(mount => mount[0]).Where(source => source.StartsWith('.')).Concat(Compose.SecretFiles).Distinct(StringComparer.Ordinal);

        Assert.All(mounted, source => Assert.True(
            Path.Exists(Path.Combine(ComposeFile.Folder, source)) || prepare.Contains(Path.GetFileName(source), StringComparison.Ordinal),
            $"{source} does not exist, and prepare.sh does not make it."));
    }

    /// <summary>Paths in settings lead into a mount of the same service: a secret, a volume or the policy's folder.</summary>
    [Fact]
    public void Paths_InSettings_AreMounted() => Assert.All(Ours, service =>
    {
        string[] mounts = [.. service.Volumes.Select(mount => mount[1] + "/"), .. service.Secrets.Select(secret => $"/run/secrets/{secret}"), .. service.Volumes.Select(mount => mount[1])];

        Assert.Empty(service.Environment.Where(setting => setting.Value.StartsWith('/') && !mounts.Any(mount => mount.EndsWith('/') ? setting.Value.StartsWith(mount, StringComparison.Ordinal) : setting.Value == mount)).Select(setting => $"{service}: {setting.Key}={setting.Value}"));
    });

    /// <summary>A room that is broken into gives away only the keys it works with.</summary>
    [Theory]
    [InlineData("edge", "keys-bus", "keys-edge")]
    [InlineData("policy", "keys-bus")]
    [InlineData("approval", "keys-approval", "keys-bus")]
    [InlineData("masking", "keys-bus", "keys-masking")]
    [InlineData("recorder", "keys-bus", "keys-recorder")]
    [InlineData("console", "keys-bus")]
    public void Keys_OfARoom_AreTheFewestItNeeds(string room, params string[] keys) =>
        Assert.Equal(keys, Compose.Services[room].Volumes.Select(mount => mount[0]).Where(source => source.StartsWith("keys-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    /// <summary>A volume starts with the owner of its folder in the image, so that folder must be there.</summary>
    [Fact]
    public void Volumes_OfOurRooms_AreFoldersOfTheImage()
    {
        var dockerfile = File.ReadAllText(Path.Combine(ComposeFile.Folder, "Dockerfile"));

        Assert.All(Ours.SelectMany(service => service.Volumes).Where(mount => !mount[0].StartsWith('.')), mount => Assert.Contains(" " + mount[1]["/data/".Length..], dockerfile, StringComparison.Ordinal));
    }

    /// <summary>What goes on top for a server of yours changes one room only, and gives it no more than it needs.</summary>
    [Theory]
    [InlineData("elasticsearch.yml")]
    [InlineData("vault.yml")]
    public void OnTop_OfTheRecorder_IsWholeAndAlone(string file)
    {
        var onTop = ComposeFile.Read(file);
        var recorder = Assert.Single(onTop.Services).Value;

        Assert.Equal("recorder", recorder.Name);
        Assert.NotEmpty(recorder.Environment);
        Assert.All(recorder.Environment.Keys, key => Assert.True(Exists(key), key));
        Assert.Equal(onTop.Names("secrets"), recorder.Secrets);
        string[] mounted = [.. recorder.Secrets.Select(s => $"/run/secrets/{s}"), .. recorder.Volumes.Select(v => v[1] + "/")];
        Assert.All(recorder.Environment.Values.Where(value => value.StartsWith('/')), path => Assert.Contains(mounted, m => path == m || (m.EndsWith('/') && path.StartsWith(m, StringComparison.Ordinal))));
        Assert.All(recorder.Volumes, volume => Assert.Equal("ro", volume[2]));
        Assert.Equal([.. Compose.Services["recorder"].Networks, "front"], recorder.Networks);
        Assert.Empty(recorder.Ports);
    }

    private static bool Exists(string variable) => SettingNames.Exists(variable);
}
