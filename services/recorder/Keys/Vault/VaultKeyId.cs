using System.Buffers;
using System.Globalization;

namespace Chaperone.Recorder.Keys.Vault;

/// <summary>One version of a key of Vault's transit engine, as the store names it: <c>vault:MOUNT/KEY:vN</c>.</summary>
internal sealed record VaultKeyId(string Mount, string Key, int Version)
{
    private const string Prefix = "vault:";
    private const int LongestPath = 128;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Mount}/{Key}:v{Version}");

    /// <summary>Whether it is a version of this key.</summary>
    public bool IsOf(string mount, string key) => Mount == mount && Key == key;

    /// <summary>Reads what <see cref="ToString"/> wrote; false for the id of any other root key.</summary>
    public static bool TryParse(string text, out VaultKeyId id)
    {
        id = new VaultKeyId("", "", 0);
        var colon = text.LastIndexOf(":v", StringComparison.Ordinal);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || colon < Prefix.Length || ReadVersion(text.AsSpan(colon + 2)) is not { } version)
        {
            return false;
        }

        var path = text[Prefix.Length..colon];
        var slash = path.LastIndexOf('/');
        if (slash < 0 || !IsPath(path[..slash]) || !IsName(path[(slash + 1)..]))
        {
            return false;
        }

        id = new VaultKeyId(path[..slash], path[(slash + 1)..], version);
        return true;
    }

    /// <summary>The version in <c>vault:vN:...</c>, as encrypt and rewrap answer; null if this is none.</summary>
    public static int? VersionOf(string ciphertext)
    {
        const string prefix = Prefix + "v";
        return ciphertext.StartsWith(prefix, StringComparison.Ordinal) && ciphertext.IndexOf(':', prefix.Length) is > 0 and var end
            ? ReadVersion(ciphertext.AsSpan()[prefix.Length..end])
            : null;
    }

    /// <summary>Whether text can be where something is mounted: names with <c>/</c> between them.</summary>
    public static bool IsPath(string text) => text.Length <= LongestPath && text.Split('/').All(IsName);

    /// <summary>Whether text can be the name of a key.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= LongestPath && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    // Leading zeros would make two names of one version.
    private static int? ReadVersion(ReadOnlySpan<char> digits) =>
        digits.Length > 0 && digits[0] != '0' && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
