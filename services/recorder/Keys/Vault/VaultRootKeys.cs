using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Keys.Vault;

/// <summary>
/// A root key that never leaves Vault. What is wrapped is the key and its name: so a wrapped key cannot stand in another's place, also
/// after rewrap, which takes no associated data. Keys that were opened are held in memory for
/// <see cref="VaultRootOptions.CacheFor"/>. Beside it the key file, where there is one, opens what it wraps. Thread-safe.
/// </summary>
/// <param name="options">Which key, and how long keys are held.</param>
/// <param name="transit">Vault.</param>
/// <param name="file">The key file; null where there is none.</param>
/// <param name="wraps">True where Vault wraps, false where it only opens and the file wraps.</param>
/// <param name="time">Says how old what is held is.</param>
internal sealed class VaultRootKeys(VaultRootOptions options, VaultTransit transit, RecordKeys? file, bool wraps, TimeProvider time) : IRootKeys
{
    private const int KeySize = 32;
    private const int MostAtOnce = 50;

    // A keyring asks once a minute for what it uses.
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    /// <summary>A key in clear, and how it lies in the store.</summary>
    private sealed record Held(string RootId, byte[] Wrapped, byte[] Key, DateTimeOffset OpenedAt, DateTimeOffset UsedAt)
    {
        /// <summary>False once the store wraps it otherwise than what was opened.</summary>
        public bool IsAsOpened { get; init; } = true;
    }

    /// <summary>Until when all keys that are in use now are held; null while none is.</summary>
    public DateTimeOffset? HeldUntil
    {
        get
        {
            var now = time.GetUtcNow();
            var used = _held.Values.Where(h => h.UsedAt + InUse > now && h.OpenedAt + options.CacheFor > now).ToArray();
            return used.Length == 0 ? null : used.Min(h => h.OpenedAt) + options.CacheFor;
        }
    }

    public string ReadCurrentId() => wraps
        ? new VaultKeyId(options.Mount, options.Key, transit.ReadKey(options.Mount, options.Key).LatestVersion).ToString()
        : File.ReadCurrentId();

    public PartKeys? FindDirect(string keyId) => file?.FindDirect(keyId);

