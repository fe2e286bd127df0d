namespace Chaperone.TestKit;

/// <summary>Where the tests find what the build made.</summary>
public static class Repository
{
    /// <summary>The folder of <c>Pipeline.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release, as this test was built.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>A program of the solution as built, e.g. <c>("services/host", "Chaperone.Host")</c>.</summary>
    /// <exception cref="InvalidOperationException">It was not built; the message says what to do.</exception>
    public static string Program(string folder, string name)
    {
        var path = Path.Combine(Root, folder, "bin", Configuration, "net10.0", $"{name}.dll");
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is not there. Build it: dotnet build {folder} -c {Configuration}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"Pipeline.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
