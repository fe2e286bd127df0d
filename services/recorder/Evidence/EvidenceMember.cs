using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chaperone.Recorder.Evidence;

/// <summary>One file of a bundle while it is written. Not for concurrent use.</summary>
internal sealed class EvidenceMember(string path, string file) : IDisposable
{
    private static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Lines = Line with { Indented = true, NewLine = "\n" };

    private readonly FileStream _stream = new(file, FileMode.CreateNew, FileAccess.Write);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private string? _sha256;

    /// <summary>Its path in the bundle.</summary>
    public string Path { get; } = path;

    /// <summary>Where it lies meanwhile.</summary>
    public string File { get; } = file;

    /// <summary>Bytes written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Lines or rows, headings not counted; null where that says nothing.</summary>
    public long? Rows { get; set; }

    /// <summary>Its SHA-256, lower-case hex; known when it was disposed.</summary>
    public string Sha256 => _sha256 ?? throw new InvalidOperationException($"{Path} is not whole yet.");

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _hash.AppendData(bytes);
        Bytes += bytes.Length;
    }

    public void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    /// <summary>All that <paramref name="content"/> has.</summary>
    public async ValueTask CopyAsync(Stream content, CancellationToken cancellationToken)
    {
        var piece = new byte[128 * 1024];
        for (int read; (read = await content.ReadAsync(piece, cancellationToken)) > 0;)
        {
            Write(piece.AsSpan(0, read));
        }
    }

    /// <summary>One JSON object on a line of its own.</summary>
    public void WriteLine(Action<Utf8JsonWriter> write)
    {
        WriteJson(write, Line);
        Rows = (Rows ?? 0) + 1;
    }

    /// <summary>One JSON object for people to read.</summary>
    public void WriteReport(Action<Utf8JsonWriter> write) => WriteJson(write, Lines);

    public void Dispose()
    {
        if (_sha256 is null)
        {
            _stream.Dispose();
            _sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
            _hash.Dispose();
        }
    }

    private void WriteJson(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        _buffer.Write("\n"u8);
        Write(_buffer.WrittenSpan);
    }
}
