using System.Text;

namespace Chaperone.Ledger.Tests.Witnessing;

public class AddCheckpointTests
{
    private const string Hash = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=";
    private const string Note = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(63)]
    public void TryParse_WhatItWrites_IsTheSame(int hashes)
    {
        var body = Encoding.UTF8.GetBytes($"old 20852014\n{string.Concat(Enumerable.Repeat(Hash + "\n", hashes))}\n{Note}");

        Assert.True(AddCheckpoint.TryParse(body, out var request));

        Assert.Equal((20852014, hashes), (request!.OldSize, request.Proof.Count));
        Assert.Equal(Note, Encoding.UTF8.GetString(request.Checkpoint.Span));
        Assert.Equal(body, request.ToBytes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 1\n")]
    [InlineData("old\n\nx\n")]
    [InlineData("old 01\n\nx\n")]
    [InlineData("old -1\n\nx\n")]
    [InlineData("old 1 \n\nx\n")]
    [InlineData("Old 1\n\nx\n")]
    [InlineData("old 1\r\n\r\nx\n")]
    [InlineData("old 99999999999999999999\n\nx\n")]
    [InlineData("old 1\nnot a hash\n\nx\n")]
    [InlineData("old 1\nAAAA\n\nx\n")]
    public void TryParse_AnythingElse_IsRefused(string body) => Assert.False(AddCheckpoint.TryParse(Encoding.UTF8.GetBytes(body), out _));

    [Fact]
    public void TryParse_MoreThan63Hashes_IsRefused() =>
        Assert.False(AddCheckpoint.TryParse(Encoding.UTF8.GetBytes($"old 1\n{string.Concat(Enumerable.Repeat(Hash + "\n", 64))}\n{Note}"), out _));
}
