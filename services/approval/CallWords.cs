using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>How a call is called outside the console.</summary>
internal static class CallWords
{
    private const int LongestName = 128;
    private const int MostDigits = 4;

    /// <summary>Name of the tool or prompt where it looks like a plain name; null for anything else, a resource first of all, whose URI may name a patient.</summary>
    public static string? PlainTarget(this CallFacts call) =>
        call.Method is "tools/call" or "prompts/get" && call.Target is { Length: > 0 and <= LongestName } name && IsPlain(name) ? name : null;

    private static bool IsPlain(string name)
    {
        var digits = 0;
        foreach (var c in name)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits > MostDigits || !(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/'))
            {
                return false;
            }
        }

        return true;
    }
}
