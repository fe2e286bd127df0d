using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Chaperone.Masking;

namespace Chaperone.Cli;

/// <summary>Writes what a scan found as JSON lines. A withheld text is one find from its start to its end: nothing of it may be shown.</summary>
internal sealed class ScanWriter(TextWriter output)
{
    private const string Withheld = "WITHHELD";

    // The lines are for terminals and programs, never for HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary><c>{"id":...,"spans":[{"start":...,"end":...,"type":...,"score":...}]}</c></summary>
    public Task WriteFindingsAsync(ScanRecord record, ScannedText scanned) => WriteAsync(record, json =>
    {
        json.WriteStartArray("spans");
        IReadOnlyList<TextFinding> findings = scanned.Reason == WithheldReason.None ? scanned.Findings : [new TextFinding(0, record.Text.Length, Withheld, 1)];
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteNumber("start", finding.Start);
            json.WriteNumber("end", finding.End);
            json.WriteString("type", finding.Type);
            json.WriteNumber("score", finding.Score);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary><c>{"id":...,"text":"..."}</c></summary>
    public Task WriteMaskedAsync(ScanRecord record, ScannedText scanned) =>
        WriteAsync(record, json => json.WriteString("text", MaskedText(scanned)));

    /// <summary>The masked text as it is.</summary>
    public Task WritePlainAsync(ScannedText scanned) => output.WriteAsync(MaskedText(scanned));

    private static string MaskedText(ScannedText scanned) => scanned.Reason == WithheldReason.None ? scanned.Masked : $"[{Withheld}]";

    private async Task WriteAsync(ScanRecord record, Action<Utf8JsonWriter> members)
    {
        _buffer.ResetWrittenCount();
        await using (var json = new Utf8JsonWriter(_buffer, Options))
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            json.WriteRawValue(record.Id);
            members(json);
            json.WriteEndObject();
        }

        await output.WriteLineAsync(Encoding.UTF8.GetString(_buffer.WrittenSpan));
    }
}
