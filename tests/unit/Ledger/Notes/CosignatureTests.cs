using System.Buffers.Binary;
using System.Text;
using NSec.Cryptography;

namespace Chaperone.Ledger.Tests;

public sealed class CosignatureTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1679315147);

    private static Checkpoint TesseraCheckpoint { get; } = Read(TesseraLog.Checkpoint);

    [Fact]
    public void Cosign_Checkpoint_VerifiesBesideTheLog()
    {
        using var log = new NoteSigner(TestLog.Origin, TestLog.Seed);
        using var witness = new NoteSigner("witness.example/w1", new byte[32]);
        var checkpoint = TesseraCheckpoint with { Origin = TestLog.Origin };

        var fault = SignedNote.TryParse(checkpoint.Sign(log, witness.Cosign(checkpoint, Time)).ToBytes(), out var note);

        Assert.Equal(NoteFault.None, fault);
        Assert.Equal(NoteFault.None, note!.Verify([log.LogKey, witness.WitnessKey], out var signers));
        Assert.Equal([log.LogKey, witness.WitnessKey], signers);
        Assert.Equal(Time, Cosignature.TimeOf(note.Signatures[1]));
    }

    /// <summary>The signed bytes are those of the specification's example, spelled out here.</summary>
    [Fact]
    public void Cosign_Checkpoint_SignsTheSpecifiedMessage()
    {
        using var witness = new NoteSigner("witness.example/w1", TestLog.Seed);
        using var key = Key.Import(SignatureAlgorithm.Ed25519, TestLog.Seed, KeyBlobFormat.RawPrivateKey);
        var message = $"cosignature/v1\ntime 1679315147\nexample.com/log/testdata\n15\n{TesseraLog.Root}\n";

        var blob = witness.Cosign(TesseraCheckpoint, Time).Signature.Span;

        Assert.Equal(72, blob.Length);
        Assert.Equal(1679315147ul, BinaryPrimitives.ReadUInt64BigEndian(blob));
        Assert.True(SignatureAlgorithm.Ed25519.Verify(key.PublicKey, Encoding.UTF8.GetBytes(message), blob[8..]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(71)]
    public void Verify_TimeOrSignatureChanged_Refused(int position)
    {
        using var witness = new NoteSigner("witness.example/w1", TestLog.Seed);
        var signature = witness.Cosign(TesseraCheckpoint, Time);
        var blob = signature.Signature.ToArray();
        blob[position] ^= 1;

        var note = new SignedNote(TesseraCheckpoint.ToText(), [signature with { Signature = blob }]);

        Assert.Equal(NoteFault.BadSignature, note.Verify([witness.WitnessKey], out _));
    }

    /// <summary>A witness's signature must not pass as the log's, though the key material is the same.</summary>
    [Fact]
    public void Verify_CosignatureRelabelledAsLogSignature_Refused()
    {
        using var signer = new NoteSigner(TestLog.Origin, TestLog.Seed);
        var cosignature = signer.Cosign(TesseraCheckpoint, Time);

        var note = new SignedNote(TesseraCheckpoint.ToText(), [cosignature with { KeyId = signer.LogKey.KeyId }]);

        Assert.Equal(NoteFault.BadSignature, note.Verify([signer.LogKey], out _));
    }

    private static Checkpoint Read(string note)
    {
        var fault = Checkpoint.TryOpen(Encoding.UTF8.GetBytes(note), [NoteKey.Parse(TesseraLog.VerifierKey)], out var checkpoint);
        return fault == NoteFault.None ? checkpoint! : throw new InvalidOperationException($"{fault}");
    }
}
