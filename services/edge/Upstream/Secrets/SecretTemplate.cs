using System.Text.RegularExpressions;

namespace Chaperone.Edge.Upstream.Secrets;

/// <summary>A text with <c>${env:NAME}</c>, <c>${file:/path}</c> and <c>${vault:path#field}</c>; a Vault path may hold <c>{subject}</c> and <c>{issuer}</c>.</summary>
internal sealed partial record SecretTemplate
{
    private SecretTemplate(string field, string text)
    {
        Field = field;
        Text = text;
    }

    /// <summary>Where it stands, for messages.</summary>
    public string Field { get; }

    /// <summary>As written; may itself be a secret.</summary>
    public string Text { get; }

    /// <summary>True when it is the same for all callers and needs no network.</summary>
    public bool IsLocal => !Text.Contains("${vault:", StringComparison.Ordinal);

    /// <summary>True when it differs from caller to caller.</summary>
    public bool IsPerCaller => Paths().Any(p => p.Contains("{subject}", StringComparison.Ordinal) || p.Contains("{issuer}", StringComparison.Ordinal));

    /// <summary>True when two people of different issuers could share it.</summary>
    public bool MixesIssuers => Paths().Any(p => p.Contains("{subject}", StringComparison.Ordinal) && !p.Contains("{issuer}", StringComparison.Ordinal));

    /// <exception cref="InvalidDataException">A placeholder is broken.</exception>
    public static SecretTemplate Parse(string at, string field, string text) =>
        Reference().Replace(text, string.Empty).Contains("${", StringComparison.Ordinal)
            ? throw new InvalidDataException($"{at} {field}: has a broken placeholder; use ${{env:NAME}}, ${{file:/path/to/secret}} or ${{vault:path#field}}.")
            : new SecretTemplate(field, text);

    public MatchCollection References() => Reference().Matches(Text);

    /// <summary>Keeps the secret out of logs and messages.</summary>
    public override string ToString() => Field;

    private IEnumerable<string> Paths() => References().Where(m => m.Groups["kind"].Value == "vault").Select(m => m.Groups["name"].Value);

    [GeneratedRegex(@"\$\{(?:(?<kind>env):(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<kind>file):(?<name>[^${}]+)|(?<kind>vault):(?<name>(?:[^${}#]|\{subject\}|\{issuer\})+)#(?<field>[^${}#]+))\}", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
