using Chaperone.TestKit;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Chaperone.Architecture.Tests;

/// <summary><c>compose/compose.yml</c> as Docker reads it: anchors and merge keys resolved.</summary>
internal sealed class ComposeFile
{
    private readonly Dictionary<object, object?> _root;

    private ComposeFile(Dictionary<object, object?> root) => _root = root;

    /// <summary>Where it lies.</summary>
    public static string Folder { get; } = Path.Combine(SourceTree.Root, "compose");

    /// <summary>All services by name.</summary>
    public IReadOnlyDictionary<string, ComposeService> Services =>
        Mapping(_root["services"]).ToDictionary(pair => (string)pair.Key, pair => new ComposeService((string)pair.Key, Mapping(pair.Value)), StringComparer.Ordinal);

    /// <summary>Names of top-level <c>networks</c>, <c>volumes</c> or <c>secrets</c>.</summary>
    public IEnumerable<string> Names(string section) => Mapping(_root[section]).Keys.Cast<string>();

    /// <summary>The file of each secret.</summary>
    public IEnumerable<string> SecretFiles => Mapping(_root["secrets"]).Values.Select(secret => (string)Mapping(secret)["file"]!);

    /// <summary>Networks that have no way out.</summary>
    public IEnumerable<string> InternalNetworks => Mapping(_root["networks"]).Where(n => Mapping(n.Value).TryGetValue("internal", out var value) && (string?)value == "true").Select(n => (string)n.Key);

    /// <summary>Reads it, or a file that goes on top of it.</summary>
    public static ComposeFile Read(string name = "compose.yml")
    {
        using var text = File.OpenText(Path.Combine(Folder, name));
        var root = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(new MergingParser(new Parser(text)));
        return new ComposeFile(root);
    }

    /// <summary>A mapping node.</summary>
    public static Dictionary<object, object?> Mapping(object? node) => (Dictionary<object, object?>)node!;
}
