using System.Text;
using System.Text.Json;
using Chaperone.Masking.Deep;

namespace Chaperone.Masking.Tests.Deep;

/// <summary>A text that the model does not read is not let through as if it had been (invariant 2).</summary>
public sealed class DeepFailureTests
{
    // So much arithmetic for each token that no machine is through with one window in time.
    private const int Layers = 50;
    private const string Text = "MRN: 4432109, went to strand, for a look";

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(40);

    [Fact]
    public void Mask_SlowModel_WithholdsTheTextAndSaysSo()
    {
        using var tier = Slow(DeepFailure.Withhold);
        var slow = string.Concat(Enumerable.Repeat("it is so ", 4000));

        var masked = DeepBench.Mask(DeepBench.Masker(tier), $"{Text} {slow}");

        using var message = JsonDocument.Parse(masked.Bytes);
        Assert.Equal("[WITHHELD]", message.RootElement.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(WithheldReason.None, masked.Reason);
        Assert.Equal(("WITHHELD", 1), (Assert.Single(masked.Findings).Type, masked.Findings[0].Count));
        Assert.Equal(("deep", "result.content[].text"), (Assert.Single(masked.Places).Rule, masked.Places[0].Path));
    }

    [Fact]
    public void Mask_SlowModelThatMayBeDoneWithout_MasksWhatTheEngineFoundAndSaysSo()
    {
        using var tier = Slow(DeepFailure.GoOn);
        var slow = string.Concat(Enumerable.Repeat("it is so ", 4000));

        var masked = DeepBench.Mask(DeepBench.Masker(tier), $"{Text} {slow}");
        var clean = DeepBench.Mask(DeepBench.Masker(tier), slow);

        Assert.StartsWith("MRN: [MRN], went to strand, for", Encoding.UTF8.GetString(masked.Bytes.Span)[Encoding.UTF8.GetString(masked.Bytes.Span).IndexOf("MRN:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(["MRN", "UNREAD"], masked.Findings.Select(f => f.Type));
        Assert.Contains(masked.Places, p => p is { Type: "UNREAD", Rule: "deep" });
        Assert.Equal("UNREAD", Assert.Single(clean.Findings).Type);
    }

    /// <summary>The time is that of the call: many texts together may not take more.</summary>
    [Fact]
    public void Mask_ManyTexts_ShareOneBudget()
    {
        using var tier = Slow(DeepFailure.Withhold);
        var masker = DeepBench.Masker(tier);
        var rows = string.Join(',', Enumerable.Range(0, 200).Select(i => $$"""{"note":"this is the note number n{{i}} {{string.Concat(Enumerable.Repeat("it is so ", 100))}}"}"""));

        var masked = masker.Mask(Encoding.UTF8.GetBytes($$$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{"rows":[{{{{rows}}}}]}}}"""), MaskingProfile.SafeHarbor, MaskingBench.ToolCall);

        Assert.Equal(WithheldReason.None, masked.Reason);
        Assert.Contains(masked.Findings, f => f is { Type: "WITHHELD", Count: > 100 });
    }

    [Fact]
    public void Mask_ModelThatAnswersNoNumbers_WithholdsTheText()
    {
        using var tier = DeepBench.Open(DeepBench.Bert(words: new() { ["strand"] = -1, ["vale"] = 1 }));

        Assert.Equal("[WITHHELD]", DeepBench.Masker(tier).Scan("the file went to strand for a second look").Masked);
        Assert.Equal("the file went to [NAME] for a second look", DeepBench.Masker(tier).Scan("the file went to vale for a second look").Masked);
    }

    /// <summary>Cutting takes time as well: it ends where the time does, and is not done to its end before the clock is looked at.</summary>
    [Fact]
    public void Cut_TimeIsOver_Stops()
    {
        using var over = new CancellationTokenSource();
        over.Cancel();

        Assert.Throws<OperationCanceledException>(() => new DeepWords(over.Token).Add(0, 1, [1]));
    }

    [Theory]
    [InlineData(MaskingProfile.Linked)]
    [InlineData(MaskingProfile.Session)]
    [InlineData(MaskingProfile.Review)]
    public void Scan_Withheld_ShowsNothingInAnyProfile(MaskingProfile profile)
    {
        using var tier = DeepBench.Open(DeepBench.Bert(words: new() { ["strand"] = -1 }));
        var masker = new Masker(new MaskingOptions { TimeBudget = TestKit.TestLimits.Signal }, MaskingBench.Time, [("k1", new byte[32])], tier);

        Assert.Equal("[WITHHELD]", masker.Scan("the file went to strand for a second look", profile).Masked);
    }

    private static DeepTier Slow(DeepFailure onFailure) => DeepBench.Open(DeepBench.Bert(m => m with { Layers = Layers, Width = 128 }), o => (o.OnFailure, o.TimeBudget, o.MaxTokens, o.Overlap) = (onFailure, Short, 64, 8));
}
