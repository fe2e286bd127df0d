using System.Globalization;
using System.Text;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Siem;

/// <summary>One message as it goes over the wire: its length, a space (RFC 5425 section 4.3), and the message (RFC 5424).</summary>
/// <param name="facility">0 to 23.</param>
/// <param name="hostName">Whose messages they are; anything but printable ASCII is left out.</param>
internal sealed class SyslogMessage(int facility, string hostName)
{
    private const int LongestHostName = 255;
    private const string Nil = "-";

    private readonly string _host = Printable(hostName);

    /// <summary>The message; <paramref name="kind"/> is its MSGID.</summary>
    public byte[] Write(SyslogSeverity severity, DateTimeOffset at, string kind, ReadOnlyMemory<byte> body)
    {
        var priority = (facility * 8) + (int)severity;
        var head = string.Create(CultureInfo.InvariantCulture, $"<{priority}>1 {LeafFormat.Time(at)} {_host} chaperone {Nil} {kind} {Nil} ");
        var frame = string.Create(CultureInfo.InvariantCulture, $"{head.Length + body.Length} {head}");
        return [.. Encoding.ASCII.GetBytes(frame), .. body.Span];
    }

    private static string Printable(string name)
    {
        var kept = new string([.. name.Where(c => c is > ' ' and < (char)127).Take(LongestHostName)]);
        return kept.Length == 0 ? Nil : kept;
    }
}
