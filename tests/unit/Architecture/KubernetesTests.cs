using System.Globalization;
using System.Text.RegularExpressions;
using Chaperone.Contracts;
using Chaperone.TestKit;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Chaperone.Architecture.Tests;

/// <summary>No cluster runs the manifests in tests, so ports, paths and names in them are held against code, image and documents.</summary>
public sealed partial class KubernetesTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "compose", "kubernetes");
    private static readonly string[] Rooms = ["approval", "console", "edge", "masking", "policy", "recorder"];
    private static readonly ComposeService[] Objects = [.. ReadAll()];

    public static TheoryData<string> AllRooms => [.. Rooms];

    [Fact]
    public void Kustomization_EveryFile_IsListedOrIsKeda()
    {
        var listed = Scalars(Objects.Single(o => o.Find("kind") as string == "Kustomization").Find("resources"));

        Assert.Equal(
            Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)!).Except(["kustomization.yaml", "keda.yaml"]).Order(StringComparer.Ordinal),
            listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Workloads_AreTheProductionRooms() =>
        Assert.Equal(Rooms, Objects.Where(o => Kind(o) is "Deployment" or "StatefulSet").Select(Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Probes_OfARoom_AskWhatItServes(string room)
    {
        var health = Read("services/bus/Health/HealthService.cs");
        var port = HttpPort().Match(Read("compose/Dockerfile")).Groups[1].Value;
        var container = Container(room);

        Assert.Equal($"chaperone/{room}", container.Find("image"));
        Assert.Equal(port, Ports(container)["http"]);
        foreach (var (probe, path) in new[] { ("startupProbe", "/health/live"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready") })
        {
            Assert.Equal(path, container.Find(probe, "httpGet", "path"));
            Assert.Equal("http", container.Find(probe, "httpGet", "port"));
            Assert.Contains($"\"{path}\"", health, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Metrics_PortOfARoom_IsTheOneSet(string room)
    {
        Assert.Equal(Settings()["CHAPERONE_Telemetry__MetricsPort"], Ports(Container(room))["metrics"]);
        Assert.Equal(Settings()["CHAPERONE_Telemetry__MetricsPort"], Workload(room).Find("spec", "template", "metadata", "annotations", "prometheus.io/port"));
    }

    [Fact]
    public void Settings_AllNames_Exist()
    {
        var named = Settings().Keys.Concat(Rooms.SelectMany(r => List(Container(r).Find("env")).Select(e => (string)e["name"]!))).ToArray();

        Assert.Contains("CHAPERONE_Edge__Name", named);
        Assert.DoesNotContain(named, n => !SettingNames.Exists(n));
    }

    /// <summary>Paths in settings lead into what the room of that section mounts.</summary>
    [Fact]
    public void Paths_InSettings_AreMounted() => Assert.All(Settings().Where(s => s.Value.StartsWith('/')), setting =>
    {
        var section = setting.Key[SettingNames.Prefix.Length..].Split("__")[0].ToLowerInvariant();
        var rooms = section == "bus" ? Rooms : [section];
        Assert.All(rooms, room => Assert.Contains(
            List(Container(room).Find("volumeMounts")).Select(m => (string)m["mountPath"]!),
            mount => setting.Value == mount || setting.Value.StartsWith(mount + "/", StringComparison.Ordinal)));
    });

    /// <summary>A room that is broken into gives away only the keys it works with.</summary>
    [Theory]
    [InlineData("edge", "keys-bus", "keys-edge")]
    [InlineData("policy", "keys-bus")]
    [InlineData("approval", "keys-approval", "keys-bus")]
    [InlineData("masking", "keys-bus", "keys-masking")]
    [InlineData("recorder", "keys-bus", "keys-recorder")]
    [InlineData("console", "keys-bus")]
    public void Keys_OfARoom_AreTheFewestItNeeds(string room, params string[] keys) => Assert.Equal(
        keys,
        List(Workload(room).Find("spec", "template", "spec", "volumes")).Select(v => (string)v["name"]!).Where(n => n.StartsWith("keys-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void EveryRoom_IsHardened(string room)
    {
        var pod = new ComposeService(room, ComposeFile.Mapping(Workload(room).Find("spec", "template", "spec")));

        Assert.Equal("false", pod.Find("automountServiceAccountToken"));
        Assert.Equal("true", pod.Find("securityContext", "runAsNonRoot"));
        Assert.Equal("RuntimeDefault", pod.Find("securityContext", "seccompProfile", "type"));
        foreach (var container in List(pod.Find("containers")).Concat(List(pod.Find("initContainers"))).Select(c => new ComposeService(room, c)))
        {
            Assert.Equal("false", container.Find("securityContext", "allowPrivilegeEscalation"));
            Assert.Equal("true", container.Find("securityContext", "readOnlyRootFilesystem"));
            Assert.Equal(["ALL"], Scalars(container.Find("securityContext", "capabilities", "drop")));
            Assert.NotNull(container.Find("resources", "limits", "memory"));
        }
    }

    [Fact]
    public void DisruptionBudgets_AreThereForAllThatRunsTwice()
    {
        var twice = Rooms.Where(r => int.Parse((string)Workload(r).Find("spec", "replicas")!, CultureInfo.InvariantCulture) > 1);

        Assert.Equal(twice, Objects.Where(o => Kind(o) == "PodDisruptionBudget").Select(o => (string)o.Find("spec", "selector", "matchLabels", "app.kubernetes.io/name")!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NetworkPolicies_BeginWithNothingAndNameTheFewest()
    {
        var policies = Objects.Where(o => Kind(o) == "NetworkPolicy").ToDictionary(Name, StringComparer.Ordinal);

        Assert.Empty(ComposeFile.Mapping(policies["nothing"].Find("spec", "podSelector")));
        Assert.Equal(["Ingress", "Egress"], Scalars(policies["nothing"].Find("spec", "policyTypes")));
        Assert.Null(policies["nothing"].Find("spec", "ingress") ?? policies["nothing"].Find("spec", "egress"));
        Assert.Equal(["approval", "policy", "recorder"], Selected(policies["database"]));
        Assert.Equal(["console", "edge"], Selected(policies["front"]));
    }

    [Fact]
    public void ScaledObjects_NameAWorkerAMetricAndAMessageThatExist()
    {
        var scaled = Objects.Where(o => Kind(o) == "ScaledObject").ToArray();
        var metrics = Read("docs/observability.md");

        Assert.Equal(["masking", "policy"], scaled.Select(Name).Order(StringComparer.Ordinal));
        Assert.All(scaled, s =>
        {
            Assert.Equal("Deployment", Kind(Workload((string)s.Find("spec", "scaleTargetRef", "name")!)));
            var query = (string)ComposeFile.Mapping(List(s.Find("spec", "triggers")).Single()["metadata"])["query"]!;
            var match = Query().Match(query);
            Assert.True(match.Success, query);
            Assert.Contains($"`{match.Groups[1].Value.Replace('_', '.')}` | ms | `{match.Groups[2].Value}`", metrics, StringComparison.Ordinal);
            Assert.NotNull(typeof(EvaluateCall).Assembly.GetType($"Chaperone.Contracts.{match.Groups[3].Value}"));
        });
    }

    /// <summary>The component that has Vault wrap the keys: its settings are the recorder's, and the files they name are mounted.</summary>
    [Fact]
    public void Vault_OnTop_IsWhole()
    {
        var folder = Path.Combine(Folder, "vault");
        var settings = File.ReadLines(Path.Combine(folder, "settings.env")).Select(l => l.Split('=', 2)).ToDictionary(s => s[0], s => s[1], StringComparer.Ordinal);
        using var text = File.OpenText(Path.Combine(folder, "recorder.yaml"));
        var pod = new ComposeService("recorder", new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(text));
        var mount = List(List(pod.Find("spec", "template", "spec", "containers")).Single()["volumeMounts"]).Single();

        Assert.All(settings.Keys, key => Assert.True(SettingNames.Exists(key), key));
        Assert.All(settings.Values.Where(v => v.StartsWith('/')), path => Assert.StartsWith((string)mount["mountPath"]! + "/", path, StringComparison.Ordinal));
        Assert.DoesNotContain(settings.Keys, Settings().ContainsKey);
        Assert.All(["account.yaml", "network.yaml", "recorder.yaml", "settings.env"], file => Assert.Contains(file, File.ReadAllText(Path.Combine(folder, "kustomization.yaml")), StringComparison.Ordinal));
    }

    private static IEnumerable<ComposeService> ReadAll()
    {
        foreach (var file in Directory.GetFiles(Folder, "*.yaml"))
        {
            using var text = File.OpenText(file);
            var parser = new Parser(text);
            parser.Consume<StreamStart>();
            while (parser.Accept<DocumentStart>(out _))
            {
                yield return new ComposeService(file, new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(parser));
            }
        }
    }

    private static Dictionary<string, string> Settings() => File.ReadLines(Path.Combine(Folder, "settings.env"))
        .Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('=', 2)).ToDictionary(s => s[0], s => s[1], StringComparer.Ordinal);

    private static ComposeService Workload(string room) => Objects.Single(o => Kind(o) is "Deployment" or "StatefulSet" && Name(o) == room);

    private static ComposeService Container(string room) => new(room, List(Workload(room).Find("spec", "template", "spec", "containers")).Single());

    private static Dictionary<string, string> Ports(ComposeService container) =>
        List(container.Find("ports")).ToDictionary(p => (string)p["name"]!, p => (string)p["containerPort"]!, StringComparer.Ordinal);

    private static IEnumerable<string> Selected(ComposeService policy) =>
        Scalars(List(policy.Find("spec", "podSelector", "matchExpressions")).Single()["values"]).Order(StringComparer.Ordinal);

    private static string Kind(ComposeService o) => (string)o.Find("kind")!;

    private static string Name(ComposeService o) => (string)o.Find("metadata", "name")!;

    private static IEnumerable<Dictionary<object, object?>> List(object? node) => ((List<object>?)node ?? []).Select(n => ComposeFile.Mapping(n));

    private static IEnumerable<string> Scalars(object? node) => ((List<object>)node!).Cast<string>();

    private static string Read(string file) => File.ReadAllText(Path.Combine(SourceTree.Root, file));

    [GeneratedRegex(@"ASPNETCORE_HTTP_PORTS=(\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex HttpPort();

    [GeneratedRegex(@"rate\((\w+)_milliseconds_bucket\{(\w+)=""(\w+)""\}", RegexOptions.NonBacktracking)]
    private static partial Regex Query();
}