    public WrappedKeys Wrap(IReadOnlyList<NamedKey> keys)
    {
        if (!wraps)
        {
            return File.Wrap(keys);
        }

        var wrapped = ToWrapped(keys, there =>
        {
            byte[][] plaintexts = [.. there.Select(k => (byte[])[.. k.Bytes!, .. Encoding.UTF8.GetBytes(k.Name)])];
            try
            {
                return transit.Encrypt(options.Mount, options.Key, plaintexts);
            }
            finally
            {
                Array.ForEach(plaintexts, p => CryptographicOperations.ZeroMemory(p));
            }
        });
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Bytes is { } key)
            {
                Hold(keys[i].Name, wrapped.RootId, wrapped.Keys[i]!, key, time.GetUtcNow());
            }
        }

        return wrapped;
    }

    public byte[]?[] Unwrap(string rootId, IReadOnlyList<NamedKey> wrapped)
    {
        if (!VaultKeyId.TryParse(rootId, out var id))
        {
            return File.Unwrap(rootId, wrapped);
        }

        var keys = new byte[]?[wrapped.Count];
        var missing = new List<int>();
        for (var i = 0; i < keys.Length; i++)
        {
            if (wrapped[i].Bytes is { } bytes && (keys[i] = Use(rootId, wrapped[i].Name, bytes)) is null)
            {
                missing.Add(i);
            }
        }

        if (missing.Count > 0)
        {
            var opened = Open(id, [.. missing.Select(i => wrapped[i])]);
            for (var i = 0; i < opened.Length; i++)
            {
                keys[missing[i]] = opened[i];
                Hold(wrapped[missing[i]].Name, rootId, wrapped[missing[i]].Bytes!, opened[i], time.GetUtcNow());
            }
        }

        return keys;
    }

    public WrappedKeys Rewrap(string rootId, IReadOnlyList<NamedKey> wrapped)
    {
        if (wraps && VaultKeyId.TryParse(rootId, out var id) && id.IsOf(options.Mount, options.Key))
        {
            return ToWrapped(wrapped, there => transit.Rewrap(options.Mount, options.Key, [.. there.Select(k => Text(k))]));
        }

        // From another root the keys pass through here, as they do when they are used.
        var open = Unwrap(rootId, wrapped);
        return Wrap([.. wrapped.Select((k, i) => k with { Bytes = open[i] })]);
    }

    public void ForgetAllBut(IReadOnlySet<string> names)
    {
        foreach (var name in _held.Keys.Where(n => !names.Contains(n)))
        {
            Drop(name);
        }
    }

    /// <summary>Forgets keys in clear whose time is over; nothing is asked of Vault.</summary>
    public void ForgetExpired()
    {
        var now = time.GetUtcNow();
        foreach (var (name, _) in _held.Where(h => h.Value.OpenedAt + options.CacheFor <= now))
        {
            Drop(name);
        }
    }

    /// <summary>Opens keys that were used lately again, half their time after they were opened; those that do not open any more though Vault answers, each until when it is held.</summary>
    /// <exception cref="RootAwayException">Vault is away; what is held stays so for its time.</exception>
    public IReadOnlyList<UnopenedKey> Refresh()
    {
        var now = time.GetUtcNow();
        var unopened = new List<UnopenedKey>();
        var due = _held.Where(h => h.Value.OpenedAt + options.CacheFor > now && h.Value.UsedAt + options.CacheFor > now
            && (!h.Value.IsAsOpened || h.Value.OpenedAt + (options.CacheFor / 2) <= now));
        foreach (var ofRoot in due.GroupBy(h => h.Value.RootId).SelectMany(g => g.Chunk(MostAtOnce)))
        {
            if (VaultKeyId.TryParse(ofRoot[0].Value.RootId, out var id) && Reopen(id, ofRoot) is not null)
            {
                // One that does not open must not keep the others from it.
                foreach (var one in ofRoot)
                {
                    if (Reopen(id, [one]) is { } reason)
                    {
                        unopened.Add(new UnopenedKey(one.Key, one.Value.OpenedAt + options.CacheFor, reason));
                    }
                }
            }
        }

        return unopened;
    }

    /// <summary>Null where all opened, else why not.</summary>
    private string? Reopen(VaultKeyId id, KeyValuePair<string, Held>[] held)
    {
        try
        {
            var opened = Open(id, [.. held.Select(h => new NamedKey(h.Key, h.Value.Wrapped))]);
            for (var i = 0; i < opened.Length; i++)
            {
                Hold(held[i].Key, held[i].Value.RootId, held[i].Value.Wrapped, opened[i], held[i].Value.UsedAt);
            }

            return null;
        }
        catch (Exception e) when (e is CryptographicException or RootAwayException { IsOfKey: true })
        {
            return e.Message;
        }
    }

    private RecordKeys File => file ?? throw new CryptographicException(
        "There is no record key file (Recorder:KeyFile), and a key is wrapped by it: restore the file; it may go when all months are wrapped by Vault and no record is sealed under it directly.");

    private static string Text(NamedKey key) => Encoding.ASCII.GetString(key.Bytes!);

    private WrappedKeys ToWrapped(IReadOnlyList<NamedKey> keys, Func<NamedKey[], string[]> wrap)
    {
        NamedKey[] there = [.. keys.Where(k => k.Bytes is not null)];
        if (there.Length == 0)
        {
            return new WrappedKeys(ReadCurrentId(), new byte[]?[keys.Count]);
        }

        var ciphertexts = wrap(there);
        var next = 0;
        var version = ciphertexts.Min(c => VaultKeyId.VersionOf(c) ?? 0);
        return new WrappedKeys(
            new VaultKeyId(options.Mount, options.Key, version).ToString(),
            [.. keys.Select(k => k.Bytes is null ? null : Encoding.ASCII.GetBytes(ciphertexts[next++]))]);
    }

    private byte[][] Open(VaultKeyId id, NamedKey[] wrapped)
    {
        var plaintexts = transit.Decrypt(id.Mount, id.Key, [.. wrapped.Select(Text)]);
        try
        {
            return [.. plaintexts.Select((p, i) =>
                p.Length > KeySize && p.AsSpan(KeySize).SequenceEqual(Encoding.UTF8.GetBytes(wrapped[i].Name))
                    ? p[..KeySize]
                    : throw new CryptographicException($"The wrapped key '{wrapped[i].Name}' is that of something else: the store of keys was altered."))];
        }
        finally
        {
            Array.ForEach(plaintexts, p => CryptographicOperations.ZeroMemory(p));
        }
    }

    /// <summary>A copy of what is held; null where nothing is.</summary>
    private byte[]? Use(string rootId, string name, byte[] wrapped)
    {
        var now = time.GetUtcNow();
        if (!_held.TryGetValue(name, out var held) || held.OpenedAt + options.CacheFor <= now)
        {
            return null;
        }

        // A name has one key for ever. That it is wrapped anew is no reason to stop while Vault is away; it is opened soon to see.
        var same = held.RootId == rootId && held.Wrapped.AsSpan().SequenceEqual(wrapped);
        _held.TryUpdate(name, held with { UsedAt = now, RootId = rootId, Wrapped = wrapped, IsAsOpened = same && held.IsAsOpened }, held);
        return [.. held.Key];
    }

    private void Hold(string name, string rootId, byte[] wrapped, byte[] key, DateTimeOffset usedAt) =>
        _held[name] = new Held(rootId, wrapped, [.. key], time.GetUtcNow(), usedAt);

    // What others took are copies; one that is copying just now may get nothing but zeros, so the array is left to the collector.
    private void Drop(string name) => _held.TryRemove(name, out _);
}
