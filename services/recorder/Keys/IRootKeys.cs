using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Keys;

/// <summary>
/// What wraps the keys of months: a key file, or a key that never leaves Vault. A wrapped key opens only under the name it was
/// wrapped under. Calls may ask a server and then block for its timeout. Thread-safe.
/// </summary>
internal interface IRootKeys
{
    /// <summary>Names the root key that wraps now.</summary>
    /// <exception cref="RootAwayException">It cannot be told now.</exception>
    string ReadCurrentId();

    /// <summary>The keys of what is sealed under a root key directly, as records of the first versions are; null if this is no such key's id.</summary>
    PartKeys? FindDirect(string keyId);

    /// <summary>Wraps keys of 32 bytes under the current root; those that are null stay null.</summary>
    /// <exception cref="RootAwayException">The root cannot be reached, or refuses.</exception>
    WrappedKeys Wrap(IReadOnlyList<NamedKey> keys);

    /// <summary>The keys in clear, in the same order; the caller may overwrite them. Those that are null stay null.</summary>
    /// <exception cref="RootAwayException">The root cannot be reached, or refuses.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Altered, under another name, or the root key is not known here.</exception>
    byte[]?[] Unwrap(string rootId, IReadOnlyList<NamedKey> wrapped);

    /// <summary>Wraps under the current root what <paramref name="rootId"/> wraps.</summary>
    /// <exception cref="RootAwayException">The root cannot be reached, or refuses.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">As <see cref="Unwrap"/>.</exception>
    WrappedKeys Rewrap(string rootId, IReadOnlyList<NamedKey> wrapped);

    /// <summary>Forgets keys in clear whose names are not among these: they were destroyed.</summary>
    void ForgetAllBut(IReadOnlySet<string> names);
}

/// <summary>A key, in clear or wrapped, and the name it is wrapped under, e.g. <c>p202611-5f3a9c0e/meta</c>; null once it was destroyed.</summary>
internal readonly record struct NamedKey(string Name, byte[]? Bytes);

/// <summary>Keys as they lie in the store, in the order they were given, and the root key that wraps them.</summary>
internal sealed record WrappedKeys(string RootId, byte[]?[] Keys);
