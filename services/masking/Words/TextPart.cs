namespace Chaperone.Masking.Words;

/// <summary>A part of a text together with where in the text it starts, so that what is found in it can be cut out of the whole.</summary>
internal readonly ref struct TextPart(ReadOnlySpan<char> text, int at)
{
    public ReadOnlySpan<char> Text { get; } = text;

    /// <summary>Offset of the part in the whole text.</summary>
    public int At { get; } = at;

    public int Length => Text.Length;

    public bool IsEmpty => Text.IsEmpty;

    public char this[int index] => Text[index];

    /// <summary>Also serves ranges: <c>part[2..5]</c>.</summary>
    public TextPart Slice(int start, int length) => new(Text.Slice(start, length), At + start);

    public TextPart Trim()
    {
        var start = Text.Length - Text.TrimStart().Length;
        return this[start..(start + Text.Trim().Length)];
    }
}
