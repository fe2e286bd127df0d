namespace Chaperone.Policy.Reading;

/// <summary>One file of a policy as it was found.</summary>
/// <param name="Name">Path from the main file's folder, with <c>/</c>.</param>
/// <param name="Bytes">Its content; null when it could not be read.</param>
/// <param name="Fault">What kept it from being read; null when it was.</param>
internal sealed record PolicySource(string Name, byte[]? Bytes, string? Fault = null)
{
    /// <summary>Looks at <paramref name="path"/>; of a file that is too large only the beginning is read.</summary>
    public static async Task<PolicySource> LookAsync(string name, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

            // Looked at often, and small mostly. One byte more than it has shows whether it grew meanwhile: then it is read as far as allowed.
            var buffer = new byte[Math.Min(stream.CanSeek ? stream.Length : PolicyFile.MaxBytes, PolicyFile.MaxBytes) + 1];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            if (length == buffer.Length && length <= PolicyFile.MaxBytes)
            {
                var larger = new byte[PolicyFile.MaxBytes + 1];
                buffer.CopyTo(larger, 0);
                length += await stream.ReadAtLeastAsync(larger.AsMemory(length), larger.Length - length, throwOnEndOfStream: false, cancellationToken);
                buffer = larger;
            }

            return new PolicySource(name, buffer[..length]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PolicySource(name, null, e is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read");
        }
    }
}
