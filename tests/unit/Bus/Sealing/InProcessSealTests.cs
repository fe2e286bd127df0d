using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using FsCheck.Xunit;

namespace Chaperone.Bus.Tests.Sealing;

/// <summary>In one process payloads are sealed late; whoever stores, sends or alters one must not notice (invariant 4).</summary>
public sealed class InProcessSealTests : IDisposable
{
    private static readonly Guid Context = new("01890a5d-ac96-774b-bcce-b302099a8057");

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("chaperone-late-");
    private readonly PayloadSeal _bus;
    private readonly InProcessSeal _seal;

    public InProcessSealTests()
    {
        _bus = new PayloadSeal(KeyFile.LoadOrCreate(Path.Combine(_files.FullName, "a.key")));
        _seal = new InProcessSeal(_bus);
    }

    public void Dispose() => _files.Delete(recursive: true);

    [Property]
    public bool Open_WhatWasSealed_IsTheSame(byte[] plaintext) =>
        _seal.Open(_seal.Seal(plaintext, Context), Context).AsSpan().SequenceEqual(plaintext);

    [Property]
    public bool Open_AfterItWasLookedAt_OpensOnTheBusToo(byte[] plaintext)
    {
        var stored = JsonSerializer.Deserialize<SealedPayload>(JsonSerializer.Serialize(_seal.Seal(plaintext, Context)))!;

        return _bus.Open(stored, Context).AsSpan().SequenceEqual(plaintext) && _seal.Open(stored, Context).AsSpan().SequenceEqual(plaintext);
    }

    [Fact]
    public void Open_UnderAnotherContext_IsRefused() =>
        Assert.ThrowsAny<CryptographicException>(() => _seal.Open(_seal.Seal("{}"u8, Context), Guid.Empty));

    [Fact]
    public void Serialize_NotLookedAtYet_HoldsNoPlaintext()
    {
        var written = JsonSerializer.Serialize(_seal.Seal("Jane Canary 555-0199"u8, Context));

        Assert.DoesNotContain("Canary", written, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("Jane Canary 555-0199"u8), written, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_NotLookedAtYet_HoldsNoPlaintext() =>
        Assert.DoesNotContain("Canary", _seal.Seal("Canary"u8, Context).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Look_Twice_SeesTheSame()
    {
        var payload = _seal.Seal("{}"u8, Context);

        Assert.Same(payload.Ciphertext, payload.Ciphertext);
        Assert.Equal(12, payload.Nonce.Length);
        Assert.Equal("{}", Encoding.UTF8.GetString(_bus.Open(payload, Context)));
    }

    [Fact]
    public void Open_CopyWithABitFlipped_IsRefused()
    {
        var payload = _seal.Seal("{}"u8, Context);
        var ciphertext = payload.Ciphertext.ToArray();
        ciphertext[0] ^= 1;

        Assert.ThrowsAny<CryptographicException>(() => _seal.Open(payload with { Ciphertext = ciphertext }, Context));
    }

    [Fact]
    public void Open_WipedByWhoOpenedItBefore_IsStillTheSame()
    {
        var payload = _seal.Seal("{}"u8, Context);
        CryptographicOperations.ZeroMemory(_seal.Open(payload, Context));

        Assert.Equal("{}", Encoding.UTF8.GetString(_seal.Open(payload, Context)));
    }

    [Fact]
    public void Seal_BytesChangedAfterwards_KeepsWhatWasSealed()
    {
        var bytes = "{}"u8.ToArray();
        var payload = _seal.Seal(bytes, Context);
        bytes[0] = 0;

        Assert.Equal("{}", Encoding.UTF8.GetString(_seal.Open(payload, Context)));
    }
}
