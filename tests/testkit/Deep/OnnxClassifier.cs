using System.Runtime.InteropServices;

namespace Chaperone.TestKit.Deep;

/// <summary>
/// A token classifier in ONNX (opset 13) that gives each token the label of a table: <c>logits = Gather(table, input_ids)</c>. With <see cref="Layers"/> it first
/// multiplies <see cref="Width"/> by <see cref="Width"/> numbers so many times for each token, to no effect but the time that takes.
/// </summary>
public sealed record OnnxClassifier
{
    private const int Float = 1;
    private const int Int32 = 6;
    private const int Int64 = 7;
    private const float Sure = 8f;

    /// <summary>How many tokens there are.</summary>
    public required int Tokens { get; init; }

    /// <summary>How many labels there are; the first is that of all tokens which <see cref="Table"/> does not name.</summary>
    public required int Labels { get; init; }

    /// <summary>The label of a token; for -1 it answers what is no number.</summary>
    public required IReadOnlyDictionary<int, int> Table { get; init; }

    public int Layers { get; init; }

    public int Width { get; init; } = 256;

    /// <summary>How many tokens it takes, no more and no fewer; null for any number.</summary>
    public int? Length { get; init; }

    /// <summary>It takes int32 in the place of int64.</summary>
    public bool Narrow { get; init; }

    /// <summary>The file.</summary>
    public byte[] Build() => new ProtoWriter()
        .Number(1, 8)
        .Text(2, "chaperone-tests")
        .Message(7, Graph)
        .Message(8, opset => opset.Text(1, "").Number(2, 13))
        .ToArray();

    /// <summary>The same with a tensor whose weights are said to lie in a file beside it.</summary>
    public static byte[] BuildExternal() => new ProtoWriter().Number(1, 8)
        .Message(7, graph => graph.Message(5, tensor => tensor.Number(1, 4).Number(2, Float).Text(8, "w").Message(13, e => e.Text(1, "location").Text(2, "weights.bin")).Number(14, 1)))
        .Message(8, opset => opset.Text(1, "").Number(2, 13)).ToArray();

    private void Graph(ProtoWriter graph)
    {
        var logits = Layers > 0 ? "told" : "logits";
        Node(graph, "Gather", ["table", "input_ids"], logits);
        if (Layers > 0)
        {
            Node(graph, "Gather", ["embedding", "input_ids"], "h0");
            for (var i = 0; i < Layers; i++)
            {
                Node(graph, "MatMul", [$"h{i}", "weights"], $"m{i}");
                Node(graph, "Tanh", [$"m{i}"], $"h{i + 1}");
            }

            Node(graph, "MatMul", [$"h{Layers}", "nothing"], "zero");
            Node(graph, "Add", ["told", "zero"], "logits");
        }

        graph.Text(2, "classifier");
        Tensor(graph, "table", Tokens, Labels, TableValues());
        if (Layers > 0)
        {
            Tensor(graph, "embedding", Tokens, Width, [.. Enumerable.Range(0, Tokens * Width).Select(i => ((i * 37 % 101) - 50) / 500f)]);
            Tensor(graph, "weights", Width, Width, [.. Enumerable.Range(0, Width * Width).Select(i => ((i * 53 % 97) - 48) / 1000f)]);
            Tensor(graph, "nothing", Width, Labels, new float[Width * Labels]);
        }

        Value(graph, 11, "input_ids", Narrow ? Int32 : Int64, null);
        Value(graph, 11, "attention_mask", Narrow ? Int32 : Int64, null);
        Value(graph, 12, "logits", Float, Labels);
    }

    private float[] TableValues()
    {
        var values = new float[Tokens * Labels];
        for (var token = 0; token < Tokens; token++)
        {
            var label = Table.GetValueOrDefault(token);
            values[(token * Labels) + Math.Max(label, 0)] = label < 0 ? float.NaN : Sure;
        }

        return values;
    }

    private void Value(ProtoWriter graph, int field, string name, int type, int? columns) => graph.Message(field, value => value.Text(1, name).Message(2, of => of.Message(1, tensor => tensor
        .Number(1, type)
        .Message(2, shape =>
        {
            shape.Message(1, d => d.Number(1, 1)).Message(1, d => _ = Length is { } length ? d.Number(1, length) : d.Text(2, "n"));
            if (columns is { } count)
            {
                shape.Message(1, d => d.Number(1, count));
            }
        }))));

    private static void Node(ProtoWriter graph, string type, string[] inputs, string output) => graph.Message(1, node =>
    {
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output).Text(4, type);
    });

    private static void Tensor(ProtoWriter graph, string name, int rows, int columns, float[] values) => graph.Message(5, tensor => tensor
        .Number(1, rows).Number(1, columns).Number(2, Float).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(values.AsSpan())));
}
