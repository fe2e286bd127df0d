using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>A data stream: written at its newest index, read from all.</summary>
internal sealed class DataStream
{
    public DataStream(string name, string template, JsonObject mappings, string? policy)
    {
        (Name, Template, Mappings, Policy) = (name, template, mappings, policy);
        Rollover();
    }

    public string Name { get; }

    public string Template { get; }

    /// <summary>Composed when the stream was made; a template changed later does not reach it.</summary>
    public JsonObject Mappings { get; }

    public string? Policy { get; }

    public List<BackingIndex> Indices { get; } = [];

    public BackingIndex Write => Indices[^1];

    public void Rollover() => Indices.Add(new BackingIndex($".ds-{Name}-{Indices.Count + 1:000000}"));

    public void Refresh() => Indices.ForEach(i => i.Refresh());
}
