using System.Text.RegularExpressions;

namespace Chaperone.Policy.Reading;

/// <summary>What roles, servers, rules and masking profiles may be called.</summary>
internal static partial class PolicyNames
{
    /// <summary>Said of a name that is none.</summary>
    public const string Remedy = "use 1 to 64 letters, digits, '-', '_' or '.', starting with a letter or digit";

    private static readonly string[] Reserved = ["default-deny", "unreadable-message", "mismatched-target", "unknown-method", "lifecycle", "limits-unavailable"];

    public static bool IsName(string text) => Name().IsMatch(text);

    public static bool IsMaskingProfile(string text) => Profile().IsMatch(text);

    /// <summary>True for names the engine itself gives as the deciding rule.</summary>
    public static bool IsReserved(string text) => Reserved.Contains(text, StringComparer.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Profile();
}
