namespace Chaperone.Cli;

/// <summary>Reads a stream line by line and never holds more than one line of it. Not thread-safe.</summary>
internal sealed class LineReader(Stream source, int longest)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _finished;

    /// <summary>Number of the line read last, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>The next line without its end, valid until the next call; null behind the last. A line longer than allowed is an <see cref="UnreadableException"/>.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        var looked = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (end >= 0 || (_finished && _end > _start))
            {
                var length = end >= 0 ? looked + end : _end - _start;
                Line++;
                var line = _buffer.AsMemory(_start, length);
                _start += end >= 0 ? length + 1 : length;
                return length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
            }

            if (_finished)
            {
                return null;
            }

            looked = _end - _start;
            if (looked > longest)
            {
                throw new UnreadableException($"Line {Line + 1} is longer than {longest} bytes.");
            }

            MakeRoom();
            var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += read;
            _finished = read == 0;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
