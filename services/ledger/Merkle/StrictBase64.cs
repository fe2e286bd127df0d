namespace Chaperone.Ledger;

/// <summary>Standard base64 (RFC 4648 section 4) with one spelling for each value: no white space, no stray bits.</summary>
internal static class StrictBase64
{
    public static bool TryDecode(string text, int maxBytes, out byte[] bytes)
    {
        bytes = [];
        if (text.Length > (maxBytes + 2) / 3 * 4)
        {
            return false;
        }

        var buffer = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, buffer, out var written))
        {
            return false;
        }

        // The framework skips white space and ignores unused bits; two texts for one value would let a note be altered unseen.
        if (!string.Equals(Convert.ToBase64String(buffer, 0, written), text, StringComparison.Ordinal))
        {
            return false;
        }

        bytes = buffer[..written];
        return true;
    }
}
