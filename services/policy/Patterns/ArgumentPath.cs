using System.Text;

namespace Chaperone.Policy.Patterns;

/// <summary>A way into <c>params.arguments</c>: <c>sql</c>, <c>patient.id</c>, <c>items[*].name</c>, <c>['odd.key'].x</c>.</summary>
internal sealed class ArgumentPath
{
    /// <summary>Longest path, in steps.</summary>
    public const int MaxSteps = 16;

    private ArgumentPath(string text, string?[] steps)
    {
        Text = text;
        Steps = steps;
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>A member's name, or null for every element of an array; starts with a name.</summary>
    public string?[] Steps { get; }

    /// <summary>Reads a path; null when it is none.</summary>
    public static ArgumentPath? Parse(string text)
    {
        var steps = new List<string?>();
        var at = 0;
        while (at < text.Length)
        {
            var end = text[at] == '[' ? ReadBracket(text, at, steps) : ReadName(text, at, steps);
            if (end < 0)
            {
                return null;
            }

            at = end;
            if (at < text.Length && text[at] == '.')
            {
                at++;
                if (at == text.Length || text[at] == '[')
                {
                    return null;
                }
            }
            else if (at < text.Length && text[at] != '[')
            {
                return null;
            }
        }

        return steps.Count is > 0 and <= MaxSteps && steps[0] is not null ? new ArgumentPath(text, [.. steps]) : null;
    }

    public override string ToString() => Text;

    /// <summary>
    /// Whether a member may be meant by <paramref name="step"/>: many upstreams bind names without case, and some normalize them.
    /// <c>{"SQL": ...}</c> must not slip past a rule on <c>sql</c>.
    /// </summary>
    public static bool MayMean(string member, string step) => member.Equals(step, StringComparison.OrdinalIgnoreCase)
        || (member.Length > 0 && (!Ascii.IsValid(member) || !Ascii.IsValid(step) || char.IsWhiteSpace(member[0]) || char.IsWhiteSpace(member[^1])) && Folding.Fold(member) == Folding.Fold(step));

    private static int ReadName(string text, int at, List<string?> steps)
    {
        var length = text.AsSpan(at).IndexOfAny('.', '[', ']');
        var end = length < 0 ? text.Length : at + length;
        if (end == at || (end < text.Length && text[end] == ']'))
        {
            return -1;
        }

        steps.Add(text[at..end]);
        return end;
    }

    private static int ReadBracket(string text, int at, List<string?> steps)
    {
        if (text.AsSpan(at).StartsWith("[*]"))
        {
            steps.Add(null);
            return at + 3;
        }

        if (!text.AsSpan(at).StartsWith("['"))
        {
            return -1;
        }

        var close = text.IndexOf("']", at + 2, StringComparison.Ordinal);
        if (close <= at + 2)
        {
            return -1;
        }

        steps.Add(text[(at + 2)..close]);
        return close + 2;
    }
}
