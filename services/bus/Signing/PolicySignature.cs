using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Chaperone.Bus.Signing;

/// <summary>
/// The signature of a policy, in a file beside it: a text that names each of its files with its SHA-256, a blank line, and one
/// line a signature. The text is signed with Ed25519 as it stands, so that <c>openssl pkeyutl -verify -rawin</c> can check it, too.
/// </summary>
public sealed class PolicySignature
{
    /// <summary>What the policy's file name is followed by.</summary>
    public const string Extension = ".sig";

    /// <summary>Largest file in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private const string Header = "chaperone-policy-signature v1";
    private const int KeyIdLength = 16;

    private PolicySignature(string text, IReadOnlyDictionary<string, string> digests, IReadOnlyList<(string KeyId, byte[] Value)> signatures)
    {
        Text = text;
        Digests = digests;
        Signatures = signatures;
    }

    /// <summary>What is signed.</summary>
    public string Text { get; }

    /// <summary>SHA-256 in lower-case hex, by name of the file.</summary>
    public IReadOnlyDictionary<string, string> Digests { get; }

    /// <summary>The signatures, each with the id of its key.</summary>
    public IReadOnlyList<(string KeyId, byte[] Value)> Signatures { get; }

    /// <summary>The unsigned text for <paramref name="files"/>, main file first.</summary>
    public static PolicySignature Of(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var digests = files.ToDictionary(f => f.Name, f => DigestOf(f.Bytes), StringComparer.Ordinal);
        return new PolicySignature(string.Concat(digests.Select(d => $"{d.Value} {d.Key}\n").Prepend(Header + "\n")), digests, []);
    }

    /// <summary>Reads a signature file; null when it is none.</summary>
    public static PolicySignature? Parse(ReadOnlySpan<byte> content)
    {
        var text = Encoding.UTF8.GetString(content);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !text.StartsWith(Header + "\n", StringComparison.Ordinal))
        {
            return null;
        }

        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text[(Header.Length + 1)..end].Split('\n'))
        {
            if (line.IndexOf(' ', StringComparison.Ordinal) is not 64 || !digests.TryAdd(line[65..], line[..64]))
            {
                return null;
            }
        }

        var signatures = new List<(string, byte[])>();
        foreach (var line in text[(end + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var value = new byte[SignatureAlgorithm.Ed25519.SignatureSize];
            if (line.IndexOf(' ', StringComparison.Ordinal) is not KeyIdLength || !Convert.TryFromBase64String(line[(KeyIdLength + 1)..], value, out var length) || length != value.Length)
            {
                return null;
            }

            signatures.Add((line[..KeyIdLength], value));
        }

        return new PolicySignature(text[..(end + 1)], digests, signatures);
    }

    /// <summary>Adds the signature of the Ed25519 key in <paramref name="pem"/> (PKCS#8, as <c>openssl genpkey -algorithm ed25519</c> makes it); one of the same key gives way.</summary>
    /// <exception cref="FormatException">It holds no such key.</exception>
    public PolicySignature SignedBy(ReadOnlySpan<byte> pem)
    {
        if (!Key.TryImport(SignatureAlgorithm.Ed25519, pem, KeyBlobFormat.PkixPrivateKeyText, out var imported) || imported is null)
        {
            throw new FormatException("it is no Ed25519 key in PEM (PKCS#8)");
        }

        using var key = imported;
        var id = KeyIdOf(key.PublicKey);
        var value = SignatureAlgorithm.Ed25519.Sign(key, Encoding.UTF8.GetBytes(Text));
        return new PolicySignature(Text, Digests, [.. Signatures.Where(s => s.KeyId != id), (id, value)]);
    }

    /// <summary>The content of the signature file.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(s => $"{s.KeyId} {Convert.ToBase64String(s.Value)}\n"))}";

    /// <summary>Whether <paramref name="key"/> has signed it.</summary>
    internal bool IsSignedBy(PublicKey key)
    {
        var id = KeyIdOf(key);
        var text = Encoding.UTF8.GetBytes(Text);
        return Signatures.Any(s => s.KeyId == id && SignatureAlgorithm.Ed25519.Verify(key, text, s.Value));
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    internal static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string KeyIdOf(PublicKey key) => DigestOf(key.Export(KeyBlobFormat.RawPublicKey))[..KeyIdLength];
}
