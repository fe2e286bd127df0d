using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Chaperone.Masking.Deep;

/// <summary>Reads how a model's tokens are cut: <c>tokenizer.json</c> (WordPiece, or BPE over bytes), else <c>vocab.txt</c> with <c>tokenizer_config.json</c>.</summary>
internal static class TokenizerFile
{
    private const long Largest = 64L << 20;
    private const int MostTokens = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <exception cref="InvalidDataException">There is none, it is too large, or of a kind that is not known.</exception>
    public static ITokenCutter Read(string folder)
    {
        var file = Path.Combine(folder, "tokenizer.json");
        if (File.Exists(file))
        {
            using var document = ModelFolder.ReadJson(file, Largest);
            return OfJson(document.RootElement);
        }

        var words = Path.Combine(folder, "vocab.txt");
        if (!File.Exists(words))
        {
            throw new InvalidDataException($"{folder} has neither tokenizer.json nor vocab.txt; put the one of the model there.");
        }

        return OfWords(ModelFolder.ReadBytes(words, Largest), Path.Combine(folder, "tokenizer_config.json"));
    }

    private static WordPieceCutter OfWords(byte[] words, string settings)
    {
        using var document = File.Exists(settings) ? ModelFolder.ReadJson(settings, Largest) : JsonDocument.Parse("{}");
        var lower = Flag(document.RootElement, "do_lower_case") ?? true;
        var vocabulary = Encoding.UTF8.GetString(words).Split('\n').Select((w, i) => (Word: w.TrimEnd('\r'), i)).Where(w => w.Word.Length > 0).ToDictionary(w => w.Word, w => w.i, StringComparer.Ordinal);
        return Pieces(vocabulary, "[UNK]", lower, Flag(document.RootElement, "strip_accents") ?? lower, Find(vocabulary, "[CLS]"), Find(vocabulary, "[SEP]"));
    }

    private static ITokenCutter OfJson(JsonElement root)
    {
        var model = Object(root, "model") ?? throw new InvalidDataException("tokenizer.json has no object model.");
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in (Object(model, "vocab") ?? throw new InvalidDataException("tokenizer.json has no object model.vocab.")).EnumerateObject())
        {
            vocabulary[token.Name] = token.Value.TryGetInt32(out var id) && id is >= 0 and < MostTokens ? id : throw new InvalidDataException($"tokenizer.json's vocabulary must number its tokens from 0 to {MostTokens - 1}.");
        }

