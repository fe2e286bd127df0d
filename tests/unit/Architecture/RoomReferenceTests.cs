using System.Reflection;
using System.Xml.Linq;
using Chaperone.TestKit;

namespace Chaperone.Architecture.Tests;

/// <summary>Rooms talk to each other through contracts only.</summary>
public sealed class RoomReferenceTests
{
    private static readonly string[] Rooms = ["Edge", "Policy", "Approval", "Masking", "Recorder", "Console"];

    /// <summary>What each project of ours may reference of ours; a new project has to be written down here.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Ledger"] = [],
        ["Bus"] = ["Contracts"],
        ["Edge"] = ["Contracts", "Bus"],
        ["Policy"] = ["Contracts", "Bus"],
        ["Approval"] = ["Contracts", "Bus"],
        ["Masking"] = ["Contracts", "Bus"],
        ["Recorder"] = ["Contracts", "Bus", "Ledger"],
        ["Console"] = ["Contracts", "Bus"],
        ["Cli"] = ["Contracts", "Ledger", "Bus", .. Rooms],
        ["Host"] = ["Contracts", "Bus", .. Rooms],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assembly_References_AreThoseAllowed(string project)
    {
        var ours = References(project).Where(IsOurs).Select(Short);

        Assert.Empty(ours.Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectFile_References_AreThoseAllowed(string project)
    {
        var file = Assert.Single(Directory.GetFiles(Path.Combine(SourceTree.Root, "services", project.ToLowerInvariant()), "*.csproj"));
        var ours = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Short(Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))));

        Assert.Empty(ours.Except(Allowed[project]));
    }

    [Fact]
    public void Services_EveryDirectory_IsAKnownProject() => Assert.Equal(
        Allowed.Keys.Select(p => p.ToLowerInvariant()).Order(StringComparer.Ordinal),
        Directory.GetDirectories(Path.Combine(SourceTree.Root, "services")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal));

    /// <summary>MassTransit 8 ends one day: one project names it, and the broker's client.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Transport_IsNamedByTheBusOnly(string project)
    {
        var transports = References(project).Where(r => r.StartsWith("MassTransit", StringComparison.Ordinal) || r.StartsWith("RabbitMQ", StringComparison.Ordinal));

        Assert.Equal(project == "Bus", transports.Any());
    }

    /// <summary>The embedded rooms share one process: no two may bring a file that publishing would have to choose between.</summary>
    [Fact]
    public void Settings_File_IsInNoRoom() =>
        Assert.DoesNotContain(SourceTree.Files(), f => f.StartsWith("services", StringComparison.Ordinal) && Path.GetFileName(f).StartsWith("appsettings", StringComparison.Ordinal));

    private static IEnumerable<string> References(string project) =>
        Assembly.Load(project == "Cli" ? "chaperone" : $"Chaperone.{project}").GetReferencedAssemblies().Select(r => r.Name!);

    private static bool IsOurs(string assembly) => assembly.StartsWith("Chaperone.", StringComparison.Ordinal) || assembly == "chaperone";

    private static string Short(string assembly) => assembly.Split('.')[^1] is "chaperone" ? "Cli" : assembly.Split('.')[^1];
}
