namespace Chaperone.Cli.Tests;

/// <summary>What one command line said and how it ended.</summary>
internal sealed record CliRun(int Code, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<CliRun> OfAsync(params string[] args) => OfInputAsync([], args);

    /// <summary>A run with <paramref name="input"/> piped in.</summary>
    public static async Task<CliRun> OfInputAsync(byte[] input, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await ChaperoneCommand.RunAsync(args, output, error, () => new MemoryStream(input), TestContext.Current.CancellationToken);
        return new CliRun(code, output.ToString(), error.ToString());
    }
}
