namespace Chaperone.Contracts;

/// <summary>A payload of this process that nobody has looked at yet. It is sealed once, when somebody does, and its bytes are let go then. Thread-safe.</summary>
/// <param name="plaintext">The bytes; nobody else may hold them.</param>
/// <param name="context">The context under which alone they open.</param>
/// <param name="seal">Seals them.</param>
internal sealed class LateSeal(byte[] plaintext, Guid context, Func<byte[], Guid, SealedPayload> seal)
{
    private readonly Lock _lock = new();
    private byte[]? _plaintext = plaintext;
    private SealedPayload? _sealed;

    /// <summary>The sealed form; made at the first look, and the same ever after.</summary>
    public SealedPayload Sealed
    {
        get
        {
            lock (_lock)
            {
                _sealed ??= seal(_plaintext!, context);
                _plaintext = null;
                return _sealed;
            }
        }
    }

    /// <summary>The bytes, a copy, if this is their context and nobody has looked yet; else null, and <see cref="Sealed"/> says whether they open.</summary>
    public byte[]? TryOpen(Guid expected)
    {
        lock (_lock)
        {
            return expected == context ? _plaintext?.AsSpan().ToArray() : null;
        }
    }
}
