using Chaperone.Console.SignIn;
using FsCheck.Xunit;
using Microsoft.Extensions.Options;

namespace Chaperone.Console.Tests.SignIn;

public sealed class RoleMapTests
{
    private static readonly RoleMap Map = new(Options.Create(new ConsoleOptions
    {
        ApproverGroups = ["charge-nurses", "leads"],
        AnalystGroups = ["soc"],
        AdminGroups = ["leads"],
    }));

    [Fact]
    public void RolesOf_GroupsOfSeveralRoles_GivesEach()
    {
        Assert.Equal(ConsoleRoles.Approver | ConsoleRoles.Admin, Map.RolesOf(["leads"]));
        Assert.Equal(ConsoleRoles.Approver | ConsoleRoles.Analyst, Map.RolesOf(["soc", "charge-nurses", "others"]));
    }

    [Theory]
    [InlineData("SOC")]
    [InlineData("soc ")]
    [InlineData("")]
    [InlineData("soc,leads")]
    public void RolesOf_AlmostTheName_GivesNone(string group) => Assert.Equal(ConsoleRoles.None, Map.RolesOf([group]));

    /// <summary>Default deny: without settings no group is worth anything.</summary>
    [Property]
    public bool RolesOf_NothingConfigured_GivesNone(string[] groups) =>
        new RoleMap(Options.Create(new ConsoleOptions())).RolesOf(groups) == ConsoleRoles.None;
}
