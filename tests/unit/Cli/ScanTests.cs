using System.Text;
using System.Text.Json;
using Chaperone.Recorder.Tests;

namespace Chaperone.Cli.Tests;

public class ScanTests
{
    private const string Note = "Seen 2021-03-04, MRN: 4432109.";

    [Fact]
    public async Task Scan_JsonLines_AnswersSpansInUtf16Units()
    {
        var input = """{"id":"a","text":"\ud83d\ude00 MRN: 4432109"}""" + "\r\n\n" + """{"text":"BP 120/80","id":7,"other":{"text":"x"}}""";

        var run = await CliRun.OfInputAsync(Encoding.UTF8.GetBytes(input), "scan", "--jsonl");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(2, run.Lines.Length);
        Assert.Equal("""{"id":"a","spans":[{"start":8,"end":15,"type":"MRN","score":0.9}]}""", run.Lines[0]);
        Assert.Equal("""{"id":7,"spans":[]}""", run.Lines[1]);
    }

    [Fact]
    public async Task Scan_JsonLinesMasked_KeepsIdsAndMasksTexts()
    {
        var run = await CliRun.OfInputAsync("""{"id":"a","text":"MRN: 4432109 \"q\""}"""u8.ToArray(), "scan", "--jsonl", "--mask", "-");

        Assert.Equal(0, run.Code);
        Assert.Equal("""{"id":"a","text":"MRN: [MRN] \"q\""}""", Assert.Single(run.Lines));
    }

    [Fact]
    public async Task Scan_PlainFileMasked_IsTheTextAndNothingElse()
    {
        var file = Path.Combine(RecorderRig.NewFolder(), "note.txt");
        await File.WriteAllTextAsync(file, Note, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), TestContext.Current.CancellationToken);

        var masked = await CliRun.OfAsync("scan", file, "--mask", "--stats");
        var found = await CliRun.OfAsync("scan", file);

