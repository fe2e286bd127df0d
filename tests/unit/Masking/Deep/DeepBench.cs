using System.Text;
using Chaperone.Masking.Deep;
using Chaperone.TestKit.Deep;

namespace Chaperone.Masking.Tests.Deep;

/// <summary>Maskers with a model of the tests' own, which ONNX Runtime itself runs. It knows words that the engine leaves alone.</summary>
internal static class DeepBench
{
    public static readonly string[] Bio = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"];

    public static readonly Dictionary<string, int> Words = new(StringComparer.Ordinal) { ["strand"] = 1, ["quill"] = 2, ["vale"] = 3, ["orme"] = 1 };

    public static string NewFolder() => Directory.CreateTempSubdirectory("chaperone-deep-").FullName;

    public static DeepModelFolder Bert(Func<OnnxClassifier, OnnxClassifier>? change = null, string[]? labels = null, Dictionary<string, int>? words = null) =>
        DeepModelFolder.Bert(NewFolder(), labels ?? Bio, words ?? Words, change);

    public static DeepOptions Options(DeepModelFolder folder) => new() { Folder = folder.Path, Sha256 = folder.Sha256, TimeBudget = TestKit.TestLimits.Signal };

    public static DeepTier Open(DeepModelFolder folder, Action<DeepOptions>? change = null)
    {
        var options = Options(folder);
        change?.Invoke(options);
        return DeepTier.Open(options, TimeProvider.System);
    }

    public static Masker Masker(DeepTier tier) => new(new MaskingOptions { TimeBudget = TestKit.TestLimits.Signal }, MaskingBench.Time, deep: tier);

    public static MaskedMessage Mask(Masker masker, string text) => masker.Mask(
        Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}}}]}}"""),
        MaskingProfile.SafeHarbor,
        MaskingBench.ToolCall);
}
