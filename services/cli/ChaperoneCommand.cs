namespace Chaperone.Cli;

/// <summary>The <c>chaperone</c> command.</summary>
internal static class ChaperoneCommand
{
    public static Task<int> RunAsync(string[] args) => Task.FromResult(args.Length);
}
