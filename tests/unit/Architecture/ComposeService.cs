namespace Chaperone.Architecture.Tests;

/// <summary>One service of <c>compose.yml</c>.</summary>
internal sealed class ComposeService(string name, Dictionary<object, object?> node)
{
    public string Name => name;

    /// <summary>The room it is built from; null for a server that is not ours.</summary>
    public string? Room => Find("build", "args", "ROOM") as string;

    public string? Dockerfile => Find("build", "dockerfile") as string;

    public IReadOnlyDictionary<string, string> Environment =>
        node.TryGetValue("environment", out var environment)
            ? ComposeFile.Mapping(environment).ToDictionary(pair => (string)pair.Key, pair => pair.Value as string ?? string.Empty, StringComparer.Ordinal)
            : new Dictionary<string, string>();

    public IEnumerable<string> Networks => List("networks").Cast<string>();

    public IEnumerable<string> Ports => List("ports").Cast<string>();

    /// <summary>Source, target and options of each mount.</summary>
    public IEnumerable<string[]> Volumes => List("volumes").Cast<string>().Select(volume => volume.Split(':'));

    public IEnumerable<string> Secrets => List("secrets").Select(secret => secret as string ?? (string)ComposeFile.Mapping(secret)["source"]!);

    /// <summary>A scalar, list or mapping below the service; null if there is none.</summary>
    public object? Find(params string[] path)
    {
        object? at = node;
        foreach (var key in path)
        {
            if (at is not Dictionary<object, object?> mapping || !mapping.TryGetValue(key, out at))
            {
                return null;
            }
        }

        return at;
    }

    public override string ToString() => name;

    private IEnumerable<object> List(string key) => node.TryGetValue(key, out var list) ? ((List<object>)list!) : [];
}
