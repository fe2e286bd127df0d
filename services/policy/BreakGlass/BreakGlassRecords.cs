using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Policy.BreakGlass;

/// <summary>
/// Records each step of a break-glass window before it is taken: opening and closing as alarms, the review as a review. The id of
/// a record comes from the step, so that a step that is tried again is recorded once. Words are sealed parts.
/// </summary>
internal sealed partial class BreakGlassRecords(IJournal journal, ILogger<BreakGlassRecords> logger)
{
    /// <summary>A window is about to open.</summary>
    /// <exception cref="BusUnavailableException">Not durable: it must not.</exception>
    public async Task OpenedAsync(BreakGlassWindow window, byte[] reason, Func<byte[], Guid, SealedPayload> seal, CancellationToken cancellationToken)
    {
        var id = IdOf(window.WindowId, "opened");
        var note = new { alarm = "break-glass-opened", detail = $"Somebody broke the glass, until {window.ExpiresAt:HH:mm} UTC.", window = window.WindowId, minutes = (int)(window.ExpiresAt - window.OpenedAt).TotalMinutes, policy = window.PolicyDigest };
        await WriteAsync(Entry(id, RecordKind.Alarm, window.OpenedAt, window.Opener, note, Part("break_glass_reason", seal(reason, id))), cancellationToken);
        Log.Opened(logger, window.WindowId, window.ExpiresAt);
    }

    /// <summary>A window is about to be closed, or has run out.</summary>
    /// <exception cref="BusUnavailableException">Not durable: it must be tried again.</exception>
    public async Task ClosedAsync(BreakGlassWindow window, CancellationToken cancellationToken)
    {
        var note = new { alarm = "break-glass-closed", detail = window.ClosedBy is null ? "A break-glass window ran out. It waits for a review." : "A break-glass window was closed. It waits for a review.", window = window.WindowId, early = window.ClosedBy is not null };
        await WriteAsync(Entry(IdOf(window.WindowId, "closed"), RecordKind.Alarm, window.ClosedAt!.Value, window.ClosedBy ?? window.Opener, note), cancellationToken);
        Log.Closed(logger, window.WindowId);
    }

    /// <summary>A window is about to be signed off.</summary>
    /// <exception cref="BusUnavailableException">Not durable: it must not.</exception>
    public async Task ReviewedAsync(BreakGlassWindow window, byte[] findings, Func<byte[], Guid, SealedPayload> seal, CancellationToken cancellationToken)
    {
        var id = IdOf(window.WindowId, "reviewed");
        var note = new { breakGlass = "reviewed", window = window.WindowId, justified = window.Justified };
        await WriteAsync(Entry(id, RecordKind.Review, window.ReviewedAt!.Value, window.ReviewedBy!, note, Part("break_glass_findings", seal(findings, id))), cancellationToken);
        Log.Reviewed(logger, window.WindowId, window.Justified == true);
    }

    private static Guid IdOf(Guid window, string step) => new(SHA256.HashData(Encoding.ASCII.GetBytes($"break-glass {window:n} {step}")).AsSpan(0, 16));

    private static RecordPart Part(string name, SealedPayload content) => new() { Name = name, MediaType = "text/plain", Searchable = false, Content = content };

    private static RecordEntry Entry(Guid id, RecordKind kind, DateTimeOffset at, Principal actor, object note, params RecordPart[] parts) => new()
    {
        EventId = id,
        Kind = kind,
        OccurredAt = at,
        Source = "policy",
        Actor = actor,
        Note = JsonSerializer.Serialize(note),
        Parts = parts,
    };

    private ValueTask WriteAsync(RecordEntry entry, CancellationToken cancellationToken) => journal.WriteAsync(entry, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(2041, LogLevel.Warning, "BREAK-GLASS: window {Window} was opened, until {Until} (console, Break-glass)")]
        public static partial void Opened(ILogger logger, Guid window, DateTimeOffset until);

        [LoggerMessage(2042, LogLevel.Warning, "BREAK-GLASS: window {Window} has ended and waits for a review (console, Break-glass)")]
        public static partial void Closed(ILogger logger, Guid window);

        [LoggerMessage(2043, LogLevel.Information, "Break-glass window {Window} was reviewed; justified: {Justified}")]
        public static partial void Reviewed(ILogger logger, Guid window, bool justified);
    }
}
