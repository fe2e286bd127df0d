using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Approval.Notices;

/// <summary>
/// The value of <c>X-Chaperone-Signature</c>: <c>t=UNIX-SECONDS,k=KEY-ID,v1=HEX</c>, where HEX is HMAC-SHA256 over
/// <c>UNIX-SECONDS.BODY</c>. A receiver recomputes it over the raw body and refuses an old time.
/// </summary>
internal static class WebhookSignature
{
    public static string Compute(string keyId, byte[] key, DateTimeOffset at, byte[] body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds + "."), .. body];
        return $"t={seconds},k={keyId},v1={Convert.ToHexStringLower(HMACSHA256.HashData(key, signed))}";
    }
}
