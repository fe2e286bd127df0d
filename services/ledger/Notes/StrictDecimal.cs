using System.Globalization;

namespace Chaperone.Ledger;

/// <summary>Decimal numbers with one spelling each: ASCII digits, no sign, no leading zero.</summary>
internal static class StrictDecimal
{
    public static bool TryParse(string text, out long value)
    {
        value = 0;
        return (text.Length <= 1 || text[0] != '0')
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
