namespace Chaperone.Policy.Documents;

/// <summary>The order of masking profiles: where rules disagree the strictest wins.</summary>
internal static class MaskingProfile
{
    /// <summary>Where nothing says otherwise.</summary>
    public const string Strictest = "safe-harbor";

    private static readonly string[] Order = ["none", "review", "linked", "session", Strictest];

    /// <summary>The stricter of two; a name that is not in the order is stricter than all that are.</summary>
    public static string Stricter(string one, string other)
    {
        var difference = Rank(one) - Rank(other);
        return difference > 0 || (difference == 0 && string.CompareOrdinal(one, other) <= 0) ? one : other;
    }

    private static int Rank(string profile)
    {
        var index = Array.IndexOf(Order, profile);
        return index < 0 ? Order.Length : index;
    }
}
