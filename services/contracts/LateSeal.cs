namespace Chaperone.Contracts;

/// <summary>A payload of this process that nobody has looked at yet. It is sealed once, when somebody does. Thread-safe.</summary>
/// <param name="plaintext">The bytes; nobody else may hold them.</param>
/// <param name="context">The context under which alone they open.</param>
/// <param name="seal">Seals them.</param>
internal sealed class LateSeal(byte[] plaintext, Guid context, Func<byte[], Guid, SealedPayload> seal)
{
    private SealedPayload? _sealed;

    /// <summary>The sealed form; made at the first look, and the same ever after.</summary>
    public SealedPayload Sealed
    {
        get
        {
            if (Volatile.Read(ref _sealed) is { } known)
            {
                return known;
            }

            Interlocked.CompareExchange(ref _sealed, seal(plaintext, context), null);
            return _sealed;
        }
    }

    /// <summary>The bytes, if this is their context.</summary>
    public bool TryOpen(Guid expected, out ReadOnlySpan<byte> bytes)
    {
        var fits = expected == context;
        bytes = fits ? plaintext : [];
        return fits;
    }
}
