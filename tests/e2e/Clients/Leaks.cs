using System.Text.RegularExpressions;

namespace Chaperone.E2E.Tests.Clients;

/// <summary>Looks for a patient's identifiers in what a client was given.</summary>
internal static class Leaks
{
    /// <summary>Fails naming the columns whose value stands in <paramref name="text"/> as a word of its own; never the values.</summary>
    public static void None(IReadOnlyDictionary<string, string> identifiers, string text)
    {
        var plain = Regex.Unescape(text.Replace("\\\"", "\"", StringComparison.Ordinal));
        var found = identifiers.Where(i => Stands(i.Value, text) || Stands(i.Value, plain)).Select(i => i.Key).ToArray();
        Assert.True(found.Length == 0, $"seen behind the gateway: {string.Join(", ", found)}");
    }

    private static bool Stands(string value, string text) => Regex.IsMatch(text, $@"(?<![\w]){Regex.Escape(value)}(?![\w])");
}
