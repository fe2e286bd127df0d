using System.Security.Cryptography;
using Chaperone.Masking.Deep;
using Chaperone.TestKit.Deep;

namespace Chaperone.Masking.Tests.Deep;

/// <summary>A model that is not the one that was pinned, or none at all, is refused with words that say what to do.</summary>
public sealed class ModelFolderTests
{
    [Fact]
    public void Open_OtherModelThanPinned_IsRefused()
    {
        var folder = DeepBench.Bert();

        var refused = Assert.Throws<InvalidDataException>(() => DeepBench.Open(folder, o => o.Sha256 = new string('0', 64)));

        Assert.Contains(folder.Sha256, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Masking:Deep:Sha256", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ModelLargerThanAllowed_IsRefused() =>
        Assert.Contains("at most 1000", Assert.Throws<InvalidDataException>(() => DeepBench.Open(DeepBench.Bert(), o => o.MaxModelBytes = 1000)).Message, StringComparison.Ordinal);

    /// <summary>Weights beside the file could be changed without its pin.</summary>
    [Fact]
    public void Open_WeightsInOtherFiles_IsRefused() =>
        Assert.Contains("as one file", Refuse(OnnxClassifier.BuildExternal()), StringComparison.Ordinal);

    /// <summary>The vocabulary or the labels of another model: it reads, and would find nothing for ever.</summary>
    [Fact]
    public void Open_ModelThatFindsNothingInItsSample_IsRefused()
    {
        var folder = DeepBench.Bert();
        File.WriteAllLines(Path.Combine(folder.Path, "vocab.txt"), File.ReadAllLines(Path.Combine(folder.Path, "vocab.txt")).Select(w => w == "lee" ? "other" : w));

        Assert.Contains("finds nobody", Assert.Throws<InvalidDataException>(() => DeepBench.Open(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no model at all")]
    [InlineData("\u0008\u0008")]
    public void Open_FileThatIsNoModel_IsRefused(string content) =>
        Assert.Contains("no model in ONNX", Refuse(System.Text.Encoding.UTF8.GetBytes(content)), StringComparison.Ordinal);

    [Fact]
    public void Open_ModelWithOtherLabels_IsRefused() =>
        Assert.Contains("5 numbers", Refuse(new OnnxClassifier { Tokens = 300, Labels = 3, Table = new Dictionary<int, int>() }.Build()), StringComparison.Ordinal);

    [Theory]
    [InlineData("config.json", "{}", "id2label")]
    [InlineData("config.json", "[", "no JSON")]
    [InlineData("config.json", """{"id2label":{"0":"O","2":"B-PER"}}""", "without holes")]
    [InlineData("config.json", """{"id2label":{"0":"O","1":"B-VESSEL","2":"I-VESSEL"}}""", "Masking:Deep:Labels:VESSEL=none")]
    [InlineData("tokenizer.json", "{}", "model")]
    [InlineData("tokenizer.json", """{"model":{"type":"Unigram","vocab":{}}}""", "Unigram")]
    [InlineData("tokenizer.json", """{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"pre_tokenizer":{"type":"Metaspace"}}""", "pre_tokenizer")]
    public void Open_FileBesideTheModel_IsRefusedByName(string file, string content, string word)
    {
        var folder = DeepBench.Bert();
        File.WriteAllText(Path.Combine(folder.Path, file), content);

        Assert.Contains(word, Assert.Throws<InvalidDataException>(() => DeepBench.Open(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OwnLabels_AreWhatTheOperatorSays()
    {
        using var tier = DeepBench.Open(DeepBench.Bert(labels: ["O", "U-VESSEL", "B-MISC"], words: new() { ["strand"] = 1, ["vale"] = 2 }), o => (o.Labels["VESSEL"], o.Labels["misc"]) = ("device", "none"));

        Assert.Equal("the file went to [DEVICE] for a second look", DeepBench.Masker(tier).Scan("the file went to strand for a second look").Masked);
        Assert.Equal("we went down to the vale and back", DeepBench.Masker(tier).Scan("we went down to the vale and back").Masked);
    }

    [Fact]
    public void Errors_BadSettings_AreNamedAtOnce()
    {
        var options = new DeepOptions { Folder = "/nowhere", Sha256 = "abc", Threshold = 2, MaxTokens = 16, Overlap = 8, Threads = 0, MaxModelBytes = 0, TimeBudget = TimeSpan.FromSeconds(1), OnFailure = (DeepFailure)7, Runtime = "/nowhere/lib.so" };
        options.Labels["MISC"] = "person";

        var errors = DeepOptionsCheck.Errors(options, TimeSpan.FromSeconds(1)).ToArray();

        Assert.Equal(
            ["Folder", "Sha256", "Labels:MISC", "TimeBudget", "MaxModelBytes", "Threshold", "Overlap", "Threads", "OnFailure", "Runtime"],
            errors.Select(e => e["Masking:Deep:".Length..].Split(" is ")[0]));
        Assert.Empty(DeepOptionsCheck.Errors(new DeepOptions { Threads = 0 }, TimeSpan.FromSeconds(1)));
    }

    private static string Refuse(byte[] model)
    {
        var folder = DeepBench.Bert();
        File.WriteAllBytes(Path.Combine(folder.Path, "model.onnx"), model);
        return Assert.Throws<InvalidDataException>(() => DeepBench.Open(folder, o => o.Sha256 = Convert.ToHexString(SHA256.HashData(model)))).Message;
    }
}
