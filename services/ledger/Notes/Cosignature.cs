using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Chaperone.Ledger;

/// <summary>What a witness signs (C2SP tlog-cosignature): it saw this checkpoint at this time, and none before it that contradicts it.</summary>
public static class Cosignature
{
    private const int TimeBytes = sizeof(long);

    /// <summary>When the witness says it signed; null unless <paramref name="signature"/> has the form of a cosignature/v1. Verify it first.</summary>
    public static DateTimeOffset? TimeOf(NoteSignature signature) =>
        TryRead(signature, out var seconds, out _) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    internal static bool TryRead(NoteSignature signature, out long seconds, out ReadOnlyMemory<byte> bare)
    {
        seconds = 0;
        bare = default;
        if (signature.Signature.Length <= TimeBytes)
        {
            return false;
        }

        seconds = BinaryPrimitives.ReadInt64BigEndian(signature.Signature.Span);
        bare = signature.Signature[TimeBytes..];
        return seconds >= 0;
    }

    internal static byte[] Message(string text, long seconds) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));

    internal static byte[] Blob(long seconds, ReadOnlySpan<byte> bare)
    {
        var blob = new byte[TimeBytes + bare.Length];
        BinaryPrimitives.WriteInt64BigEndian(blob, seconds);
        bare.CopyTo(blob.AsSpan(TimeBytes));
        return blob;
    }
}
