using System.Security.Cryptography;
using Chaperone.Policy.Reading;

namespace Chaperone.Policy.Reloading;

/// <summary>What a look at the policy file found.</summary>
/// <param name="Mark">Equal for equal content; says what is wrong where there is none.</param>
/// <param name="Bytes">The content; null when it could not be read.</param>
internal sealed record PolicyContent(string Mark, byte[]? Bytes)
{
    /// <summary>Looks at <paramref name="path"/>; of a file that is too large only the beginning is read.</summary>
    public static async Task<PolicyContent> LookAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[PolicyFile.MaxBytes + 1];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            var bytes = buffer[..length];
            return new PolicyContent(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PolicyContent(e is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read", null);
        }
    }

    /// <summary>Reads the policy in it.</summary>
    public PolicyReading Read(string path)
    {
        var file = Path.GetFileName(path);
        return Bytes is null
            ? new PolicyReading(null, [new PolicyProblem(file, 0, 0, string.Empty, $"{path} {Mark}", "create it and let this process read it, or set Policy:File")])
            : PolicyFile.Read(file, Bytes);
    }
}
