using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Approval.Slack;

/// <summary>Slack's request signature, version 0: <c>v0=</c> and HMAC-SHA256 over <c>v0:UNIX-SECONDS:RAW-BODY</c> (docs.slack.dev, "Verifying requests from Slack").</summary>
internal static class SlackSignature
{
    private const int LongestSkew = 300;

    /// <summary>Whether Slack signed <paramref name="body"/> within five minutes of <paramref name="now"/>; compared in constant time.</summary>
    public static bool Holds(string secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds < now.ToUnixTimeSeconds() - LongestSkew
            || seconds > now.ToUnixTimeSeconds() + LongestSkew
            || signature is null)
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Compute(secret, timestamp!, body)), Encoding.ASCII.GetBytes(signature));
    }

    public static string Compute(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"v0:{timestamp}:"), .. body];
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
