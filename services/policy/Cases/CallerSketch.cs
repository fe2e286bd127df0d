using System.Text.RegularExpressions;
using Chaperone.Contracts;

namespace Chaperone.Policy.Cases;

/// <summary>Reads a caller as people write one: <c>alice(nurses, icu)</c>.</summary>
internal static partial class CallerSketch
{
    /// <exception cref="SketchException">It is none.</exception>
    public static Principal Read(string text)
    {
        var match = Shape().Match(text);
        return match.Success
            ? Of(match.Groups["subject"].Value.Trim(), [.. match.Groups["groups"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)])
            : throw new SketchException("The caller is no name with groups; write alice(nurses,icu).");
    }

    /// <summary>Somebody of whom no more is known.</summary>
    public static Principal Of(string subject, string[] groups) => new() { Issuer = string.Empty, Subject = subject, Groups = groups, ClientId = string.Empty };

    [GeneratedRegex(@"^(?<subject>[^()]+)(\((?<groups>[^()]*)\))?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
