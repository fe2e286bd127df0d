using System.Security.Cryptography;
using Chaperone.Bus.Sealing;
using FsCheck.Xunit;

namespace Chaperone.Bus.Tests.Sealing;

/// <summary>Attack: somebody on the bus reads, alters or moves a payload (invariant 4).</summary>
public sealed class PayloadSealTests : IDisposable
{
    private static readonly Guid Context = new("01890a5d-ac96-774b-bcce-b302099a8057");

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("chaperone-seal-");
    private readonly PayloadSeal _seal;

    public PayloadSealTests() => _seal = new PayloadSeal(KeyFile.LoadOrCreate(Path.Combine(_files.FullName, "a.key")));

    public void Dispose() => _files.Delete(recursive: true);

    [Property]
    public bool Open_WhatWasSealed_IsTheSame(byte[] plaintext) =>
        _seal.Open(_seal.Seal(plaintext, Context), Context).AsSpan().SequenceEqual(plaintext);

    [Fact]
    public void Seal_SameBytesTwice_DiffersInNonceAndCiphertext()
    {
        var one = _seal.Seal("{}"u8, Context);
        var two = _seal.Seal("{}"u8, Context);

        Assert.NotEqual(one.Nonce, two.Nonce);
        Assert.NotEqual(one.Ciphertext, two.Ciphertext);
    }

    [Fact]
    public void Open_UnderAnotherContext_IsRefused() =>
        Assert.ThrowsAny<CryptographicException>(() => _seal.Open(_seal.Seal("{}"u8, Context), Guid.Empty));

    [Fact]
    public void Open_AnyBitFlipped_IsRefused()
    {
        var payload = _seal.Seal("{}"u8, Context);
        for (var i = 0; i < payload.Ciphertext.Length; i++)
        {
            Assert.ThrowsAny<CryptographicException>(() => _seal.Open(payload with { Ciphertext = Flipped(payload.Ciphertext, i) }, Context));
        }

        for (var i = 0; i < payload.Nonce.Length; i++)
        {
            Assert.ThrowsAny<CryptographicException>(() => _seal.Open(payload with { Nonce = Flipped(payload.Nonce, i) }, Context));
        }
    }

    [Fact]
    public void Open_CutShort_IsRefused()
    {
        var payload = _seal.Seal("{}"u8, Context);

        Assert.ThrowsAny<CryptographicException>(() => _seal.Open(payload with { Ciphertext = payload.Ciphertext[..15] }, Context));
        Assert.ThrowsAny<CryptographicException>(() => _seal.Open(payload with { Ciphertext = payload.Ciphertext[..^1] }, Context));
        Assert.ThrowsAny<CryptographicException>(() => _seal.Open(payload with { Nonce = [] }, Context));
    }

    [Fact]
    public void Open_UnderAnUnknownKey_IsRefused()
    {
        var other = new PayloadSeal(KeyFile.LoadOrCreate(Path.Combine(_files.FullName, "b.key")));

        Assert.ThrowsAny<CryptographicException>(() => other.Open(_seal.Seal("{}"u8, Context), Context));
        Assert.ThrowsAny<CryptographicException>(() => other.Open(_seal.Seal("{}"u8, Context) with { KeyId = other.Seal("{}"u8, Context).KeyId }, Context));
    }

    [Fact]
    public void Open_AfterRotation_StillOpensWhatTheOldKeySealed()
    {
        var path = Path.Combine(_files.FullName, "a.key");
        var sealedBefore = _seal.Seal("{}"u8, Context);
        var old = File.ReadAllText(path);
        File.WriteAllText(path, $"new {Convert.ToBase64String(new byte[32])}\n{old}");

        var rotated = new PayloadSeal(KeyFile.LoadOrCreate(path));

        Assert.Equal("{}"u8, rotated.Open(sealedBefore, Context));
        Assert.Equal("new", rotated.Seal("{}"u8, Context).KeyId);
    }

    private static byte[] Flipped(byte[] bytes, int index)
    {
        byte[] copy = [.. bytes];
        copy[index] ^= 1;
        return copy;
    }
}
