using System.Text;

namespace Chaperone.ConformanceServer;

/// <summary>The smallest valid media, in base64 as the wire carries them.</summary>
internal static class Samples
{
    /// <summary>A PNG of one red pixel.</summary>
    public static ReadOnlyMemory<byte> Png { get; } = Encoding.ASCII.GetBytes("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==");

    /// <summary>A WAV without samples.</summary>
    public static ReadOnlyMemory<byte> Wav { get; } = Encoding.ASCII.GetBytes("UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=");
}
