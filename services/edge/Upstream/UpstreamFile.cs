using Chaperone.Edge.Upstream.Credentials;
using YamlDotNet.RepresentationModel;

namespace Chaperone.Edge.Upstream;

/// <summary>Reads <c>servers</c> of the policy file; policy itself checks the rest.</summary>
internal static class UpstreamFile
{
    private const int MaxBytes = 1 << 20;

    /// <exception cref="InvalidDataException">Not readable as servers; the message names place and remedy.</exception>
    public static IReadOnlyDictionary<string, UpstreamServer> Parse(string path, string text)
    {
        if (text.Length > MaxBytes)
        {
            throw new InvalidDataException($"{path}: larger than {MaxBytes} characters.");
        }

        var servers = new Dictionary<string, UpstreamServer>(StringComparer.Ordinal);
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root)
            {
                throw new InvalidDataException($"{path}: expected a mapping with version, roles, servers and rules.");
            }

            foreach (var (key, node) in Child(root, "servers") as YamlMappingNode ?? [])
            {
                var server = Read(path, ((YamlScalarNode)key).Value!, node);
                servers.Add(server.Name, server);
            }
        }
        catch (Exception e) when (e is YamlDotNet.Core.YamlException or InvalidCastException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }

        return servers;
    }

    private static UpstreamServer Read(string path, string name, YamlNode node)
    {
        var at = $"{path}:{node.Start.Line}";
        var mapping = node as YamlMappingNode ?? throw new InvalidDataException($"{at} servers.{name}: expected a mapping with url.");
        if (!Uri.TryCreate(Scalar(mapping, "url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new InvalidDataException($"{at} servers.{name}.url: give an absolute http or https URL.");
        }

        return new UpstreamServer
        {
            Name = name,
            Url = url,
            Issuers = Issuers(at, name, Child(mapping, "issuers")),
            Terms = Child(mapping, "credential") is { } credential ? CredentialFile.Read($"{path}:{credential.Start.Line}", name, url, credential) : null,
        };
    }

    private static string[] Issuers(string at, string name, YamlNode? node) => node switch
    {
        null => [],
        YamlScalarNode { Value.Length: > 0 } one => [one.Value],
        YamlSequenceNode { Children.Count: > 0 } list when list.All(i => i is YamlScalarNode { Value.Length: > 0 }) => [.. list.Select(i => ((YamlScalarNode)i).Value!)],
        _ => throw new InvalidDataException($"{at} servers.{name}.issuers: give the issuers whose tokens the server takes, or leave it out for all."),
    };

    private static YamlNode? Child(YamlMappingNode mapping, string key) =>
        mapping.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;

    private static string? Scalar(YamlMappingNode mapping, string key) => (Child(mapping, key) as YamlScalarNode)?.Value;
}
