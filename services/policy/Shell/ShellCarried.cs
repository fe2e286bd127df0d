using System.Text.Json;
using Chaperone.Policy.Carried;

namespace Chaperone.Policy.Shell;

/// <summary>Finds the shell commands in a call's arguments.</summary>
internal static class ShellCarried
{
    /// <summary>What <paramref name="tool"/> carries; null when it carries none by its declaration.</summary>
    public static ShellScript? Find(CarryingArgument[] declared, string tool, JsonElement arguments) => CarriedTexts.Find(declared, tool, arguments) switch
    {
        null => null,
        { Problem: { } problem } => new ShellScript { Problem = problem },
        { Texts: var texts } => ShellReader.Read(string.Join('\n', texts)),
    };
}
