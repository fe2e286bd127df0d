using System.Runtime.InteropServices;

namespace Chaperone.Masking.Places;

/// <summary>Paths of findings, each kept once: <c>result.content[].text&gt;patients[].mrn</c>. Not thread-safe.</summary>
internal sealed class PathBook
{
    /// <summary>The path of the whole.</summary>
    public const int Root = 0;

    /// <summary>An item of a list: which one is not said.</summary>
    public const string Item = "[]";

    /// <summary>Where a text begins that has a structure of its own.</summary>
    public const string Inside = ">";

    private const int MostParts = 20;
    private const int MostPaths = 4096;

    // Keys of one message are the same objects again and again, and few stand below one path.
    private const int MostAsked = 16;

    private const int MostTexts = 1024;
    private const int LongestText = 256;

    private readonly List<Node> _nodes = [new Node(Root, "", 0, 0)];
    private readonly Dictionary<(int Parent, string Part), int> _numbers = [];

    // Paths in words outlive their message: the answers of a tool have the same ones.
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private char[] _buffer = new char[LongestText];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        if (_nodes.Count > 1)
        {
            _nodes.RemoveRange(1, _nodes.Count - 1);
            CollectionsMarshal.AsSpan(_nodes)[Root].Child = 0;
            _numbers.Clear();
        }
    }

    /// <summary>The path of a part of <paramref name="parent"/>; the same path where it would be too deep or one too many.</summary>
    public int Below(int parent, string part)
    {
        var nodes = CollectionsMarshal.AsSpan(_nodes);
        var child = nodes[parent].Child;
        for (var asked = 0; child > 0 && asked < MostAsked; asked++, child = nodes[child].Sibling)
        {
            if (ReferenceEquals(nodes[child].Part, part))
            {
                return child;
            }
        }

        if (_numbers.TryGetValue((parent, part), out var number))
        {
            return number;
        }

        if (_nodes[parent].Parts >= MostParts || _nodes.Count >= MostPaths)
        {
            return parent;
        }

        number = _nodes.Count;
        _nodes.Add(new Node(parent, part, nodes[parent].Parts + 1, nodes[parent].Child));
        CollectionsMarshal.AsSpan(_nodes)[parent].Child = number;
        _numbers[(parent, part)] = number;
        return number;
    }

    /// <summary>The path <paramref name="path"/>, put below <paramref name="parent"/>.</summary>
    public int Graft(int parent, int path) =>
        path == Root ? parent : Below(Graft(parent, _nodes[path].Parent), _nodes[path].Part);

    /// <summary>The path in words.</summary>
    public string Write(int path)
    {
        var text = _buffer.AsSpan(0, Append(path));
        var texts = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (texts.TryGetValue(text, out var written))
        {
            return written;
        }

        written = text.ToString();
        if (text.Length <= LongestText)
        {
            if (_texts.Count >= MostTexts)
            {
                _texts.Clear();
            }

            _texts.Add(written);
        }

        return written;
    }

    // Writes a path to the buffer; answers its length.
    private int Append(int path)
    {
        if (path == Root)
        {
            return 0;
        }

        var length = Append(_nodes[path].Parent);
        var part = _nodes[path].Part;
        if (_buffer.Length <= length + part.Length)
        {
            Array.Resize(ref _buffer, (length + part.Length) * 2);
        }

        if (length > 0 && part is not (Item or Inside) && _buffer[length - 1] != '>')
        {
            _buffer[length++] = '.';
        }

        part.CopyTo(_buffer.AsSpan(length));
        return length + part.Length;
    }

    // Child: the newest path below; Sibling: the one before it below the same path; 0 where there is none.
    private record struct Node(int Parent, string Part, int Parts, int Sibling)
    {
        public int Child { get; set; }
    }
}
