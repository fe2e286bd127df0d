using System.Text;

namespace Chaperone.Recorder.Evidence;

/// <summary>Reads what <see cref="CsvTable"/> wrote: RFC 4180, UTF-8, the apostrophe before a formula taken off. Reads ahead one line at most; not for files of others.</summary>
internal sealed class CsvReader(string file) : IDisposable
{
    private readonly StreamReader _text = new(file, Encoding.UTF8);
    private readonly StringBuilder _cell = new();

    /// <summary>The next row; null after the last.</summary>
    public List<string>? Read()
    {
        if (_text.Peek() < 0)
        {
            return null;
        }

        var row = new List<string>();
        while (true)
        {
            var end = ReadCell();
            var text = _cell.ToString();
            row.Add(text.StartsWith('\'') && CsvTable.IsFormula(text.AsSpan().TrimStart('\'')) ? text[1..] : text);
            if (end != ',')
            {
                return row;
            }
        }
    }

    public void Dispose() => _text.Dispose();

    // Leaves the text in _cell; returns the comma after it, or the end of the row.
    private int ReadCell()
    {
        _cell.Clear();
        var isQuoted = _text.Peek() == '"';
        if (isQuoted)
        {
            _text.Read();
        }

        while (true)
        {
            var next = _text.Read();
            if (isQuoted && next == '"')
            {
                isQuoted = _text.Peek() == '"';
                if (isQuoted)
                {
                    _cell.Append((char)_text.Read());
                }
            }
            else if (next < 0 || (!isQuoted && next is ',' or '\n'))
            {
                return next;
            }
            else if (isQuoted || next != '\r')
            {
                _cell.Append((char)next);
            }
        }
    }
}
