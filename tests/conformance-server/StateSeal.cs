using System.Security.Cryptography;
using System.Text;

namespace Chaperone.ConformanceServer;

/// <summary>Signs a <c>requestState</c>, so that a changed one is noticed (SEP-2322). The key lives as long as the process.</summary>
internal sealed class StateSeal
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Seal(string state) => $"{state}.{Tag(state)}";

    public bool Opens(string sealedState)
    {
        var dot = sealedState.LastIndexOf('.');
        return dot > 0 && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Tag(sealedState[..dot])), Encoding.UTF8.GetBytes(sealedState[(dot + 1)..]));
    }

    private string Tag(string state) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(state)));
}
