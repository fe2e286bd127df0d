namespace Chaperone.Ledger.Tests;

public sealed class CheckpointTests
{
    private const string Root = TesseraLog.Root;

    [Theory]
    [InlineData($"log.example\n0\n{Root}\n")]
    [InlineData($"log.example\n15\n{Root}\n")]
    [InlineData($"log.example\n9223372036854775807\n{Root}\n")]
    [InlineData($"log.example\n15\n{Root}\nmore\nand more\n")]
    public void TryParse_Checkpoint_RoundTrips(string text)
    {
        Assert.True(Checkpoint.TryParse(text, out var checkpoint));
        Assert.Equal(text, checkpoint!.ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("log.example\n15\n")]
    [InlineData($"log.example\n15\n{Root}")]
    [InlineData($"\n15\n{Root}\n")]
    [InlineData($"log.example\n\n{Root}\n")]
    [InlineData($"log.example\n015\n{Root}\n")]
    [InlineData($"log.example\n00\n{Root}\n")]
    [InlineData($"log.example\n+15\n{Root}\n")]
    [InlineData($"log.example\n-1\n{Root}\n")]
    [InlineData($"log.example\n 15\n{Root}\n")]
    [InlineData($"log.example\n15 \n{Root}\n")]
    [InlineData($"log.example\n٣\n{Root}\n")]
    [InlineData($"log.example\n9223372036854775808\n{Root}\n")]
    [InlineData("log.example\n15\nrKbD\n")]
    [InlineData("log.example\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383ct=\n")]
    [InlineData($"log.example\n15\n{Root}\n\n")]
    [InlineData($"log.example\n15\n{Root}\n\nmore\n")]
    public void TryParse_NotACheckpoint_False(string text) => Assert.False(Checkpoint.TryParse(text, out _));
}
