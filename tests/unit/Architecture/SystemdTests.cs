using Chaperone.TestKit;

namespace Chaperone.Architecture.Tests;

/// <summary>No systemd runs units in tests, so everything in them that names something else is checked against that.</summary>
public sealed class SystemdTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "compose", "systemd");

    public static TheoryData<string> Units => [.. Directory.GetFiles(Folder, "*.service").Select(f => Path.GetFileName(f)!)];

    [Fact]
    public void Units_Programs_AreTheHostAndEveryRoom() => Assert.Equal(
        ["Approval", "Console", "Edge", "Host", "Masking", "Policy", "Recorder"],
        Units.Select(u => Program(u.Data)).Order(StringComparer.Ordinal));

    /// <summary>Hardening is one drop-in for the prefix; a unit of another name would go without.</summary>
    [Theory]
    [MemberData(nameof(Units))]
    public void Unit_Name_FallsUnderTheHardening(string unit) => Assert.StartsWith("chaperone-", unit, StringComparison.Ordinal);

    /// <summary>A room that is broken into gives away only the keys it works with.</summary>
    [Theory]
    [InlineData("chaperone-edge.service", "edge")]
    [InlineData("chaperone-policy@.service")]
    [InlineData("chaperone-masking@.service", "masking")]
    [InlineData("chaperone-approval@.service", "approval")]
    [InlineData("chaperone-recorder.service", "recorder")]
    [InlineData("chaperone-console.service")]
    public void Unit_KeysOfOtherRooms_AreOutOfReach(string unit, params string[] own)
    {
        var hidden = Values(unit, "InaccessiblePaths").SelectMany(v => v.Split(' ')).ToArray();

        Assert.Equal(
            new[] { "edge", "approval", "masking", "recorder" }.Except(own).Select(k => $"-/var/lib/chaperone/keys/{k}").Order(StringComparer.Ordinal),
            hidden.Where(h => h.Contains("/keys/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(unit != "chaperone-recorder.service", hidden.Contains("-/var/lib/chaperone/recorder"));
    }

    [Theory]
    [InlineData("NoNewPrivileges", "true")]
    [InlineData("User", "chaperone")]
    [InlineData("CapabilityBoundingSet", "")]
    [InlineData("ProtectSystem", "strict")]
    [InlineData("ProtectHome", "true")]
    [InlineData("PrivateTmp", "true")]
    [InlineData("PrivateDevices", "true")]
    [InlineData("ProtectKernelTunables", "true")]
    [InlineData("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX AF_NETLINK")]
    [InlineData("Restart", "always")]
    [InlineData("UMask", "0077")]
    public void Hardening_Setting_IsThere(string name, string value) => Assert.Equal([value], Values("hardening.conf", name));

    [Theory]
    [InlineData("embedded.env")]
    [InlineData("production.env")]
    public void Settings_OfTheFile_Exist(string file)
    {
        var settings = File.ReadLines(Path.Combine(Folder, file)).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('=', 2)).ToArray();

        Assert.NotEmpty(settings);
        Assert.Empty(settings.Where(s => !SettingNames.Exists(s[0])).Select(s => s[0]));
        Assert.Empty(settings.GroupBy(s => s[0]).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(settings.Where(s => s[0].EndsWith("KeyFile", StringComparison.Ordinal)), s => Assert.StartsWith("/var/lib/chaperone/keys/", s[1], StringComparison.Ordinal));
    }

    /// <summary>Ten workers of a room have ports of their own, and no two rooms share one.</summary>
    [Fact]
    public void Ports_OfTheProductionForm_AreDifferent()
    {
        var addresses = Units.Select(u => u.Data).Where(u => u != "chaperone-host.service")
            .Select(u => Values(u, "Environment").Single(v => v.StartsWith("ASPNETCORE_URLS=", StringComparison.Ordinal))).ToArray();

        Assert.Equal(6, addresses.Distinct(StringComparer.Ordinal).Count());
        Assert.All(addresses, a => Assert.StartsWith("ASPNETCORE_URLS=http://127.0.0.1:71", a, StringComparison.Ordinal));
        Assert.Equal(Units.Count(u => u.Data.Contains('@')), addresses.Count(a => a.EndsWith("%i", StringComparison.Ordinal)));
    }

    [Fact]
    public void Target_Wants_UnitsThatAreThere()
    {
        var wanted = Values("chaperone.target", "Wants").SelectMany(v => v.Split(' ')).ToArray();

        Assert.Equal(9, wanted.Length);
        Assert.All(wanted, w => Assert.Contains(w.Contains('@') ? w[..(w.IndexOf('@') + 1)] + ".service" : w, Units.Select(u => u.Data)));
    }

    private static string Program(string unit)
    {
        var start = Assert.Single(Values(unit, "ExecStart"));
        Assert.StartsWith("@PREFIX@/lib/chaperone/Chaperone.", start, StringComparison.Ordinal);
        return start["@PREFIX@/lib/chaperone/Chaperone.".Length..];
    }

    private static IEnumerable<string> Values(string unit, string name) =>
        File.ReadLines(Path.Combine(Folder, unit)).Where(l => l.StartsWith(name + "=", StringComparison.Ordinal)).Select(l => l[(name.Length + 1)..]);
}
