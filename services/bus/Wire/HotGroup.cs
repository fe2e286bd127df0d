using System.Buffers.Binary;
using System.Text;

namespace Chaperone.Bus.Wire;

/// <summary>
/// Several hot requests, or answers to them, as one message: version (1), then each as its id (8, little-endian), a word of
/// at most 255 ASCII characters (length 1), and its frame (length 4, little-endian). The word is the asker's trace context in
/// a request, and the kind of answer in a reply; empty for none.
/// </summary>
internal static class HotGroup
{
    /// <summary>The content encoding of such a message.</summary>
    public const string ContentEncoding = "group";

    /// <summary>Bytes of a group beyond which nothing more is added.</summary>
    public const int LargestBytes = 1 << 16;

    private const byte Version = 1;
    private const int LongestWord = byte.MaxValue;
    private const int IdAndWordSize = sizeof(long) + 1;

    /// <summary>One of a group.</summary>
    public readonly record struct Entry(long Id, string? Word, ReadOnlyMemory<byte> Frame);

    /// <summary>An empty group; the caller disposes it.</summary>
    public static FrameBuffer Begin()
    {
        var group = new FrameBuffer();
        group.Append([Version]);
        return group;
    }

    public static void Add(FrameBuffer group, long id, string? word, ReadOnlySpan<byte> frame)
    {
        Span<byte> head = stackalloc byte[IdAndWordSize + LongestWord + sizeof(int)];
        BinaryPrimitives.WriteInt64LittleEndian(head, id);
        var length = Encoding.ASCII.GetBytes(word, head.Slice(IdAndWordSize, LongestWord));
        head[sizeof(long)] = (byte)length;
        BinaryPrimitives.WriteInt32LittleEndian(head[(IdAndWordSize + length)..], frame.Length);
        group.Append(head[..(IdAndWordSize + length + sizeof(int))]);
        group.Append(frame);
    }

    /// <summary>Takes a group apart; the frames are parts of <paramref name="group"/>.</summary>
    /// <exception cref="InvalidDataException">Not a group.</exception>
    public static List<Entry> Read(ReadOnlyMemory<byte> group)
    {
        if (group.Length < 1 || group.Span[0] != Version)
        {
            throw new InvalidDataException($"Not a group of version {Version}.");
        }

        var entries = new List<Entry>();
        for (var rest = group[1..]; rest.Length > 0;)
        {
            var word = rest.Length < IdAndWordSize ? int.MaxValue : rest.Span[sizeof(long)];
            var head = (long)IdAndWordSize + word + sizeof(int);
            var length = rest.Length < head ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest.Span[(IdAndWordSize + word)..]);
            if (length < 0 || length > rest.Length - head)
            {
                throw new InvalidDataException("The group is cut short.");
            }

            entries.Add(new Entry(
                BinaryPrimitives.ReadInt64LittleEndian(rest.Span),
                word == 0 ? null : Encoding.ASCII.GetString(rest.Span.Slice(IdAndWordSize, word)),
                rest.Slice((int)head, length)));
            rest = rest[((int)head + length)..];
        }

        return entries.Count > 0 ? entries : throw new InvalidDataException("The group is empty.");
    }
}
