using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Chaperone.Contracts;
using Chaperone.Recorder.Saved;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Keys;

/// <summary>
/// The keys that records are sealed under: a root key (file or Vault), wrapping a key for facts and one for messages of each month (UTC),
/// the latter wrapping one key for the messages of each session. A key that was destroyed stops opening within a minute in
/// every process. Where the root is in Vault, any method may throw <see cref="RootAwayException"/>. Thread-safe.
/// </summary>
/// <param name="roots">The root keys.</param>
/// <param name="store">The wrapped keys; null where there are none, and then only records of before there were periods open.</param>
/// <param name="time">Says the month, and how old what is remembered is.</param>
internal sealed class Keyring(IRootKeys roots, KeyStore? store, TimeProvider time)
{
    private const int KeySize = 32;
    private const int MostRemembered = 20_000;
    private static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (OpenPeriod Key, DateTimeOffset Until)> _periods = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Period, Guid Session), (byte[]? Key, DateTimeOffset Until)> _sessions = new();
    private volatile Standing? _standing;

    // Guards _opening: the one task that opens this month's keys, for all who wait for them.
    private readonly Lock _starting = new();
    private Task<OpenPeriod>? _opening;

    /// <summary>A month's keys in clear; null where they were destroyed.</summary>
    private sealed record OpenPeriod(string Id, byte[]? Meta, byte[]? Body);

    /// <summary>The standing key in clear.</summary>
    private sealed record Standing(string Id, byte[] Key, DateTimeOffset Until);

    /// <summary>The month (UTC) of a moment, as keys are named by it.</summary>
    public static string MonthOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>
    /// Has the keys of these records on disk before they are sealed, all new ones in one write. However long the root takes, it holds
    /// up one thread and not each caller's.
    /// </summary>
    /// <exception cref="RootAwayException">The root cannot be reached, or refuses.</exception>
    /// <exception cref="System.Data.Common.DbException">They cannot be read or kept.</exception>
    /// <exception cref="CryptographicException">The key of this month does not open.</exception>
    public async ValueTask PrepareAsync(IReadOnlyList<RecordEntry> entries, CancellationToken cancellationToken)
    {
        await Store.OpenAsync(cancellationToken);
        var period = await CurrentAsync(cancellationToken);
        Dictionary<Guid, string>? wanted = null;
        foreach (var entry in entries)
        {
            if (entry.Call is { } call && !Known(period.Id, call.SessionId, out _))
            {
                (wanted ??= [])[call.SessionId] = SearchSealer.OwnerOf(call.Principal);
            }
        }

        if (wanted is not null)
        {
            Add(period, wanted);
        }
    }

    /// <summary>Has this month's keys at hand, and forgets what was destroyed.</summary>
    /// <exception cref="System.Data.Common.DbException">They cannot be read or kept.</exception>
    /// <exception cref="CryptographicException">They do not open.</exception>
    public async ValueTask HoldAsync(CancellationToken cancellationToken)
    {
        await Store.OpenAsync(cancellationToken);
        await CurrentAsync(cancellationToken);
        var there = Store.ListPeriods().SelectMany(p => NamesOf(p.Id, p.Meta, p.Body)).Where(k => k.Bytes is not null).Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
        if (Store.FindStanding() is { } standing)
        {
            there.Add(NameOf(standing.Id));
        }

        roots.ForgetAllBut(there);
    }

    /// <summary>Once <paramref name="ahead"/> reaches into the next month, has its keys at hand too: so that its first record finds them also while the root is away.</summary>
    /// <exception cref="System.Data.Common.DbException">They cannot be read or kept.</exception>
    /// <exception cref="CryptographicException">They do not open.</exception>
    public void HoldNext(TimeSpan ahead)
    {
        var now = time.GetUtcNow();
        if (MonthOf(now + ahead) is var next && next != MonthOf(now))
        {
            Of(next);
        }
    }

    /// <summary>The id and the keys of what is sealed now and belongs to no month.</summary>
    /// <exception cref="System.Data.Common.DbException">The key cannot be read or kept.</exception>
    /// <exception cref="CryptographicException">It does not open.</exception>
    public async ValueTask<(string KeyId, PartKeys Keys)> ForStandingAsync(CancellationToken cancellationToken)
    {
        await Store.OpenAsync(cancellationToken);
        if (_standing is not { } known || known.Until <= time.GetUtcNow())
        {
            known = Open(Store.GetOrAddStanding(() =>
            {
                var id = $"s-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
                var wrapped = roots.Wrap([new NamedKey(NameOf(id), RandomNumberGenerator.GetBytes(KeySize))]);
                return new StandingKey(id, wrapped.RootId, wrapped.Keys[0]!);
            }));
        }

        return (known.Id, new PartKeys(known.Key, known.Key));
    }

    /// <summary>The keys of what was sealed and belongs to no month; older ones are sealed under a root key directly.</summary>
    /// <exception cref="CryptographicException">Neither the key file nor the store holds the key.</exception>
    public PartKeys OfStanding(string keyId)
    {
        if (roots.FindDirect(keyId) is { } direct)
        {
            return direct;
        }

        var known = _standing is { } standing && standing.Until > time.GetUtcNow() ? standing : Store.FindStanding() is { } found ? Open(found) : null;
        return known?.Id == keyId ? new PartKeys(known.Key, known.Key) : throw Unknown(keyId);
    }

    /// <summary>The id for the header, and the keys of a record that is sealed now.</summary>
    /// <exception cref="System.Data.Common.DbException">They cannot be read or kept.</exception>
    /// <exception cref="CryptographicException">The key of this month does not open, or was destroyed.</exception>
    public (string KeyId, PartKeys Keys) ForSealing(CallFacts? call)
    {
        var period = Current();
        if (call is null)
        {
            return (period.Id, new PartKeys(period.Meta, period.Body));
        }

        if (!Known(period.Id, call.SessionId, out var key))
        {
            key = Add(period, new Dictionary<Guid, string> { [call.SessionId] = SearchSealer.OwnerOf(call.Principal) });
        }

        return (period.Id, new PartKeys(period.Meta, key));
    }

    /// <summary>The keys of a record that was sealed; those that were destroyed are null.</summary>
    /// <exception cref="CryptographicException">Neither the key file nor the store holds them.</exception>
    public PartKeys ForOpening(RecordHeader header)
    {
        if (roots.FindDirect(header.KeyId) is { } direct)
        {
            return direct;
        }

        var period = Remembered(header.KeyId) ?? Open(store?.FindPeriod(header.KeyId) ?? throw Unknown(header.KeyId));
        if (header.SessionId is not { } session || period.Body is null)
        {
            return new PartKeys(period.Meta, period.Body);
        }

        if (!Known(period.Id, session, out var key))
        {
            key = Remember(period, Store.FindSessions(period.Id, [session]) is [var found]
                ? found
                : throw new CryptographicException($"The store of keys does not hold the key of session {session} under '{period.Id}'."));
        }

        return new PartKeys(period.Meta, key);
    }

    /// <summary>Wraps under the current root what other roots wrap; the objects stay as they are. A key that does not open holds up no other.</summary>
    /// <exception cref="RootAwayException">Which root is current cannot be told now.</exception>
    public RewrapResult Rewrap()
    {
        var current = roots.ReadCurrentId();
        var left = new List<LeftKey>();
        var rewrapped = 0;
        try
        {
            if (Store.FindStanding() is { } standing && standing.RootId != current)
            {
                TryRewrap("saved searches and the reasons of holds and orders", standing.RootId, left, () => RewrapStanding(standing));
            }

            foreach (var key in Store.ListPeriods().Where(p => p.RootId != current))
            {
                rewrapped += TryRewrap(key.Month, key.RootId, left, () => RewrapPeriod(key)) ? 1 : 0;
            }
        }

        // The others would fail, too; what was done is done, and to be recorded.
        catch (RootAwayException e)
        {
            return new RewrapResult(rewrapped, left, e);
        }

        return new RewrapResult(rewrapped, left, null);
    }

    /// <summary>Forgets what is remembered in clear: keys were destroyed.</summary>
    public void Forget()
    {
        _periods.Clear();
        _sessions.Clear();
        _standing = null;
    }

    private static bool TryRewrap(string seals, string rootId, List<LeftKey> left, Func<bool> rewrap)
    {
        try
        {
            return rewrap();
        }
        catch (Exception e) when (e is CryptographicException or RootAwayException { IsOfKey: true })
        {
            left.Add(new LeftKey(seals, rootId, e.Message));
            return false;
        }
    }

    private bool RewrapStanding(StandingKey key)
    {
        var wrapped = roots.Rewrap(key.RootId, [new NamedKey(NameOf(key.Id), key.Wrapped)]);
        return Store.Rewrap(key, key with { RootId = wrapped.RootId, Wrapped = wrapped.Keys[0]! });
    }

    private bool RewrapPeriod(PeriodKey key)
    {
        var wrapped = roots.Rewrap(key.RootId, NamesOf(key.Id, key.Meta, key.Body));
        return Store.Rewrap(key, key with { RootId = wrapped.RootId, Meta = wrapped.Keys[0], Body = wrapped.Keys[1] });
    }

    private KeyStore Store => store ?? throw new CryptographicException("There is no store of keys here (keys.db).");

    private OpenPeriod Current() => Of(MonthOf(time.GetUtcNow()));

    private async ValueTask<OpenPeriod> CurrentAsync(CancellationToken cancellationToken)
    {
        if (Remembered(MonthOf(time.GetUtcNow())) is { } known)
        {
            return known;
        }

        Task<OpenPeriod> opening;
        lock (_starting)
        {
            if (_opening is null || _opening.IsCompleted)
            {
                // No caller's token: it is for all of them.
                _opening = Task.Run(() => Current(), CancellationToken.None);
            }

            opening = _opening;
        }

        return await opening.WaitAsync(cancellationToken);
    }

    /// <summary>The keys of a month, or of a period's id, while they are remembered.</summary>
    private OpenPeriod? Remembered(string name) => _periods.TryGetValue(name, out var known) && known.Until > time.GetUtcNow() ? known.Key : null;

    private OpenPeriod Of(string month)
    {
        if (Remembered(month) is { } known)
        {
            return known;
        }

        var now = time.GetUtcNow();
        var id = $"p{month.Replace("-", "", StringComparison.Ordinal)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var key = Open(Store.GetOrAddMonth(month, () => Wrap(id, month)));
        if (key.Meta is null || key.Body is null)
        {
            throw new ShreddedException();
        }

        _periods[month] = (key, now + RememberFor);
        return key;
    }

    /// <summary>Has the keys of sessions kept, and remembers them; the last one in clear.</summary>
    private byte[]? Add(OpenPeriod period, Dictionary<Guid, string> wanted)
    {
        byte[]? last = null;
        var found = Store.FindSessions(period.Id, wanted.Keys);
        if (found.Count < wanted.Count)
        {
            foreach (var known in found)
            {
                wanted.Remove(known.SessionId);
                Remember(period, known);
            }

            Store.AddSessions([.. wanted.Select(w => new SessionKey(
                w.Key, period.Id, w.Value, RecordKeys.Wrap(period.Body!, RandomNumberGenerator.GetBytes(KeySize), SessionName(period.Id, w.Key)), null))]);

            // Another recorder may have been first: what lies there counts.
            found = Store.FindSessions(period.Id, wanted.Keys);
        }

        foreach (var key in found)
        {
            last = Remember(period, key);
        }

        return last;
    }

    private OpenPeriod Open(PeriodKey key)
    {
        var open = Unwrap(key);
        _periods[key.Id] = (open, time.GetUtcNow() + RememberFor);
        return open;
    }

    private Standing Open(StandingKey key)
    {
        var open = roots.Unwrap(key.RootId, [new NamedKey(NameOf(key.Id), key.Wrapped)]);
        return _standing = new Standing(key.Id, open[0]!, time.GetUtcNow() + RememberFor);
    }

    private OpenPeriod Unwrap(PeriodKey key)
    {
        var open = roots.Unwrap(key.RootId, NamesOf(key.Id, key.Meta, key.Body));
        return new OpenPeriod(key.Id, open[0], open[1]);
    }

    private PeriodKey Wrap(string id, string month)
    {
        var wrapped = roots.Wrap(NamesOf(id, RandomNumberGenerator.GetBytes(KeySize), RandomNumberGenerator.GetBytes(KeySize)));
        return new PeriodKey(id, month, wrapped.RootId, wrapped.Keys[0], wrapped.Keys[1]);
    }

    private static NamedKey[] NamesOf(string period, byte[]? meta, byte[]? body) => [new(period + "/meta", meta), new(period + "/body", body)];

    private static string NameOf(string standing) => standing + "/standing";

    private static CryptographicException Unknown(string keyId) => new($"Neither the record key file nor the store of keys holds key '{keyId}'.");

    private bool Known(string period, Guid session, out byte[]? key)
    {
        var known = _sessions.TryGetValue((period, session), out var found) && found.Until > time.GetUtcNow();
        key = known ? found.Key : null;
        return known;
    }

    private byte[]? Remember(OpenPeriod period, SessionKey key)
    {
        if (_sessions.Count >= MostRemembered)
        {
            _sessions.Clear();
        }

        var open = key.Wrapped is null || period.Body is null ? null : RecordKeys.Unwrap(period.Body, key.Wrapped, SessionName(period.Id, key.SessionId));
        _sessions[(period.Id, key.SessionId)] = (open, time.GetUtcNow() + RememberFor);
        return open;
    }

    private static string SessionName(string period, Guid session) => $"{period}/{session}";
}
