using System.Buffers;

namespace Chaperone.Bus.Wire;

/// <summary>Bytes in rented memory that grow while written. Disposing gives the memory back; nobody may hold <see cref="Written"/> then.</summary>
internal sealed class FrameBuffer(int capacity = FrameBuffer.SmallMessage) : IBufferWriter<byte>, IDisposable
{
    private const int SmallMessage = 2048;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>What was written, to be filled in later (lengths).</summary>
    public Span<byte> Filled => _bytes.AsSpan(0, Length);

    public static FrameBuffer CopyOf(ReadOnlyMemory<byte> bytes)
    {
        var copy = new FrameBuffer(Math.Max(bytes.Length, 1));
        copy.Append(bytes.Span);
        return copy;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        Length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Reserve(int wanted)
    {
        var needed = checked(Length + Math.Max(wanted, 1));
        if (needed <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Array.MaxLength));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
