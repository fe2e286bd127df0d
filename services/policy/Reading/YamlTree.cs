using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Chaperone.Policy.Reading;

/// <summary>
/// Reads one YAML document into nodes with places. Anchors, aliases, tags and further documents are refused: they make a
/// policy mean something else than it seems to say, and an alias can make a small file huge.
/// </summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 32;

    private readonly Parser _parser;
    private readonly PolicyProblems _problems;

    private YamlTree(string text, PolicyProblems problems)
    {
        _parser = new Parser(new StringReader(text));
        _problems = problems;
    }

    /// <summary>The root; null when the text is no YAML or empty (reported).</summary>
    public static YamlNode? Read(string text, PolicyProblems problems)
    {
        try
        {
            return new YamlTree(text, problems).ReadDocument();
        }
        catch (YamlException e)
        {
            var at = new YamlScalar(e.Start.Line, e.Start.Column, string.Empty, true);
            problems.Add(at, string.Empty, $"is no YAML ({e.Message.TrimEnd('.')})", "fix the indentation, quotes or brackets there");
            return null;
        }
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            _problems.Add("the file is empty", "start it with version: 1");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(string.Empty, 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            _problems.Add(At(second), string.Empty, "a second document begins", "keep one document a file");
        }

        return root;
    }

    private YamlNode ReadNode(string path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"More than {MaxDepth} levels");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _problems.Add(At(alias), path, "is an alias", "write the value out");
            return At(alias);
        }

        if (_parser.Current is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
        {
            _problems.Add(At(node), path, "has an anchor or a tag", "remove it");
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return At(scalar) with { Text = scalar.Value, IsPlain = scalar.Style == ScalarStyle.Plain };
        }

        return _parser.TryConsume<SequenceStart>(out var sequence) ? ReadSequence(sequence, path, depth) : ReadMapping(path, depth);
    }

    private YamlSequence ReadSequence(SequenceStart start, string path, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode($"{path}[{items.Count}]", depth + 1));
        }

        return new YamlSequence(start.Start.Line, start.Start.Column, items);
    }

    private YamlMapping ReadMapping(string path, int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<(YamlScalar, YamlNode)>();
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var keyNode = ReadNode(path, depth + 1);
            if (keyNode is not YamlScalar key)
            {
                _problems.Add(keyNode, path, $"has {keyNode.Kind} as a key", "use a plain word");
                ReadNode(path, depth + 1);
                continue;
            }

            var keyPath = path.Length == 0 ? key.Text : $"{path}.{key.Text}";
            var value = ReadNode(keyPath, depth + 1);
            if (lines.TryAdd(key.Text, key.Line))
            {
                entries.Add((key, value));
            }
            else
            {
                _problems.Add(key, keyPath, $"is given twice, first on line {lines[key.Text]}", "keep one of them");
            }
        }

        return new YamlMapping(start.Start.Line, start.Start.Column, entries);
    }

    private static YamlScalar At(ParsingEvent happened) => new(happened.Start.Line, happened.Start.Column, string.Empty, true);
}
