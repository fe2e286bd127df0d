using System.IO.Compression;
using System.Security.Cryptography;

namespace Chaperone.Recorder.Sealing;

/// <summary>
/// A part of a record compressed before it is sealed: Brotli (RFC 7932). Only what has <see cref="Least"/> bytes or more and gets
/// smaller by an eighth at least; smaller ones cost more time than they save room. Its size stands in the header: that tells nobody a
/// secret beside words of his choice (as in CRIME), for a part is either the caller's own request or masked.
/// </summary>
internal static class PackedPart
{
    /// <summary>Bytes from which on it is tried.</summary>
    public const int Least = 2048;

    // Of 0 to 11: the higher ones take several times as long for a tenth less.
    private const int Quality = 1;

    // Log2 of the bytes in which repetitions are found.
    private const int Window = 18;

    /// <summary>The compressed bytes; null where it does not pay.</summary>
    public static byte[]? Pack(ReadOnlySpan<byte> plaintext)
    {
        if (plaintext.Length < Least)
        {
            return null;
        }

        // What does not fit here has not become small enough.
        var packed = new byte[plaintext.Length - (plaintext.Length / 8)];
        return BrotliEncoder.TryCompress(plaintext, packed, out var written, Quality, Window) ? packed[..written] : null;
    }

    /// <summary>The plaintext of <paramref name="size"/> bytes.</summary>
    /// <exception cref="CryptographicException">Not Brotli, or of another size.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed, int size)
    {
        var plaintext = new byte[size];
        return BrotliDecoder.TryDecompress(packed, plaintext, out var written) && written == size
            ? plaintext
            : throw new CryptographicException("A packed part of the record has not the size that its header names.");
    }
}
