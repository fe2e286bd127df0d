namespace Chaperone.TestKit;

/// <summary>The files of the project itself, for tests about them.</summary>
public static class SourceTree
{
    private static readonly string[] Made = ["bin", "obj", "node_modules", "data", ".git", ".vs", ".idea", "artifacts", "TestResults", ".demo"];

    /// <summary>The directory that holds <c>Pipeline.sln</c>.</summary>
    /// <exception cref="InvalidOperationException">The test does not run from within the project.</exception>
    public static string Root { get; } = Find();

    /// <summary>Every file that somebody wrote, relative to <see cref="Root"/>; nothing that a build or a run made.</summary>
    public static IEnumerable<string> Files() => Below(Root).Select(f => Path.GetRelativePath(Root, f));

    private static IEnumerable<string> Below(string directory) =>
        Directory.EnumerateFiles(directory).Where(f => Path.GetFileName(f) != ".git").Concat(
            Directory.EnumerateDirectories(directory)
                .Where(d => !Made.Contains(Path.GetFileName(d), StringComparer.Ordinal) && new DirectoryInfo(d).LinkTarget is null)
                .SelectMany(Below));

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Pipeline.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("Pipeline.sln was not found above the test's directory. Run the tests from within the project.");
    }
}
