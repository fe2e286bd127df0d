using System.Globalization;
using System.Text;
using Chaperone.Contracts;

namespace Chaperone.Console.Web;

/// <summary>Facts in words. Razor encodes for HTML; this makes what a reader cannot see visible.</summary>
internal static class Say
{
    /// <summary>Text from elsewhere, with control, direction and zero-width characters written out, so that nothing on the page is other than it looks.</summary>
    public static string Visible(string? text, bool keepLines = false)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        StringBuilder? made = null;
        for (int i = 0, length; i < text.Length; i += length)
        {
            var whole = Rune.TryGetRuneAt(text, i, out var rune);
            length = whole ? rune.Utf16SequenceLength : 1;
            if (whole && (!IsHidden(rune) || (keepLines && text[i] is '\n' or '\t')))
            {
                made?.Append(text, i, length);
                continue;
            }

            made ??= new StringBuilder(text.Length + 16).Append(text, 0, i);
            for (var j = i; j < i + length; j++)
            {
                made.Append("\\u").Append(((int)text[j]).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return made?.ToString() ?? text;
    }

    public static string Person(Principal person) => Visible(person.Name is { Length: > 0 } name ? name : person.Subject);

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>An edge's epoch (Unix milliseconds) as a time, or as it is where it cannot be one.</summary>
    public static string Epoch(long milliseconds) =>
        milliseconds is > 0 and < 253_402_300_800_000 ? Time(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)) : milliseconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>Roughly how long ago; the exact time stands beside it or in its title.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now) =>
        now < time ? $"in {Rough(time - now)}" : now - time < TimeSpan.FromSeconds(5) ? "just now" : $"{Rough(now - time)} ago";

    /// <summary>How long a request stays open; the page's script counts on from here.</summary>
    public static string Left(DateTimeOffset expires, DateTimeOffset now) => (expires - now) switch
    {
        { Ticks: <= 0 } => "expired",
        { TotalSeconds: < 60 } left => $"expires in {(int)left.TotalSeconds} s",
        { TotalMinutes: < 60 } left => $"expires in {(int)left.TotalMinutes} min {left.Seconds:00} s",
        var left => $"expires in {(int)left.TotalHours} h {left.Minutes:00} min",
    };

    /// <summary>A short time, exactly enough.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 100 } => span.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture) + " ms",
        { TotalSeconds: < 1 } => span.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
        { TotalMinutes: < 1 } => span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s",
        _ => Rough(span),
    };

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Short(string digest) => digest.Length > 12 ? digest[..12] : digest;

    public static string Effect(CallEffect effect) => effect switch
    {
        CallEffect.Allow => "allowed",
        CallEffect.Hold => "held",
        _ => "denied",
    };

    public static string State(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "pending",
        ApprovalState.Approved => "approved, not used yet",
        ApprovalState.Denied => "denied",
        ApprovalState.Expired => "expired",
        ApprovalState.Withdrawn => "withdrawn by the requester",
        ApprovalState.Used => "approved and used",
        _ => state.ToString(),
    };

    /// <summary>The name of a channel, as its own people write it.</summary>
    public static string Channel(string channel) => channel switch
    {
        "slack" => "Slack",
        "teams" => "Teams",
        _ => Visible(channel),
    };

    public static string State(ToolItem tool) => tool.State switch
    {
        ToolState.Accepted => tool.Current ? "accepted" : "accepted, not shown now",
        ToolState.Refused => "refused",
        _ => tool.Current ? "waits for an admin" : "waited, not shown now",
    };

    /// <summary>The badge of a tool's state.</summary>
    public static string Badge(ToolItem tool) => tool.State switch
    {
        ToolState.Accepted => "approved",
        ToolState.Refused => "refused",
        _ => tool.Current ? "hold" : "",
    };

    public static string Kind(ToolSuspicionKind kind) => kind switch
    {
        ToolSuspicionKind.HiddenText => "text that people do not see",
        ToolSuspicionKind.Comment => "a comment that people do not see",
        ToolSuspicionKind.Override => "words that tell a model to forget its orders",
        ToolSuspicionKind.Secrecy => "words that tell a model to keep something from its user",
        ToolSuspicionKind.Exfiltration => "words that tell a model to send something elsewhere",
        ToolSuspicionKind.Secrets => "names of secrets",
        ToolSuspicionKind.Steering => "words that give a model orders",
        ToolSuspicionKind.Encoded => "text that may be encoded",
        ToolSuspicionKind.LookAlike => "letters that look like others",
        _ => kind.ToString(),
    };

    public static string Status(OutcomeStatus status) => status switch
    {
        OutcomeStatus.Refused => "refused",
        OutcomeStatus.Pending => "waiting for approval",
        OutcomeStatus.Answered => "answered",
        OutcomeStatus.Withheld => "withheld",
        OutcomeStatus.Failed => "failed",
        OutcomeStatus.Cancelled => "cancelled",
        _ => status.ToString(),
    };

    /// <summary>Roughly how long.</summary>
    public static string Rough(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} s",
        { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min",
        { TotalHours: < 48 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} days",
    };

    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
