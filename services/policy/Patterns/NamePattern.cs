namespace Chaperone.Policy.Patterns;

/// <summary>A name, or a glob of <c>*</c> (any characters, also none) and <c>?</c> (one character); compared case-sensitively, as MCP does.</summary>
internal sealed class NamePattern
{
    private static readonly char[] Wildcards = ['*', '?'];

    public NamePattern(string text)
    {
        Text = text;
        var first = text.IndexOfAny(Wildcards);
        IsLiteral = first < 0;
        Prefix = IsLiteral ? text : text[..first];
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>True without wildcards.</summary>
    public bool IsLiteral { get; }

    /// <summary>What every match starts with.</summary>
    public string Prefix { get; }

    /// <summary>Whether <paramref name="name"/> matches; at worst |name| times |pattern| steps, never exponential.</summary>
    public bool Matches(string name)
    {
        if (IsLiteral)
        {
            return string.Equals(Text, name, StringComparison.Ordinal);
        }

        int at = 0, pattern = 0, star = -1, retry = 0;
        while (at < name.Length)
        {
            if (pattern < Text.Length && Text[pattern] == '*')
            {
                star = pattern++;
                retry = at;
            }
            else if (pattern < Text.Length && (Text[pattern] == '?' || Text[pattern] == name[at]))
            {
                pattern++;
                at++;
            }
            else if (star >= 0)
            {
                pattern = star + 1;
                at = ++retry;
            }
            else
            {
                return false;
            }
        }

        return Text.AsSpan(pattern).IndexOfAnyExcept('*') < 0;
    }

    public override string ToString() => Text;
}
