namespace Chaperone.TestKit;

/// <summary>Where the built programs of this checkout lie, as they are shipped.</summary>
public static class ShippedRooms
{
    /// <summary>The top of the checkout: the folder with <c>Pipeline.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program of a room of a production form, of this checkout or another.</summary>
    public static string Room(string room, string? checkout = null) => Program($"services/{room}", $"Chaperone.{char.ToUpperInvariant(room[0])}{room[1..]}", checkout);

    /// <summary>The program of a room, e.g. <c>edge</c>, or of another project by its folder, e.g. <c>compose/demo/clinic</c>.</summary>
    /// <remarks>Rooms come from the folder that <c>CHAPERONE_TEST_ROOMS</c> names, where it is set: published there, they are compiled as installed ones are.</remarks>
    /// <exception cref="FileNotFoundException">It was not built; the message says how to.</exception>
    public static string Program(string folder, string assembly, string? checkout = null)
    {
        if (Environment.GetEnvironmentVariable("CHAPERONE_TEST_ROOMS") is { Length: > 0 } rooms && folder.StartsWith("services/", StringComparison.Ordinal))
        {
            var published = Path.GetFullPath(Path.Combine(rooms, assembly + ".dll"), Root);
            return File.Exists(published) ? published : throw new FileNotFoundException($"{published} is missing, where CHAPERONE_TEST_ROOMS points. Run: compose/publish.sh");
        }

        // Built with the same configuration as these tests: bin/<configuration>/net10.0.
        var build = Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "..", ".."), AppContext.BaseDirectory);
        var path = Path.Combine(checkout ?? Root, folder, "bin", build, assembly + ".dll");
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is missing. Run: dotnet build Pipeline.sln");
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Pipeline.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("These tests run inside a checkout of the project.");
    }
}
