using System.Text;

namespace Chaperone.Ledger.Tests;

public sealed class SignedNoteTests
{
    private const string SpecificationKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    private const string SpecificationNote =
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    private static NoteSigner Other(string name = "other.example") => new(name, new byte[32]);

    /// <summary>The example of the C2SP specification.</summary>
    [Fact]
    public void Verify_SpecificationExample_Accepted()
    {
        var key = NoteKey.Parse(SpecificationKey);

        Assert.Equal(NoteFault.None, Open(SpecificationNote, [key]));
        Assert.Equal(0x530d903au, key.KeyId);
        Assert.Equal(SpecificationKey, key.ToString());
    }

    [Fact]
    public void Verify_TesseraCheckpoint_Accepted() =>
        Assert.Equal(NoteFault.None, Open(TesseraLog.Checkpoint, [NoteKey.Parse(TesseraLog.VerifierKey)]));

    /// <summary>Ed25519 is deterministic: with the published test keys we must write the same bytes as Go does.</summary>
    [Theory]
    [InlineData("example.com/log/testdata", "AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg", TesseraLog.VerifierKey, TesseraLog.Checkpoint)]
    [InlineData(
        "PeterNeumann",
        "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")]
    public void Sign_PublishedTestKey_SameBytes(string name, string typedSeed, string vkey, string note)
    {
        using var signer = new NoteSigner(name, Convert.FromBase64String(typedSeed).AsSpan(1));
        var text = note[..(note.LastIndexOf("\n\n", StringComparison.Ordinal) + 1)];

        Assert.Equal(vkey, signer.LogKey.ToString());
        Assert.Equal(note, Encoding.UTF8.GetString(new SignedNote(text, [signer.Sign(text)]).ToBytes()));
    }

    [Fact]
    public void Verify_SignaturesOfUnknownKeys_Ignored()
    {
        using var signer = new NoteSigner("log.example", TestLog.Seed);
        using var sameName = Other("log.example");
        using var other = Other();
        const string Text = "text\n";
        var garbage = new NoteSignature("log.example", signer.LogKey.KeyId ^ 1, new byte[] { 1, 2, 3 });
        var sameIdOtherName = new NoteSignature("else.example", signer.LogKey.KeyId, new byte[64]);
        var note = new SignedNote(Text, [garbage, sameIdOtherName, sameName.Sign(Text), signer.Sign(Text), other.Sign(Text)]);

        Assert.Equal(NoteFault.None, note.Verify([signer.LogKey], out var signers));
        Assert.Equal([signer.LogKey], signers);
    }

    [Fact]
    public void Verify_NoKnownKey_Refused()
    {
        using var other = Other();

        Assert.Equal(NoteFault.NoKnownSignature, Open(SpecificationNote, [other.LogKey]));
        Assert.Equal(NoteFault.NoKnownSignature, Open(SpecificationNote, []));
    }

    /// <summary>One wrong signature by a known key spoils the note, though another known key signed well.</summary>
    [Fact]
    public void Verify_OneKnownSignatureWrong_Refused()
    {
        using var signer = new NoteSigner("log.example", TestLog.Seed);
        using var other = Other();
        var note = new SignedNote("text\n", [signer.Sign("text\n"), other.Sign("another text\n")]);

        Assert.Equal(NoteFault.BadSignature, note.Verify([signer.LogKey, other.LogKey], out var signers));
        Assert.Empty(signers);
    }

    [Fact]
    public void TryParse_BlankLinesInText_LastOneSeparates()
    {
        using var signer = Other();
        const string Text = "one\n\n\ntwo\n\n";

        var fault = SignedNote.TryParse(new SignedNote(Text, [signer.Sign(Text)]).ToBytes(), out var note);

        Assert.Equal(NoteFault.None, fault);
        Assert.Equal(Text, note!.Text);
        Assert.Equal(NoteFault.None, note.Verify([signer.LogKey], out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name AAAAAAE=")]
    [InlineData("text\n\n— name AAAAAAE=\n\n")]
    [InlineData("text\n\n- name AAAAAAE=\n")]
    [InlineData("text\n\n—  AAAAAAE=\n")]
    [InlineData("text\n\n— na+me AAAAAAE=\n")]
    [InlineData("text\n\n— na\u00a0me AAAAAAE=\n")]
    [InlineData("text\n\n— name AAAAAAE= more\n")]
    [InlineData("text\n\n— name AAAAAA==\n")]
    [InlineData("text\n\n— name AAAAAAF=\n")]
    [InlineData("text\n\n— name AAAAAAE\n")]
    [InlineData("text\n\n— name AAAA AAE=\n")]
    public void TryParse_NotANote_Malformed(string text) =>
        Assert.Equal(NoteFault.Malformed, SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("te\rxt\n\n— name AAAAAAE=\n")]
    [InlineData("te\txt\n\n— name AAAAAAE=\n")]
    [InlineData("te\0xt\n\n— name AAAAAAE=\n")]
    public void TryParse_ControlCharacter_NotText(string text) =>
        Assert.Equal(NoteFault.NotText, SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_InvalidUtf8_NotText() =>
        Assert.Equal(NoteFault.NotText, SignedNote.TryParse([(byte)'t', 0xff, .. "\n\n— name AAAAAAE=\n"u8], out _));

    [Fact]
    public void TryParse_Limits_Kept()
    {
        byte[] Note(int signatures) => [.. "text\n\n"u8, .. Enumerable.Repeat("— name AAAAAAE=\n"u8.ToArray(), signatures).SelectMany(line => line)];
        byte[] large = [.. Enumerable.Repeat((byte)'x', SignedNote.MaxBytes), .. "\n\n— name AAAAAAE=\n"u8];

        Assert.Equal(NoteFault.None, SignedNote.TryParse(Note(SignedNote.MaxSignatures), out _));
        Assert.Equal(NoteFault.TooManySignatures, SignedNote.TryParse(Note(SignedNote.MaxSignatures + 1), out _));
        Assert.Equal(NoteFault.TooLarge, SignedNote.TryParse(large, out _));
    }

    /// <summary>No byte of a signed checkpoint can be changed unseen.</summary>
    [Fact]
    public void Open_AnyBitFlipped_Refused()
    {
        var note = Encoding.UTF8.GetBytes(TesseraLog.Checkpoint);
        var key = NoteKey.Parse(TesseraLog.VerifierKey);

        for (var bit = 0; bit < note.Length * 8; bit++)
        {
            var flipped = note.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.NotEqual(NoteFault.None, Checkpoint.TryOpen(flipped, [key], out _));
        }
    }

    private static NoteFault Open(string note, IReadOnlyCollection<NoteKey> keys)
    {
        var fault = SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var parsed);
        return fault != NoteFault.None ? fault : parsed!.Verify(keys, out _);
    }
}
