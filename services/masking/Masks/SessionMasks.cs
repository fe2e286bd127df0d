using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Masking.Masks;

/// <summary>
/// Surrogates that hold for one session: <see cref="LinkedMask"/> under a key that no other session has, with dates as in
/// <see cref="SafeHarborMask"/>. All workers derive the same key (HKDF, RFC 5869), which is kept nowhere. Thread-safe.
/// </summary>
internal sealed class SessionMasks(byte[] master, SafeHarborMask plain)
{
    /// <summary>What stands in tags for the key: <c>[NAME:s:...]</c>.</summary>
    public const string KeyId = "s";

    private const int KeyLength = 32;
    private const int MostSessions = 256;
    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("chaperone session surrogates 1");

    private readonly ConcurrentDictionary<Guid, IMaskForm> _forms = new();

    public IMaskForm Of(Guid session)
    {
        if (_forms.Count >= MostSessions)
        {
            _forms.Clear();
        }

        return _forms.GetOrAdd(session, id => new LinkedMask(new LinkKeys([(KeyId, KeyOf(id))]), plain, movesDates: false));
    }

    private byte[] KeyOf(Guid session) => HKDF.DeriveKey(HashAlgorithmName.SHA256, master, KeyLength, session.ToByteArray(bigEndian: true), Purpose);
}
