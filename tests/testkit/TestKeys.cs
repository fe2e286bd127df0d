using System.Security.Cryptography;

namespace Chaperone.TestKit;

/// <summary>RSA keys of 2048 bits. Making one costs a tenth of a second and most tests sign with none: all of a process begin with the same two.</summary>
internal static class TestKeys
{
    private static readonly RSAParameters First = New();
    private static readonly RSAParameters Second = New();

    /// <summary>The key that is trusted; the caller disposes it.</summary>
    public static RSA Trusted() => RSA.Create(First);

    /// <summary>Another one; the caller disposes it.</summary>
    public static RSA Foreign() => RSA.Create(Second);

    private static RSAParameters New()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportParameters(includePrivateParameters: true);
    }
}
