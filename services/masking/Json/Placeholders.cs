namespace Chaperone.Masking.Json;

/// <summary>What stands in for a picture, a sound or an unknown file (identifiers P and Q): the smallest valid one, so that clients can still show it.</summary>
internal static class Placeholders
{
    // A 1x1 transparent PNG, a 1x1 transparent GIF, a WAV of no samples.
    private static readonly byte[] Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="u8.ToArray();
    private static readonly byte[] Gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"u8.ToArray();
    private static readonly byte[] Wav = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA="u8.ToArray();

    /// <summary>The base64 for <paramref name="media"/>, what it is called, and the media type it then has (null: unchanged).</summary>
    public static byte[] For(string media, out Identifier identifier, out string? mediaType)
    {
        if (media.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && !media.StartsWith("image/svg", StringComparison.OrdinalIgnoreCase))
        {
            identifier = Identifier.Photo;
            mediaType = media is "image/gif" ? null : "image/png";
            return media is "image/gif" ? Gif : Png;
        }

        if (media.StartsWith("audio/", StringComparison.OrdinalIgnoreCase))
        {
            identifier = Identifier.Biometric;
            mediaType = "audio/wav";
            return Wav;
        }

        identifier = Identifier.Blob;
        mediaType = null;
        return [];
    }
}
