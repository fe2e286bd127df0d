using System.Security.Cryptography;
using System.Text;
using Chaperone.Recorder.Sealing;
using FsCheck.Xunit;

namespace Chaperone.Recorder.Tests;

/// <summary>Large parts are compressed before they are sealed, and come back as they were.</summary>
public sealed class PackedPartTests
{
    private static readonly string Rows = string.Concat(Enumerable.Range(0, 200).Select(i => $$"""{"patient":"[NAME]","room":{{i}},"status":"discharged"},"""));

    [Fact]
    public async Task Seal_LargeParts_AreSmallerAndOpenAsTheyWere()
    {
        await using var rig = await RecorderRig.StartAsync();

        var record = rig.Get<RecordSealer>().Seal(rig.Entry(raw: Rows, masked: Rows));

        Assert.True(record.Object.Length < Rows.Length / 2, $"{record.Object.Length} bytes for two parts of {Rows.Length}");
        Assert.Equal(Rows, Encoding.UTF8.GetString(Assert.Single(rig.Get<RecordOpener>().Open(record.Header, record.Object).Parts).Content));
        Assert.Equal(Rows, Encoding.UTF8.GetString(rig.Get<RecordOpener>().OpenPart("request_raw", record.Header, record.Object)!));
        Assert.All(RecordHeader.Read(record.Header).Parts.Where(p => p.Name.StartsWith("request", StringComparison.Ordinal)), p => Assert.Equal(Rows.Length, p.Size));
    }

    /// <summary>The commitment is to what was said, not to how it was packed: an investigator needs no compressor of the day.</summary>
    [Fact]
    public async Task Seal_LargeParts_CommitsToThePlaintext()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry(raw: Rows, masked: Rows);

        var record = rig.Get<RecordSealer>().Seal(entry);

        var parts = RecordHeader.Read(record.Header).Parts.Select(p => rig.Get<RecordOpener>().OpenPart(p.Name, record.Header, record.Object)!).ToList();
        var key = rig.Get<Chaperone.Recorder.Keys.Keyring>().ForOpening(RecordHeader.Read(record.Header)).ForCommitment(entry.EventId);
        Assert.Equal(Convert.ToHexStringLower(RecordObject.Commit(parts, key)), LeafFormat.Read(record.Leaf).Commitment);
    }

    /// <summary>Whoever holds the keys and writes another size gets nothing, not a part that is cut off.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Unpack_ToAnotherSize_Throws(int off)
    {
        var packed = PackedPart.Pack(Encoding.UTF8.GetBytes(Rows))!;

        Assert.Throws<CryptographicException>(() => PackedPart.Unpack(packed, Rows.Length + off));
        Assert.Throws<CryptographicException>(() => PackedPart.Unpack(packed.AsSpan(0, packed.Length - 3), Rows.Length));
    }

    [Fact]
    public void Pack_SmallOrRandom_IsLeftAlone()
    {
        Assert.Null(PackedPart.Pack(new byte[PackedPart.Least - 1]));
        Assert.Null(PackedPart.Pack(RandomNumberGenerator.GetBytes(64 * 1024)));
    }

    [Property(MaxTest = 200)]
    public bool Pack_ThenUnpack_GivesTheSame(byte[] piece, byte times)
    {
        var plaintext = Enumerable.Repeat(piece, (times * 64) + 1).SelectMany(p => p).ToArray();
        return PackedPart.Pack(plaintext) is not { } packed
            ? plaintext.Length < PackedPart.Least || piece.Length > 8
            : packed.Length <= plaintext.Length - (plaintext.Length / 8) && PackedPart.Unpack(packed, plaintext.Length).AsSpan().SequenceEqual(plaintext);
    }
}
