using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Pins;

namespace Chaperone.Policy.BreakGlass;

/// <summary>
/// Break-glass: lets people who hold the role open a window in an emergency, and knows at each decision whether the caller has
/// one. A window that cannot be looked up is open to nobody. Thread-safe.
/// </summary>
internal sealed partial class BreakGlassDesk(BreakGlassStore store, BreakGlassRecords records, IPayloadSeal seal, TimeProvider time, ILogger<BreakGlassDesk> logger)
{
    /// <summary>Fewest characters of a reason and of findings.</summary>
    public const int LeastWords = 10;

    /// <summary>Most characters of a reason.</summary>
    public const int MostReason = 500;

    /// <summary>Most characters of findings.</summary>
    public const int MostFindings = 2000;

    private const string NotConfigured = "The policy in force does not say who may break the glass.";

    // How old may be what another worker changes: what this one changes it knows at once.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private volatile Known? _known;

    /// <summary>Whether <paramref name="caller"/> has broken the glass now; asks the store only where that can matter.</summary>
    public async ValueTask<Glass> GlassOfAsync(PolicyEngine engine, Principal caller, CancellationToken cancellationToken)
    {
        if (!engine.AsksForGlass(caller))
        {
            return Glass.Whole;
        }

        try
        {
            var now = time.GetUtcNow();
            var open = await KnownAsync(cancellationToken);
            return open.FirstOrDefault(w => w.ExpiresAt > now && w.Opener.IsSamePerson(caller)) is { } window ? new Glass(window.WindowId) : Glass.Whole;
        }
        catch (PinsUnavailableException e)
        {
            Log.Unavailable(logger, e);
            return Glass.Unknown;
        }
    }

    /// <summary>Does what <paramref name="change"/> asks for, under <paramref name="terms"/>.</summary>
    public async ValueTask<BreakGlassChanged> ChangeAsync(ChangeBreakGlass change, BreakGlassTerms? terms, string policyDigest, CancellationToken cancellationToken)
    {
        string? problem;
        try
        {
            problem = change.Change switch
            {
                BreakGlassChange.Open => await OpenAsync(change, terms, policyDigest, cancellationToken),
                BreakGlassChange.Review => await ReviewAsync(change, terms, cancellationToken),
                _ => await CloseAsync(change.WindowId, change.Actor, cancellationToken) ? null : "There is no such window.",
            };
        }
        catch (PinsUnavailableException e)
        {
            Log.Unavailable(logger, e);
            problem = "Windows cannot be kept now; nothing was changed. Try again shortly.";
        }
        finally
        {
            _known = null;
        }

        return new BreakGlassChanged { Done = problem is null, Problem = problem };
    }

    /// <summary>How things stand.</summary>
    /// <exception cref="PinsUnavailableException">It cannot be read.</exception>
    public async ValueTask<BreakGlassReport> ReadAsync(ReadBreakGlass request, BreakGlassTerms? terms, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var open = await store.ReadOpenAsync(cancellationToken);
        var (closed, unreviewed, page) = await store.ListClosedAsync(Math.Max(0, request.Offset), Math.Clamp(request.Limit, 1, 200), cancellationToken);
        if (request.WindowId is { } id)
        {
            page = await store.FindAsync(id, cancellationToken) is { } found ? [found] : [];
        }

        return new BreakGlassReport
        {
            OpenerGroups = terms?.OpenerGroups ?? [],
            ReviewerGroups = terms?.ReviewerGroups ?? [],
            MostMinutes = (int)(terms?.AtMost ?? BreakGlassTerms.Usual).TotalMinutes,
            ReviewWithinHours = (int)Math.Ceiling((terms?.ReviewWithin ?? TimeSpan.FromHours(24)).TotalHours),
            Open = [.. open.Where(w => w.ExpiresAt > now)],
            Unreviewed = unreviewed,
            Closed = closed,
            Windows = [.. page],
        };
    }

    /// <summary>Closes, and records, the windows whose time is over.</summary>
    /// <exception cref="PinsUnavailableException">It is not known to be kept.</exception>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var window in await store.ReadOpenAsync(cancellationToken))
        {
            if (window.ExpiresAt <= now)
            {
                await CloseAsync(window.WindowId, null, cancellationToken);
            }
        }
    }

    private Task<bool> CloseAsync(Guid id, Principal? by, CancellationToken cancellationToken) =>
        store.CloseAsync(id, time.GetUtcNow(), by, window => records.ClosedAsync(window, cancellationToken), cancellationToken);

    private async ValueTask<string?> OpenAsync(ChangeBreakGlass change, BreakGlassTerms? terms, string policyDigest, CancellationToken cancellationToken)
    {
        if (terms is null)
        {
            return NotConfigured;
        }

        if (!terms.MayOpen(change.Actor))
        {
            return "You are in no group that may break the glass.";
        }

        if (change.Minutes < 1 || change.Minutes > terms.AtMost.TotalMinutes)
        {
            return $"A window lasts 1 to {(int)terms.AtMost.TotalMinutes} minutes.";
        }

        if (WordsOf(change, MostReason, out var reason) is { } problem)
        {
            return $"The reason {problem}";
        }

        var now = time.GetUtcNow();
        var window = new BreakGlassWindow
        {
            WindowId = change.WindowId,
            Opener = change.Actor,
            OpenedAt = now,
            ExpiresAt = now.AddMinutes(change.Minutes),
            PolicyDigest = policyDigest,
            Reason = change.Words,
        };
        return await store.OpenAsync(window, now, () => records.OpenedAsync(window, reason, (text, id) => seal.Seal(text, id), cancellationToken), cancellationToken);
    }

    private async ValueTask<string?> ReviewAsync(ChangeBreakGlass change, BreakGlassTerms? terms, CancellationToken cancellationToken)
    {
        if (terms is null)
        {
            return NotConfigured;
        }

        if (!terms.MayReview(change.Actor))
        {
            return "You are in no group that may review a window.";
        }

        return WordsOf(change, MostFindings, out var findings) is { } problem
            ? $"What you found {problem}"
            : await store.ReviewAsync(
                change.WindowId, change.Actor, change.Words!, change.Justified, time.GetUtcNow(),
                window => records.ReviewedAsync(window, findings, (text, id) => seal.Seal(text, id), cancellationToken), cancellationToken);
    }

    private string? WordsOf(ChangeBreakGlass change, int most, out byte[] words)
    {
        words = [];
        try
        {
            words = change.Words is { } sealedWords ? seal.Open(sealedWords, change.WindowId) : [];
        }
        catch (CryptographicException)
        {
            return "cannot be opened.";
        }

        var length = Encoding.UTF8.GetString(words).Trim().Length;
        return length < LeastWords || length > most ? $"must have {LeastWords} to {most} characters." : null;
    }

    private async ValueTask<IReadOnlyList<BreakGlassWindow>> KnownAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && time.GetElapsedTime(known.At) < Fresh)
        {
            return known.Open;
        }

        var at = time.GetTimestamp();
        var open = await store.ReadOpenAsync(cancellationToken);
        _known = new Known(open, at);
        return open;
    }

    private sealed record Known(IReadOnlyList<BreakGlassWindow> Open, long At);

    private static partial class Log
    {
        [LoggerMessage(2040, LogLevel.Error, "Whether a caller has broken the glass cannot be read, so nobody has")]
        public static partial void Unavailable(ILogger logger, Exception exception);
    }
}
