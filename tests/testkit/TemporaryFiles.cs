namespace Chaperone.TestKit;

/// <summary>Removes what a server left in its temporary directory.</summary>
internal static class TemporaryFiles
{
    /// <summary>Deletes <paramref name="directory"/>; a server's helpers may still write for a moment after their parent was killed.</summary>
    public static Task DeleteAsync(string directory) => TestLimits.UntilAsync(
        () =>
        {
            try
            {
                Directory.Delete(directory, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                return ValueTask.FromResult(!Directory.Exists(directory));
            }
            catch (IOException)
            {
                return ValueTask.FromResult(false);
            }

            return ValueTask.FromResult(true);
        },
        $"{directory} to be deletable",
        CancellationToken.None);
}
