using System.Text;

namespace Chaperone.Masking.Structures;

/// <summary>A text being decoded, with the place in the source of each of its characters.</summary>
internal sealed class MappedText(int capacity)
{
    private readonly StringBuilder _text = new(capacity);
    private readonly List<int> _origins = new(capacity + 1);
    private bool _decoded;

    /// <summary>A character that stands for itself.</summary>
    public void Keep(char character, int origin)
    {
        _text.Append(character);
        _origins.Add(origin);
    }

    /// <summary>What was written otherwise at <paramref name="origin"/>.</summary>
    public void Add(string decoded, int origin)
    {
        _decoded = true;
        foreach (var character in decoded)
        {
            Keep(character, origin);
        }
    }

    /// <summary>The text; null where all of it stands for itself.</summary>
    public TextWriting.Reading? ToReading(int length)
    {
        if (!_decoded)
        {
            return null;
        }

        _origins.Add(length);
        return new TextWriting.Reading(_text.ToString(), Origins: [.. _origins]);
    }
}
