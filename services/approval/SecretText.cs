namespace Chaperone.Approval;

/// <summary>A secret from a setting or, better, from a file that only this process may read.</summary>
internal static class SecretText
{
    private const int LongestSecret = 4096;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Whether either is set.</summary>
    public static bool IsSet(string? value, string? file) => !string.IsNullOrWhiteSpace(value) || !string.IsNullOrWhiteSpace(file);

    /// <summary>The secret without the line end of its file.</summary>
    /// <exception cref="InvalidDataException">Missing, readable by others, or too long; the message never holds the secret.</exception>
    public static string Read(string key, string? value, string? file)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            return !string.IsNullOrWhiteSpace(value) ? value.Trim() : throw new InvalidDataException($"{key} is not set.");
        }

        return Problem(key, file) is { } problem
            ? throw new InvalidDataException(problem)
            : File.ReadAllText(file).Trim();
    }

    /// <summary>Why <paramref name="file"/> cannot be used; null if it can.</summary>
    public static string? Problem(string key, string file)
    {
        var found = new FileInfo(file);
        return !found.Exists ? $"{key}File is '{file}', which does not exist. Write the secret into it, readable by this process only."
            : found.Length is 0 or > LongestSecret ? $"{key}File is '{file}' with {found.Length} bytes. Write exactly the secret into it."
            : (found.UnixFileMode & Others) != 0 ? $"{key}File is '{file}', which others than its owner may read or write. Run: chmod 600 {file}"
            : null;
    }
}
