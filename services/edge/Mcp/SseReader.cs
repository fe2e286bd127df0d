using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Chaperone.Edge.Mcp;

/// <summary>
/// Reads a text/event-stream event by event. Comments are dropped: they are the one part of a stream that could carry text
/// past masking. An event without any field is none.
/// </summary>
internal static class SseReader
{
    private const int MaxFieldLength = 4096;

    /// <summary>Yields each event as soon as it is whole.</summary>
    /// <exception cref="InvalidDataException">An event is larger than <paramref name="maxBytes"/>, or one of its small fields is too long.</exception>
    public static async IAsyncEnumerable<SseFrame> ReadAsync(Stream stream, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var frame = new FrameBuilder(maxBytes);
        var first = true;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (TryReadLine(ref buffer, read.IsCompleted, out var line))
            {
                if (first)
                {
                    first = false;
                    line = SkipByteOrderMark(line);
                }

                if (line.IsEmpty)
                {
                    if (frame.TryTake(out var whole))
                    {
                        yield return whole;
                    }
                }
                else
                {
                    frame.Add(line);
                }
            }

            if (buffer.Length > maxBytes)
            {
                throw new InvalidDataException($"An event of the stream is larger than {maxBytes} bytes.");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    /// <summary>Takes a line that ends in LF, CR LF or CR. A CR at the very end waits for what follows, unless nothing will.</summary>
    private static bool TryReadLine(ref ReadOnlySequence<byte> buffer, bool completed, out ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadToAny(out line, "\r\n"u8, advancePastDelimiter: false))
        {
            return false;
        }

        reader.TryRead(out var end);
        if (end == '\r')
        {
            if (reader.End && !completed)
            {
                return false;
            }

            reader.IsNext((byte)'\n', advancePast: true);
        }

        buffer = buffer.Slice(reader.Position);
        return true;
    }

    private static ReadOnlySequence<byte> SkipByteOrderMark(ReadOnlySequence<byte> line)
    {
        var reader = new SequenceReader<byte>(line);
        return reader.IsNext([0xEF, 0xBB, 0xBF], advancePast: true) ? line.Slice(3) : line;
    }

    private sealed class FrameBuilder(int maxBytes)
    {
        private readonly ArrayBufferWriter<byte> _data = new();
        private bool _any;
        private bool _hasData;
        private string? _eventType;
        private string? _id;
        private string? _retry;

        public void Add(ReadOnlySequence<byte> sequence)
        {
            ReadOnlySpan<byte> line = sequence.IsSingleSegment ? sequence.FirstSpan : sequence.ToArray();
            var colon = line.IndexOf((byte)':');
            if (colon == 0)
            {
                return;
            }

            var name = colon < 0 ? line : line[..colon];
            var value = colon < 0 ? default : line[(colon + 1)..];
            if (value.Length > 0 && value[0] == ' ')
            {
                value = value[1..];
            }

            if (name.SequenceEqual("data"u8))
            {
                AddData(value);
            }
            else if (name.SequenceEqual("event"u8))
            {
                _eventType = Small(value);
            }
            else if (name.SequenceEqual("id"u8))
            {
                _id = Small(value);
            }
            else if (name.SequenceEqual("retry"u8))
            {
                _retry = Small(value);
            }
        }

        public bool TryTake(out SseFrame frame)
        {
            frame = new SseFrame { EventType = _eventType, Id = _id, Retry = _retry, Data = _data.WrittenSpan.ToArray() };
            var any = _any;
            _data.ResetWrittenCount();
            (_any, _hasData, _eventType, _id, _retry) = (false, false, null, null, null);
            return any;
        }

        private void AddData(ReadOnlySpan<byte> value)
        {
            if (_data.WrittenCount + value.Length > maxBytes)
            {
                throw new InvalidDataException($"An event of the stream is larger than {maxBytes} bytes.");
            }

            if (_hasData)
            {
                _data.Write("\n"u8);
            }

            _data.Write(value);
            _hasData = _any = true;
        }

        private string Small(ReadOnlySpan<byte> value)
        {
            if (value.Length > MaxFieldLength)
            {
                throw new InvalidDataException($"A field of the stream is longer than {MaxFieldLength} bytes.");
            }

            _any = true;
            return Encoding.UTF8.GetString(value);
        }
    }
}
