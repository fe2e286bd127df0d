namespace Chaperone.Masking.Deep;

/// <summary>Looks into a file of ONNX (a message of Protocol Buffers, onnx.proto3) without loading it.</summary>
internal static class OnnxFile
{
    private const int Deepest = 32;
    private const ulong External = 1;
    private const int DataLocation = 14;

    private enum Part
    {
        Other = 0,
        Model,
        Graph,
        Node,
        Attribute,
        Tensor,
        Sparse,
        Function,
    }

    /// <summary>True where every tensor is in the file: weights in files beside it would not be those that were pinned. Null where it is no model.</summary>
    public static bool? HoldsItsWeights(ReadOnlySpan<byte> model)
    {
        var graphs = 0;
        return Walk(model, Part.Model, 0, ref graphs) switch
        {
            { } inside => graphs > 0 ? inside : null,
            null => null,
        };
    }

    private static bool? Walk(ReadOnlySpan<byte> message, Part part, int depth, ref int graphs)
    {
        if (depth > Deepest)
        {
            return null;
        }

        while (!message.IsEmpty)
        {
            if (!TryVarint(ref message, out var tag))
            {
                return null;
            }

            var (field, wire) = ((int)(tag >> 3), (int)(tag & 7));
            var length = wire switch { 1 => 8UL, 5 => 4UL, _ => 0UL };
            var value = 0UL;
            if ((wire is 0 && !TryVarint(ref message, out value)) || (wire is 2 && !TryVarint(ref message, out length)) || wire is 3 or 4 or > 5 || length > (ulong)message.Length)
            {
                return null;
            }

            if (part == Part.Tensor && field == DataLocation && value == External)
            {
                return false;
            }

            var inner = wire is 2 ? Inside(part, field) : Part.Other;
            graphs += inner == Part.Graph ? 1 : 0;
            if (inner != Part.Other && Walk(message[..(int)length], inner, depth + 1, ref graphs) is not true and var verdict)
            {
                return verdict;
            }

            message = message[(int)length..];
        }

        return true;
    }

    // The fields in which a tensor may lie.
    private static Part Inside(Part part, int field) => (part, field) switch
    {
        (Part.Model, 7) => Part.Graph,
        (Part.Model, 25) => Part.Function,
        (Part.Graph, 1) => Part.Node,
        (Part.Graph, 5) => Part.Tensor,
        (Part.Graph, 15) => Part.Sparse,
        (Part.Function, 7) => Part.Node,
        (Part.Node, 5) => Part.Attribute,
        (Part.Attribute, 5 or 10) => Part.Tensor,
        (Part.Attribute, 6 or 11) => Part.Graph,
        (Part.Attribute, 22 or 23) => Part.Sparse,
        (Part.Sparse, 1 or 2) => Part.Tensor,
        _ => Part.Other,
    };

    private static bool TryVarint(ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (var (i, shift) = (0, 0); i < message.Length && shift < 64; i++, shift += 7)
        {
            value |= (ulong)(message[i] & 0x7F) << shift;
            if (message[i] < 0x80)
            {
                message = message[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
