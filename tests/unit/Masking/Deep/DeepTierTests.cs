using System.Text.Json;
using Chaperone.Masking.Deep;
using Chaperone.TestKit.Deep;

namespace Chaperone.Masking.Tests.Deep;

/// <summary>What the operator's own model finds is masked where it stands, and nothing that the engine found is let go.</summary>
public sealed class DeepTierTests : IDisposable
{
    private readonly DeepTier _tier = DeepBench.Open(DeepBench.Bert());

    public void Dispose() => _tier.Dispose();

    [Theory]
    [InlineData("the file went to strand for a second look", "strand", "NAME")]
    [InlineData("the file went to STRAND quill, for a second look", "STRAND quill", "NAME")]
    [InlineData("we went down to the vale and back", "vale", "LOCATION")]
    [InlineData("\ud83d\ude00 we hear that str\u00e4nd is away", "str\u00e4nd", "NAME")]
    [InlineData("said that st\u200brand is away", "st\u200brand", "NAME")]
    [InlineData("said that \u0455trand is away", "\u0455trand", "NAME")]
    public void Scan_WordsThatTheModelNames_AreMaskedWhereTheyStand(string text, string found, string type)
    {
        Assert.Empty(MaskingBench.Masker.Scan(text).Findings);

        var scanned = DeepBench.Masker(_tier).Scan(text);

        var find = Assert.Single(scanned.Findings);
        Assert.Equal((found, type), (text[find.Start..find.End], find.Type));
        Assert.Equal(text.Replace(found, $"[{type}]", StringComparison.Ordinal), scanned.Masked);
    }

    [Fact]
    public void Mask_Message_SaysThatTheModelFoundIt()
    {
        var masked = DeepBench.Mask(DeepBench.Masker(_tier), "the file went to strand for a second look");

        var place = Assert.Single(masked.Places);
        Assert.Equal(("result.content[].text", "NAME", "deep"), (place.Path, place.Type, place.Rule));
        Assert.InRange(place.Confidence, 90, 100);
        Assert.True(masked.DeepTime > TimeSpan.Zero);
    }

    [Fact]
    public void Scan_MaskedText_StaysAsItIs()
    {
        var masker = DeepBench.Masker(DeepBench.Open(DeepBench.Bert(words: new() { ["name"] = 1, ["strand"] = 1 })));

        var once = masker.Scan("the file went to strand for a second look").Masked;

        Assert.Equal(once, masker.Scan(once).Masked);
    }

    /// <summary>Keys and short fields are no text: a model that is asked about words by themselves answers anything.</summary>
    [Fact]
    public void Scan_KeysAndShortFields_AreNotRead()
    {
        const string Text = """{"strand":"vale","unit":"strand vale orme","note":"this is about strand too"}""";

        Assert.Equal(Text.Replace("about strand", "about [NAME]", StringComparison.Ordinal), DeepBench.Masker(_tier).Scan(Text).Masked);
    }

    /// <summary>The union: every character that is masked without the model is masked with it.</summary>
    [Fact]
    public void Scan_NotesOfHospitals_LosesNoFind()
    {
        var masker = DeepBench.Masker(_tier);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Notes", "notes.jsonl")))
        {
            using var note = JsonDocument.Parse(line);
            var text = note.RootElement.GetProperty("text").GetString()!;

            var covered = masker.Scan(text).Findings.SelectMany(f => Enumerable.Range(f.Start, f.End - f.Start)).ToHashSet();

            Assert.All(new Masker(new MaskingOptions(), MaskingBench.Time).Scan(text).Findings, f => Assert.True(Enumerable.Range(f.Start, f.End - f.Start).All(covered.Contains), $"{f.Type} at {f.Start}"));
        }
    }

    /// <summary>Windows overlap, so that no place of a long text is at an edge of all of them.</summary>
    [Theory]
    [InlineData(8, 0)]
    [InlineData(16, 7)]
    [InlineData(512, 64)]
    public void Scan_LongText_IsReadToItsEnd(int tokens, int overlap)
    {
        using var tier = DeepBench.Open(DeepBench.Bert(), o => (o.MaxTokens, o.Overlap) = (tokens, overlap));
        var text = string.Concat(Enumerable.Range(0, 300).Select(i => i % 7 == 3 ? "orme " : "it is so "));

        var scanned = DeepBench.Masker(tier).Scan(text);

        Assert.Equal(text.Replace("orme", "[NAME]", StringComparison.Ordinal), scanned.Masked);
    }

