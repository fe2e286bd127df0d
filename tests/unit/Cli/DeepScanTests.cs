using System.Diagnostics;
using System.Text;
using Chaperone.TestKit;
using Chaperone.TestKit.Deep;

namespace Chaperone.Cli.Tests;

/// <summary>The operator's own model at the command line, and nothing of it where nobody asks for it.</summary>
public sealed class DeepScanTests
{
    private const string Note = "the file went to strand for a second look";
    private const string Library = "libonnxruntime";

    private static readonly string[] Labels = ["O", "B-PER", "I-PER"];

    private readonly string _folder = Directory.CreateTempSubdirectory("chaperone-deep-").FullName;

    [Fact]
    public async Task Scan_Deep_ReadsWithTheModelOfTheSettings()
    {
        var run = await CliRun.OfInputAsync(Encoding.UTF8.GetBytes(Note), "scan", "--mask", "--deep", "--env-file", Settings());

        Assert.Equal((0, "the file went to [NAME] for a second look", ""), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public async Task Scan_DeepWithoutModel_SaysWhatIsMissing()
    {
        var run = await CliRun.OfInputAsync([], "scan", "--deep");

        Assert.Equal(2, run.Code);
        Assert.Contains("CHAPERONE_Masking__Deep__Folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scan_DeepWithBadSettings_SaysAll()
    {
        var run = await CliRun.OfInputAsync([], "scan", "--deep", "--env-file", Settings("CHAPERONE_Masking__Deep__Threads=0", "CHAPERONE_Masking__Deep__Sha256=12"));

        Assert.Equal(2, run.Code);
        Assert.Contains("Masking:Deep:Threads", run.Error, StringComparison.Ordinal);
        Assert.Contains("Masking:Deep:Sha256", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_Model_IsTried()
    {
        var well = await CliRun.OfAsync("doctor", "--room", "masking", "--env-file", Settings());
        var ill = await CliRun.OfAsync("doctor", "--room", "masking", "--env-file", Settings($"CHAPERONE_Masking__Deep__Sha256={new string('0', 64)}"));

        Assert.Contains("ok    deep tier:", well.Output, StringComparison.Ordinal);
        Assert.Contains("MEND  deep tier:", ill.Output, StringComparison.Ordinal);
        Assert.Equal(1, ill.Code);
    }

    /// <summary>The library is large and slow to load: a process that does not use it must not have it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Scan_Process_HasTheLibraryOnlyWithTheModel(bool deep)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] args = [typeof(ChaperoneCommand).Assembly.Location, "scan", "--jsonl", "--mask", .. deep ? ["--deep", "--env-file", Settings()] : Array.Empty<string>()];
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync($$"""{"text":"{{Note}}"}""");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TestLimits.Start, TestContext.Current.CancellationToken));

        var loaded = (await File.ReadAllTextAsync($"/proc/{process.Id}/maps", TestContext.Current.CancellationToken)).Contains(Library, StringComparison.Ordinal);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(deep, loaded);
    }

    private string Settings(params string[] more)
    {
        var folder = DeepModelFolder.Bert(Path.Combine(_folder, "model"), Labels, new() { ["strand"] = 1 });
        var file = Path.Combine(_folder, "masking.env");
        File.WriteAllLines(file, [$"CHAPERONE_Masking__Deep__Folder={folder.Path}", $"CHAPERONE_Masking__Deep__Sha256={folder.Sha256}", $"CHAPERONE_Masking__KeyFile={_folder}/masking.key", .. more]);
        return file;
    }
}
