using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Recorder.Sealing;

/// <summary>Event ids that come from what is recorded, so that recorders that notice the same thing at once record it once.</summary>
internal static class DerivedId
{
    /// <summary>A UUIDv7 in shape: the time given, then a hash of the rest.</summary>
    /// <param name="label">What kind of thing it is.</param>
    /// <param name="content">What tells it from others of its kind.</param>
    /// <param name="milliseconds">Unix time that all who notice it agree on.</param>
    public static Guid Of(string label, string content, long milliseconds)
    {
        var id = SHA256.HashData(Encoding.UTF8.GetBytes(label + content)).AsSpan(0, 16).ToArray();
        var time = BitConverter.GetBytes(milliseconds);
        Array.Reverse(time);
        time.AsSpan(2, 6).CopyTo(id);

        // Version 7, variant 10.
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
