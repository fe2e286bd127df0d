using Microsoft.Extensions.Configuration;

namespace Chaperone.Cli.Doctor;

/// <summary>A file of <c>NAME=value</c> lines, as systemd's EnvironmentFile= and Docker's env_file take them.</summary>
internal static class EnvironmentFile
{
    private const string Prefix = "CHAPERONE_";
    private const int MostBytes = 1 << 20;

    /// <summary>The settings of <paramref name="files"/>, of which the last wins, and then of the environment.</summary>
    /// <exception cref="UnreadableException">A file cannot be read.</exception>
    public static IConfiguration Settings(IEnumerable<string> files) => new ConfigurationBuilder()
        .AddInMemoryCollection(files.SelectMany(Read).GroupBy(s => s.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.OrdinalIgnoreCase))
        .AddEnvironmentVariables("CHAPERONE_")
        .Build();

    /// <summary>The settings of Chaperone in it, by key (<c>Bus:Uri</c>).</summary>
    /// <exception cref="UnreadableException">It is not there, or a line is neither empty, a comment, nor NAME=value.</exception>
    public static IEnumerable<KeyValuePair<string, string?>> Read(string path)
    {
        string[] lines;
        try
        {
            lines = new FileInfo(path).Length <= MostBytes ? File.ReadAllLines(path) : throw new UnreadableException($"{path} is larger than {MostBytes} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableException($"{path} cannot be read: {e.Message}");
        }

        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                // The line may hold a secret, so it is not quoted.
                throw new UnreadableException($"{path}, line {i + 1}: expected NAME=value.");
            }

            if (line[..at].StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                yield return new(line[Prefix.Length..at].Replace("__", ":", StringComparison.Ordinal), Unquote(line[(at + 1)..].Trim()));
            }
        }
    }

    private static string Unquote(string value) =>
        value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
