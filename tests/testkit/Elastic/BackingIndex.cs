using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>One index behind a data stream. Ids are unique here, and only here.</summary>
internal sealed class BackingIndex(string name)
{
    private readonly Dictionary<string, StoredHit> _all = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary><c>index.blocks.write</c></summary>
    public bool WriteBlock { get; set; }

    /// <summary><c>index.blocks.read_only_allow_delete</c>, which a full disk sets.</summary>
    public bool DiskBlock { get; set; }

    public int Count => _all.Count;

    public bool Has(string id) => _all.ContainsKey(id);

    public void Add(string id, JsonObject source) => _all.Add(id, new StoredHit(name, id, source));

    /// <summary>Removes a document, as an administrator can.</summary>
    public bool Remove(string id) => _all.Remove(id);

    /// <summary>What a search sees: what was there at the last refresh.</summary>
    public IReadOnlyList<StoredHit> Visible { get; private set; } = [];

    public void Refresh() => Visible = [.. _all.Values];
}
