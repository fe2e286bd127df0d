using System.Text;

namespace Chaperone.Policy.Reading;

/// <summary>Turns a file's bytes into text.</summary>
internal static class SourceText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text; null when the file is too large or no UTF-8 (reported).</summary>
    public static string? Of(ReadOnlySpan<byte> bytes, PolicyProblems problems)
    {
        if (bytes.Length > PolicyFile.MaxBytes)
        {
            problems.Add($"has more than {PolicyFile.MaxBytes} bytes", "merge rules with lists and globs, or split the file with include");
            return null;
        }

        try
        {
            return StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            problems.Add($"is not UTF-8 at byte {e.Index}", "save it as UTF-8");
            return null;
        }
    }
}
