using System.Text;

namespace Chaperone.Ledger.Tests;

public sealed class Rfc6962Tests
{
    [Fact]
    public void EmptyRoot_IsSha256OfNothing() =>
        Assert.Equal("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Rfc6962.EmptyRoot.ToString());

    [Fact]
    public void HashLeaf_EmptyEntry_IsKnownAnswer() => Assert.Equal(
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Convert.ToHexStringLower(Rfc6962.HashLeaf([]).ToArray()));

    [Fact]
    public void HashLeaf_LongEntry_EqualsOneShotHash()
    {
        var entry = new byte[EntryBundle.MaxEntryBytes];
        Array.Fill(entry, (byte)7);

        var hash = Rfc6962.HashLeaf(entry);

        Assert.Equal(System.Security.Cryptography.SHA256.HashData([0, .. entry]), hash.ToArray());
    }

    /// <summary>The test log that Tessera publishes: fifteen words.</summary>
    [Fact]
    public void Root_TesseraTestLog_IsKnownAnswer()
    {
        var leaves = TesseraLog.Entries.Select(entry => Rfc6962.HashLeaf(Encoding.UTF8.GetBytes(entry))).ToArray();

        Assert.Equal(TesseraLog.Root, Rfc6962.Root(leaves).ToString());
    }

    [Fact]
    public void Root_EverySizeTo600_EqualsRecursiveDefinition()
    {
        var leaves = Enumerable.Range(0, 600).Select(i => Rfc6962.HashLeaf(BitConverter.GetBytes(i))).ToArray();
        var range = new CompactRange();

        for (var size = 0; size <= leaves.Length; size++)
        {
            var expected = ReferenceTree.Root(leaves.AsSpan(0, size));

            Assert.Equal(expected, Rfc6962.Root(leaves.AsSpan(0, size)));
            Assert.Equal(expected, range.Root());
            range = CompactRange.FromBytes(range.ToBytes());
            if (size < leaves.Length)
            {
                range.Append(leaves[size]);
            }
        }
    }
}
