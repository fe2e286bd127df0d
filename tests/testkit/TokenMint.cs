using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Chaperone.TestKit;

/// <summary>Keys and signatures of <see cref="TestIssuer"/>, written on plain cryptography so that it can also lie.</summary>
internal sealed class TokenMint : IDisposable
{
    private int _generation = 1;
    private ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _foreignEc = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private RSA _rsa = TestKeys.Trusted();
    private readonly RSA _foreignRsa = TestKeys.Foreign();

    private string EcKeyId => $"ec-{_generation}";

    private string RsaKeyId => $"rsa-{_generation}";

    /// <summary>New keys under new ids; the old ones are withdrawn.</summary>
    public void Rotate()
    {
        _ec.Dispose();
        _rsa.Dispose();
        (_ec, _rsa, _generation) = (ECDsa.Create(ECCurve.NamedCurves.nistP256), RSA.Create(2048), _generation + 1);
    }

    public object Jwks()
    {
        var ec = _ec.ExportParameters(includePrivateParameters: false);
        var rsa = _rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new object[]
            {
                new { kty = "EC", use = "sig", alg = "ES256", kid = EcKeyId, crv = "P-256", x = Encode(ec.Q.X!), y = Encode(ec.Q.Y!) },
                new { kty = "RSA", use = "sig", alg = "RS256", kid = RsaKeyId, n = Encode(rsa.Modulus!), e = Encode(rsa.Exponent!) },
            },
        };
    }

    public string Sign(IReadOnlyDictionary<string, object?> claims, TokenAlgorithm algorithm, bool foreignKey, string? type, string? otherKeyId = null)
    {
        var (name, keyId) = algorithm switch
        {
            TokenAlgorithm.ES256 => ("ES256", EcKeyId),
            TokenAlgorithm.RS256 => ("RS256", RsaKeyId),
            TokenAlgorithm.HS256WithPublicKey => ("HS256", RsaKeyId),
            _ => ("none", EcKeyId),
        };
        var header = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?> { ["alg"] = name, ["typ"] = type, ["kid"] = otherKeyId ?? keyId }.Where(h => h.Value is { Length: > 0 }).ToDictionary(h => h.Key, h => h.Value));
        var signed = $"{Encode(header)}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            TokenAlgorithm.ES256 => (foreignKey ? _foreignEc : _ec).SignData(bytes, HashAlgorithmName.SHA256),
            TokenAlgorithm.RS256 => (foreignKey ? _foreignRsa : _rsa).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            TokenAlgorithm.HS256WithPublicKey => HMACSHA256.HashData(Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()), bytes),
            _ => [],
        };
        return $"{signed}.{Encode(signature)}";
    }

    public void Dispose()
    {
        _ec.Dispose();
        _foreignEc.Dispose();
        _rsa.Dispose();
        _foreignRsa.Dispose();
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
