using System.Collections.Concurrent;

namespace Chaperone.Policy.Tools;

/// <summary>What the tools of the servers said of themselves in the lists that passed. Thread-safe.</summary>
internal sealed class ToolBook
{
    private const int MostTools = 20_000;

    private readonly ConcurrentDictionary<(string Server, string Tool), ToolTraits> _known = new();

    /// <summary>Null where no list has shown the tool yet.</summary>
    public ToolTraits? Find(string server, string tool) => _known.GetValueOrDefault((server, tool));

    public void Learn(string server, string tool, ToolTraits traits)
    {
        // Upstreams may make up names; to forget is safe, since unknown tools count as the worst.
        if (_known.Count >= MostTools && !_known.ContainsKey((server, tool)))
        {
            _known.Clear();
        }

        _known[(server, tool)] = traits;
    }
}
