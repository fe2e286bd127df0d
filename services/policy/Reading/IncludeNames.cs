using System.Text;
using System.Text.RegularExpressions;

namespace Chaperone.Policy.Reading;

/// <summary>Finds what a file includes: paths below the main file's folder, written from the folder of the file that includes them.</summary>
internal static partial class IncludeNames
{
    /// <summary>The good names in <paramref name="bytes"/>; what is wrong with others is told when the file is read.</summary>
    public static IReadOnlyList<string> Of(string file, byte[] bytes)
    {
        // Most policies are one file: they are not read twice.
        if (bytes.AsSpan().IndexOf("include"u8) < 0 || bytes.Length > PolicyFile.MaxBytes)
        {
            return [];
        }

        var problems = new PolicyProblems(file);
        return YamlTree.Read(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), problems) is YamlMapping root
            && root.Entries.FirstOrDefault(e => e.Key.Text == "include").Value is { } node
            ? [.. (node is YamlSequence list ? list.Items : [node]).OfType<YamlScalar>().Select(s => Resolve(file, s.Text)).OfType<string>().Distinct(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>The name of the file that <paramref name="file"/> means by <paramref name="text"/>; null when it leaves the folder or is no path.</summary>
    public static string? Resolve(string file, string text) =>
        text.Length <= 200 && Relative().IsMatch(text) ? file[..(file.LastIndexOf('/') + 1)] + text : null;

    // No part begins with a dot: neither ".." nor hidden files.
    [GeneratedRegex(@"^([A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Relative();
}