        var (before, behind) = Marks(root, vocabulary);
        var normalizer = Object(root, "normalizer");
        switch (Text(model, "type") ?? (model.TryGetProperty("merges", out _) ? "BPE" : "WordPiece"))
        {
            case "WordPiece":
                if (Text(normalizer, "type") is not (null or "BertNormalizer") || (Text(model, "continuing_subword_prefix") ?? "##") != "##")
                {
                    throw new InvalidDataException("tokenizer.json cuts pieces of words in a way that is not known: it takes BertNormalizer and the prefix ##.");
                }

                var lower = normalizer is { } n && (Flag(n, "lowercase") ?? true);
                return Pieces(vocabulary, Text(model, "unk_token") ?? "[UNK]", lower, (normalizer is { } m ? Flag(m, "strip_accents") : null) ?? lower, before, behind);
            case "BPE":
                if (Text(normalizer, "type") is not (null or "NFC"))
                {
                    throw new InvalidDataException("tokenizer.json changes a text before it cuts it, in a way that is not known: BPE takes no normalizer but NFC.");
                }

                var (pattern, blank) = Cutting(root);
                var options = new BpeOptions(vocabulary) { Merges = Merges(model), ByteLevel = true };
                return new BytePairCutter(BpeTokenizer.Create(options), pattern, blank, before, behind);
            case var other:
                throw new InvalidDataException($"tokenizer.json is of the kind {other}; WordPiece and BPE over bytes are known.");
        }
    }

    private static WordPieceCutter Pieces(Dictionary<string, int> vocabulary, string unknown, bool lower, bool plain, int? before, int? behind)
    {
        if (!vocabulary.ContainsKey(unknown) || vocabulary.Values.Max() >= MostTokens)
        {
            throw new InvalidDataException($"The vocabulary must have at most {MostTokens} tokens and hold {unknown}.");
        }

        // The library reads one token a line, in the order of their numbers.
        var lines = Enumerable.Range(0, vocabulary.Values.Max() + 1).Select(i => $"[no token {i}]").ToArray();
        foreach (var (token, id) in vocabulary)
        {
            lines[id] = token;
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return new WordPieceCutter(WordPieceTokenizer.Create(stream, new WordPieceOptions { UnknownToken = unknown }), lower, plain, before, behind);
    }

    // ["a b", ...], and in newer files [["a", "b"], ...].
    private static List<string> Merges(JsonElement model)
    {
        if (!model.TryGetProperty("merges", out var merges) || merges.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException("tokenizer.json has no list model.merges.");
        }

        return [.. merges.EnumerateArray().Select(m => m.ValueKind == JsonValueKind.Array ? string.Join(' ', m.EnumerateArray().Select(p => p.GetString())) : m.GetString()!)];
    }

    private static (Regex? Pattern, bool BlankFirst) Cutting(JsonElement root)
    {
        var cutter = Object(root, "pre_tokenizer") ?? throw new InvalidDataException("tokenizer.json has no pre_tokenizer; BPE takes ByteLevel, or a sequence of Split and ByteLevel.");
        JsonElement[] steps = Text(cutter, "type") == "Sequence" && cutter.TryGetProperty("pretokenizers", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [cutter];
        if (steps.Length is 0 or > 2 || Text(steps[^1], "type") != "ByteLevel" || (steps.Length == 2 && Text(steps[0], "type") != "Split"))
        {
            throw new InvalidDataException("tokenizer.json's pre_tokenizer is not known; BPE takes ByteLevel, or a sequence of Split and ByteLevel.");
        }

        var blank = Flag(steps[^1], "add_prefix_space") ?? true;
        if (steps.Length == 1)
        {
            return (null, blank);
        }

        var pattern = Object(steps[0], "pattern") is { } given ? Text(given, "Regex") : null;
        return (new Regex(pattern ?? throw new InvalidDataException("tokenizer.json's Split has no pattern.Regex."), RegexOptions.CultureInvariant, Patience), blank);
    }

    // The tokens before and behind a text, as the file's post_processor writes them.
    private static (int? Before, int? Behind) Marks(JsonElement root, Dictionary<string, int> vocabulary)
    {
        var template = Object(root, "post_processor");
        if (template is not { } post)
        {
            return (null, null);
        }

        if (Text(post, "type") == "Sequence" && post.TryGetProperty("processors", out var all) && all.ValueKind == JsonValueKind.Array)
        {
            post = all.EnumerateArray().FirstOrDefault(p => Text(p, "type") == "TemplateProcessing");
        }

        switch (Text(post, "type"))
        {
            case "BertProcessing" or "RobertaProcessing":
                return (post.GetProperty("cls")[1].GetInt32(), post.GetProperty("sep")[1].GetInt32());
            case "TemplateProcessing":
                var marks = post.GetProperty("single").EnumerateArray().Select(p => Object(p, "SpecialToken") is { } special ? Text(special, "id") : null).ToArray();
                var text = Array.IndexOf(marks, null);
                if (marks.Length > 3 || text < 0 || text > 1 || marks.Length - text > 2)
                {
                    throw new InvalidDataException("tokenizer.json writes more than one token before or behind a text.");
                }

                return (text > 0 ? Number(marks[0]!) : null, marks.Length - text > 1 ? Number(marks[^1]!) : null);
            default:
                return (null, null);
        }

        int Number(string token) => Find(vocabulary, token)
            ?? (root.TryGetProperty("added_tokens", out var added) ? added.EnumerateArray().Where(a => Text(a, "content") == token).Select(a => (int?)a.GetProperty("id").GetInt32()).FirstOrDefault() : null)
            ?? throw new InvalidDataException($"tokenizer.json has no token {token}.");
    }

    private static int? Find(Dictionary<string, int> vocabulary, string token) => vocabulary.TryGetValue(token, out var id) ? id : null;

    private static JsonElement? Object(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } && of.Value.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Flag(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
