using System.Text;
using Chaperone.Bus.Signing;
using NSec.Cryptography;

namespace Chaperone.TestKit;

/// <summary>Somebody who signs policies, with a key pair in files of their own.</summary>
public sealed class PolicySigner
{
    /// <summary>Makes a key pair in <paramref name="folder"/>: <c>NAME.key</c> and <c>NAME.pub</c>.</summary>
    public PolicySigner(string folder, string name)
    {
        using var key = Key.Create(SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        KeyFile = Path.Combine(folder, $"{name}.key");
        PublicFile = Path.Combine(folder, $"{name}.pub");
        File.WriteAllBytes(KeyFile, key.Export(KeyBlobFormat.PkixPrivateKeyText));
        File.WriteAllBytes(PublicFile, key.PublicKey.Export(KeyBlobFormat.PkixPublicKeyText));
    }

    /// <summary>The private key, PEM.</summary>
    public string KeyFile { get; }

    /// <summary>The public key, PEM.</summary>
    public string PublicFile { get; }

    /// <summary>Signs the files of the policy at <paramref name="path"/>, itself first; <paramref name="others"/> by their names beside it.</summary>
    public void Sign(string path, params string[] others)
    {
        var folder = Path.GetDirectoryName(path)!;
        var files = others.Prepend(Path.GetFileName(path)).Select(n => (n, File.ReadAllBytes(Path.Combine(folder, n))));
        File.WriteAllText(path + PolicySignature.Extension, PolicySignature.Of(files).SignedBy(File.ReadAllBytes(KeyFile)).ToString(), new UTF8Encoding(false));
    }
}
