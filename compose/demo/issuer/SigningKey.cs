using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Demo.Issuer;

/// <summary>The ES256 key, kept in an owner-only file so that tokens outlive a restart.</summary>
internal sealed class SigningKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        var published = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(key));
        KeyId = Base64UrlEncoder.Encode(published.ComputeJwkThumbprint());
        Security = new ECDsaSecurityKey(key) { KeyId = KeyId };
        Published = new Dictionary<string, string>
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["use"] = "sig",
            ["alg"] = SecurityAlgorithms.EcdsaSha256,
            ["kid"] = KeyId,
            ["x"] = published.X,
            ["y"] = published.Y,
        };
    }

    /// <summary>RFC 7638 thumbprint.</summary>
    public string KeyId { get; }

    /// <summary>To sign and to check with.</summary>
    public ECDsaSecurityKey Security { get; }

    /// <summary>The public half as a JWK.</summary>
    public IReadOnlyDictionary<string, string> Published { get; }

    /// <summary>Reads <c>signing-key.pem</c> in <paramref name="directory"/>, or makes it.</summary>
    public static SigningKey LoadOrCreate(string directory)
    {
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        var path = Path.Combine(directory, "signing-key.pem");
        if (File.Exists(path))
        {
            var kept = ECDsa.Create();
            kept.ImportFromPem(File.ReadAllText(path));
            return new SigningKey(kept);
        }

        var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(fresh.ExportPkcs8PrivateKeyPem());
        }

        File.Move(temporary, path);
        return new SigningKey(fresh);
    }

    public void Dispose() => _key.Dispose();
}