    [Theory]
    [InlineData("TX")]
    [InlineData("FT")]
    [InlineData("ST")]
    public void Scan_FieldsOfHl7_AreReadWhereTheyHoldText(string type)
    {
        string[] segments = ["MSH|^~\\&|A|B|C|D|20240101||ORU^R01|1|P|2.5", $"OBX|1|{type}|note||we went down to the vale and back", "NTE|1||it is said that strand is away"];
        var text = string.Join('\r', segments) + "\r";

        var masked = DeepBench.Masker(_tier).Scan(text).Masked;

        Assert.Contains("we went down to the [LOCATION] and back", masked, StringComparison.Ordinal);
        Assert.Contains("it is said that [NAME] is away", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_ModelOfFixedLengthAndShortNumbers_IsReadInItsWindows()
    {
        using var tier = DeepBench.Open(DeepBench.Bert(m => m with { Length = 12, Narrow = true }));
        var text = string.Concat(Enumerable.Repeat("it is so that orme is away ", 9));

        Assert.Equal(text.Replace("orme", "[NAME]", StringComparison.Ordinal), DeepBench.Masker(tier).Scan(text).Masked);
    }

    [Theory]
    [InlineData("the file went to Strand for a look", "Strand")]
    [InlineData("\ud83d\ude00\u00e9 that Zo\u00eb's file, to Strand.", "Strand")]
    [InlineData("about Zo\u00eb it says nothing more", "Zo\u00eb")]
    [InlineData("Strand has the file and will look", "Strand")]
    public void Scan_PairsOfBytes_StandWhereTheyAre(string text, string found)
    {
        using var tier = DeepBench.Open(DeepModelFolder.Roberta(DeepBench.NewFolder(), ["O", "S-STAFF"], new() { ["Strand"] = 1, ["Zo\u00eb"] = 1 }));

        var scanned = DeepBench.Masker(tier).Scan(text);

        Assert.Contains(scanned.Findings, f => text[f.Start..f.End] == found && f.Type == "NAME");
        Assert.DoesNotContain(found, scanned.Masked, StringComparison.Ordinal);
    }

    /// <summary>45 CFR 164.514(b)(2)(i)(C): years, and ages up to 89, may stay, whatever a model labels.</summary>
    [Theory]
    [InlineData("he was 45 when it all began", "he was 45 when it all began")]
    [InlineData("he was aged 45 when it all began", "he was aged 45 when it all began")]
    [InlineData("it was when aged 92 that it all began", "it was when 90+ that it all began")]
    [InlineData("he was ninety when it all began", "he was 90+ when it all began")]
    [InlineData("it all began in 2021 they say", "it all began in 2021 they say")]
    [InlineData("the last time was yule they say", "the last time was [DATE] they say")]
    public void Scan_YearsAndAges_Stay(string text, string masked)
    {
        using var tier = DeepBench.Open(DeepBench.Bert(labels: ["O", "AGE", "DATE"], words: new() { ["45"] = 1, ["92"] = 1, ["aged"] = 1, ["ninety"] = 1, ["2021"] = 2, ["yule"] = 2, ["lee"] = 2 }));

        Assert.Equal(masked, DeepBench.Masker(tier).Scan(text).Masked);
    }

    /// <summary>A script without blanks is read to the end, and only the piece with the find is masked.</summary>
    [Fact]
    public void Scan_ScriptWithoutBlanks_IsReadToItsEnd()
    {
        using var tier = DeepBench.Open(DeepBench.Bert(words: new() { ["\u674e"] = 1, ["\u0e01\u0e01\u0e02"] = 1 }));
        var thai = string.Concat(Enumerable.Repeat('\u0e05', 160));

        Assert.Equal("\u60a3\u8005[NAME]\u4eca\u5929\u6765\u770b\u75c5\u4e86", DeepBench.Masker(tier).Scan("\u60a3\u8005\u674e\u4eca\u5929\u6765\u770b\u75c5\u4e86").Masked);
        Assert.Equal($"{thai}[NAME]", DeepBench.Masker(tier).Scan($"{thai}\u0e01\u0e01\u0e02").Masked);
    }

    [Fact]
    public void Scan_ExemptClass_StaysThoughTheModelFindsIt()
    {
        var context = MaskingBench.ToolCall with { Exempt = ["name"] };

        Assert.Empty(DeepBench.Masker(_tier).Scan("the file went to strand for a second look", MaskingProfile.SafeHarbor, context).Findings);
    }
}
