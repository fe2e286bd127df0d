using System.Buffers.Binary;
using Chaperone.Contracts;

namespace Chaperone.Bus.Wire;

/// <summary>Several framed records as one message: version (1), then each as length (4, little-endian) and frame.</summary>
internal static class RecordGroup
{
    private const byte Version = 1;

    /// <summary>Bytes that a record costs beside its frame.</summary>
    public const int Overhead = sizeof(int);

    /// <summary>Puts framed records together; the caller disposes the buffer.</summary>
    public static FrameBuffer Write(IEnumerable<FrameBuffer> records, int bytes)
    {
        var group = new FrameBuffer(bytes + 1);
        group.Append([Version]);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var record in records)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, record.Length);
            group.Append(length);
            group.Append(record.Written.Span);
        }

        return group;
    }

    /// <summary>Takes a group apart.</summary>
    /// <exception cref="InvalidDataException">Not a group of records.</exception>
    public static List<RecordEntry> Read(ReadOnlyMemory<byte> group)
    {
        if (group.Length < 1 || group.Span[0] != Version)
        {
            throw new InvalidDataException($"Not a record group of version {Version}.");
        }

        var entries = new List<RecordEntry>();
        for (var rest = group[1..]; rest.Length > 0;)
        {
            var length = rest.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
            if (length < 0 || length > rest.Length - sizeof(int))
            {
                throw new InvalidDataException("The record group is cut short.");
            }

            entries.Add(Frame.Read<RecordEntry>(rest.Slice(sizeof(int), length)));
            rest = rest[(sizeof(int) + length)..];
        }

        return entries.Count > 0 ? entries : throw new InvalidDataException("The record group is empty.");
    }
}