        Assert.Equal((0, "Seen [DATE 2021], MRN: [MRN]."), (masked.Code, masked.Output));
        Assert.Contains("DATE         1", masked.Error, StringComparison.Ordinal);
        Assert.Contains("1 text, 30 characters in ", masked.Error, StringComparison.Ordinal);
        using var line = JsonDocument.Parse(Assert.Single(found.Lines));
        Assert.Equal(file, line.RootElement.GetProperty("id").GetString());
        Assert.Equal(["2021-03-04", "4432109"], line.RootElement.GetProperty("spans").EnumerateArray().Select(s => Note[s.GetProperty("start").GetInt32()..s.GetProperty("end").GetInt32()]));
    }

    [Theory]
    [InlineData("""{"mrn":"ZQ-44321","code":"E11.9"}""", "ZQ-44321")]
    [InlineData("MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.5\rPID|1||ZQ44321^^^H^MR||Qzed^Ann", "ZQ44321")]
    [InlineData("name,mrn\nAnn Qzed,ZQ44321\n", "ZQ44321")]
    public async Task Scan_StructuredText_IsReadByItsFields(string text, string planted)
    {
        var found = await CliRun.OfInputAsync(Encoding.UTF8.GetBytes(text), "scan");
        var masked = await CliRun.OfInputAsync(Encoding.UTF8.GetBytes(text), "scan", "--mask");

        using var line = JsonDocument.Parse(Assert.Single(found.Lines));
        var start = text.IndexOf(planted, StringComparison.Ordinal);
        Assert.Contains(line.RootElement.GetProperty("spans").EnumerateArray(), s => s.GetProperty("start").GetInt32() <= start && s.GetProperty("end").GetInt32() >= start + planted.Length);
        Assert.DoesNotContain(planted, masked.Output, StringComparison.Ordinal);
    }

    /// <summary>An error must not show what could not be read.</summary>
    [Theory]
    [InlineData("""{"id":"a","text":5}""")]
    [InlineData("""["Qzed"]""")]
    [InlineData("""{"id":"a","text":"Qzed" """)]
    [InlineData("""{"id":"a","text":"\ud83d Qzed"}""")]
    [InlineData("Qzed")]
    public async Task Scan_BadLine_NamesItsNumberAndNotItsWords(string line)
    {
        var run = await CliRun.OfInputAsync(Encoding.UTF8.GetBytes("""{"id":1,"text":"ok"}""" + "\n" + line), "scan", "--jsonl");

        Assert.Equal(2, run.Code);
        Assert.Equal("""{"id":1,"spans":[]}""", Assert.Single(run.Lines));
        Assert.StartsWith("Cannot scan: Line 2 ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Qzed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_NotUtf8_IsUnreadable()
    {
        var run = await CliRun.OfInputAsync([0x51, 0xFF, 0xFE], "scan");

        Assert.Equal((2, "Cannot scan: The input is not UTF-8.\n", ""), (run.Code, run.Error, run.Output));
    }

    /// <summary>Tokens join within a run, and with those of the gateway only where its key is named.</summary>
    [Fact]
    public async Task Scan_Linked_JoinsByTheKey()
    {
        var key = Path.Combine(RecorderRig.NewFolder(), "masking.key");
        await File.WriteAllTextAsync(key, $"k7 {Convert.ToBase64String(new byte[32])}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var input = Encoding.UTF8.GetBytes("""{"id":1,"text":"MRN: 4432109"}""" + "\n" + """{"id":1,"text":"MRN: 4432109"}""");
        string[] command = ["scan", "--jsonl", "--mask", "--profile", "linked"];

        var own = await CliRun.OfInputAsync(input, command);
        var keyed = await CliRun.OfInputAsync(input, [.. command, "--key", key]);
        var again = await CliRun.OfInputAsync(input, [.. command, "--key", key]);
        var missing = await CliRun.OfInputAsync(input, [.. command, "--key", key + "s"]);

        Assert.Equal(own.Lines[0], own.Lines[1]);
        Assert.Contains("MRN: [MRN:k0:", own.Output, StringComparison.Ordinal);
        Assert.Contains("MRN: [MRN:k7:", keyed.Output, StringComparison.Ordinal);
        Assert.Equal(keyed.Output, again.Output);
        Assert.Equal(2, missing.Code);
        Assert.False(File.Exists(key + "s"));
    }

    [Fact]
    public async Task Scan_UnknownProfileOrFile_IsAUsageError()
    {
        var profile = await CliRun.OfAsync("scan", "--profile", "loose");
        var file = await CliRun.OfAsync("scan", Path.Combine(RecorderRig.NewFolder(), "none"));

        Assert.Equal(2, profile.Code);
        Assert.Contains("safe-harbor", profile.Error, StringComparison.Ordinal);
        Assert.Equal(2, file.Code);
        Assert.StartsWith("Cannot scan: ", file.Error, StringComparison.Ordinal);
    }

    /// <summary>What nests deeper than the engine reads is withheld whole, and the exit code says so.</summary>
    [Fact]
    public async Task Scan_TextThatCannotBeMasked_IsOneFindOverAllOfIt()
    {
        var deep = new string('[', 3000) + "1" + new string(']', 3000);

        var found = await CliRun.OfInputAsync(Encoding.UTF8.GetBytes($$"""{"id":1,"text":"{{deep}}"}"""), "scan", "--jsonl");
        var masked = await CliRun.OfInputAsync(Encoding.UTF8.GetBytes(deep), "scan", "--mask");

        Assert.Equal((1, $$"""{"id":1,"spans":[{"start":0,"end":{{deep.Length}},"type":"WITHHELD","score":1}]}"""), (found.Code, Assert.Single(found.Lines)));
        Assert.Equal((1, "[WITHHELD]"), (masked.Code, masked.Output));
        Assert.Equal("1 of the texts could not be masked and were withheld.\n", masked.Error);
    }

    /// <summary>Lines are read one after another, whatever the blocks in which they arrive.</summary>
    [Fact]
    public async Task Lines_OfAnyLength_AreReadWholeAndInOrder()
    {
        var lines = Enumerable.Range(0, 300).Select(i => new string((char)('a' + (i % 26)), i * 997 % 90_000)).ToArray();
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), 100_000);

        var read = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            read.Add(Encoding.UTF8.GetString(line.Span));
        }

        Assert.Equal(lines, read);
    }

    [Fact]
    public async Task Lines_LongerThanAllowed_AreRefused()
    {
        var reader = new LineReader(new MemoryStream(new byte[200_000]), 100_000);

        await Assert.ThrowsAsync<UnreadableException>(async () => await reader.ReadAsync(TestContext.Current.CancellationToken));
    }
}
