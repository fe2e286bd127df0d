using System.Buffers;

namespace Chaperone.Masking.Structures;

/// <summary>Tells most texts without a structure from those that may have one. A structure that can begin otherwise must be told of here.</summary>
internal static class StructureSigns
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("\n`%&\\\u001C");

    // Vectorized, unlike a Contains that ignores case.
    private static readonly SearchValues<string> Insert = SearchValues.Create(["VALUES"], StringComparison.OrdinalIgnoreCase);

    /// <summary>False where no <see cref="ITextStructure"/> takes the text.</summary>
    public static bool Any(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(Signs) || text.Contains("MSH", StringComparison.Ordinal))
        {
            return true;
        }

        var start = text.TrimStart().TrimStart('\uFEFF');
        return start.IsEmpty || start[0] is '{' or '[' or '<' or '(' || (start.Length > 3 && start[3] == '|') || text.ContainsAny(Insert) || start.StartsWith("ISA") || (start.Length > 3 && (start[2] == '*' || start[3] == '*')) || Base64Token.Find(text, 0).Length > 0;
    }
}
