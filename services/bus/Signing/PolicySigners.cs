using Microsoft.Extensions.Options;
using NSec.Cryptography;

namespace Chaperone.Bus.Signing;

/// <summary>Who may sign policies. Thread-safe.</summary>
public sealed class PolicySigners
{
    private readonly (string Name, PublicKey Key)[] _signers;

    public PolicySigners(IOptions<PolicySigningOptions> options)
    {
        IsRequired = options.Value.RequireSignature;
        _signers = [.. options.Value.TrustedSigners.Select(f => TryRead(f) is { } key ? (Path.GetFileNameWithoutExtension(f), key) : throw new InvalidDataException($"{f} is no Ed25519 public key in PEM."))];
    }

    /// <summary>Whether a policy without a signature of theirs must not come into force.</summary>
    public bool IsRequired { get; }

    /// <summary>Names of the trusted signers whose signature of <paramref name="files"/> stands in <paramref name="signature"/> (the content of the signature file; null where there is none).</summary>
    public IReadOnlyList<string> SignersOf(ReadOnlySpan<byte> signature, params IReadOnlyCollection<(string Name, byte[] Bytes)> files)
    {
        var parsed = PolicySignature.Parse(signature);
        var isWhole = parsed is not null && files.All(f => parsed.Digests.TryGetValue(f.Name, out var digest) && digest == PolicySignature.DigestOf(f.Bytes));
        return isWhole ? [.. _signers.Where(s => parsed!.IsSignedBy(s.Key)).Select(s => s.Name)] : [];
    }

    /// <summary>
    /// Refuses a policy's main file <paramref name="bytes"/>, read from <paramref name="path"/>, where a signature is required and
    /// the file beside it holds none. For readers of the main file alone; what it includes is checked by those who read it.
    /// </summary>
    /// <exception cref="InvalidDataException">It is not signed.</exception>
    public void Require(string path, byte[] bytes)
    {
        if (IsRequired && SignersOf(Read(path), (Path.GetFileName(path), bytes)).Count == 0)
        {
            throw new InvalidDataException($"{path} is not signed by a trusted signer (Policy:TrustedSigners); sign it with chaperone policy sign.");
        }
    }

    /// <summary>The content of the signature file of the policy at <paramref name="path"/>; empty where there is none, or it is too large.</summary>
    public static byte[] Read(string path)
    {
        try
        {
            var file = new FileInfo(path + PolicySignature.Extension);
            return file.Exists && file.Length <= PolicySignature.MaxBytes ? File.ReadAllBytes(file.FullName) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The key in a file; null when it holds none.</summary>
    internal static PublicKey? TryRead(string path)
    {
        try
        {
            return PublicKey.TryImport(SignatureAlgorithm.Ed25519, File.ReadAllBytes(path), KeyBlobFormat.PkixPublicKeyText, out var key) ? key : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
