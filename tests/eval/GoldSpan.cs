namespace Chaperone.Eval;

/// <summary>A labelled identifier in UTF-16 units.</summary>
internal readonly record struct GoldSpan(int Start, int End, PhiClass Class)
{
    public static GoldSpan Of(string label, string text, int start, int end) => new(start, end, Labels.Of(label, text[start..end]));
}
