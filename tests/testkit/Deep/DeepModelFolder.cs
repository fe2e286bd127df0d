using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Chaperone.TestKit.Deep;

/// <summary>A folder with a model as operators mount it, which labels the words that it is told; in the temporary files of the tests.</summary>
public sealed class DeepModelFolder
{
    private DeepModelFolder(string path, byte[] model)
    {
        Path = path;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(model));
        File.WriteAllBytes(System.IO.Path.Combine(path, "model.onnx"), model);
    }

    public string Path { get; }

    /// <summary>SHA-256 of the model, to be pinned.</summary>
    public string Sha256 { get; }

    /// <summary>BERT's way: <c>vocab.txt</c>, all letters, and the words of <paramref name="words"/> with the number of their label among <paramref name="labels"/>.</summary>
    public static DeepModelFolder Bert(string path, string[] labels, Dictionary<string, int> words, Func<OnnxClassifier, OnnxClassifier>? change = null)
    {
        // A model that finds nobody in the sample is refused.
        words = words.ContainsKey("lee") ? words : new(words) { ["lee"] = 1 };
        string[] letters = [.. Enumerable.Range(33, 94).Select(c => ((char)c).ToString()).Where(c => !char.IsAsciiLetterUpper(c[0]))];
        string[] vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", .. letters, .. letters.Where(c => char.IsLetterOrDigit(c[0])).Select(c => $"##{c}"), .. words.Keys];
        Directory.CreateDirectory(path);
        File.WriteAllLines(System.IO.Path.Combine(path, "vocab.txt"), vocabulary);
        File.WriteAllText(System.IO.Path.Combine(path, "tokenizer_config.json"), """{"do_lower_case":true}""");
        return Write(path, labels, vocabulary.Length, words.ToDictionary(w => Array.IndexOf(vocabulary, w.Key), w => w.Value), change);
    }

    /// <summary>RoBERTa's way: <c>tokenizer.json</c> with pairs of bytes; the words of <paramref name="words"/> stand behind a blank.</summary>
    public static DeepModelFolder Roberta(string path, string[] labels, Dictionary<string, int> words, Func<OnnxClassifier, OnnxClassifier>? change = null)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal) { ["<s>"] = 0, ["<pad>"] = 1, ["</s>"] = 2, ["<unk>"] = 3 };
        var merges = new List<string>();
        var table = new Dictionary<int, int>();
        for (var b = 0; b < 256; b++)
        {
            vocabulary.TryAdd(Written((byte)b).ToString(), vocabulary.Count);
        }

        foreach (var (word, label) in words.ContainsKey("Lee") ? words : new(words) { ["Lee"] = 1 })
        {
            var letters = string.Concat(Encoding.UTF8.GetBytes($" {word}").Select(Written));
            for (var i = 1; i < letters.Length; i++)
            {
                if (vocabulary.TryAdd(letters[..(i + 1)], vocabulary.Count))
                {
                    merges.Add($"{letters[..i]} {letters[i]}");
                }
            }

            table[vocabulary[letters]] = label;
        }

        Directory.CreateDirectory(path);
        File.WriteAllText(System.IO.Path.Combine(path, "tokenizer.json"), JsonSerializer.Serialize(new
        {
            version = "1.0",
            pre_tokenizer = new { type = "ByteLevel", add_prefix_space = true, trim_offsets = true },
            post_processor = new { type = "RobertaProcessing", sep = new object[] { "</s>", 2 }, cls = new object[] { "<s>", 0 } },
            model = new { type = "BPE", vocab = vocabulary, merges },
        }));
        return Write(path, labels, vocabulary.Count, table, change);
    }

    private static DeepModelFolder Write(string path, string[] labels, int tokens, Dictionary<int, int> table, Func<OnnxClassifier, OnnxClassifier>? change)
    {
        var config = new { id2label = labels.Select((l, i) => (l, i)).ToDictionary(p => p.i.ToString(System.Globalization.CultureInfo.InvariantCulture), p => p.l) };
        File.WriteAllText(System.IO.Path.Combine(path, "config.json"), JsonSerializer.Serialize(config));
        var model = new OnnxClassifier { Tokens = tokens, Labels = labels.Length, Table = table };
        return new DeepModelFolder(path, (change?.Invoke(model) ?? model).Build());
    }

    // GPT-2 writes a byte that is no sign as the character 256 and more.
    private static char Written(byte value) => Signs.TryGetValue(value, out var sign) ? sign : (char)value;

    private static readonly Dictionary<byte, char> Signs = Enumerable.Range(0, 256)
        .Where(b => b is not ((>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255)))
        .Select((b, i) => ((byte)b, (char)(256 + i))).ToDictionary(p => p.Item1, p => p.Item2);
}
