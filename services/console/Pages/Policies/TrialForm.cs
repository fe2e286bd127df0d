namespace Chaperone.Console.Pages.Policies;

/// <summary>A policy that is to be tried, as it is chosen: a kept version, or a text or file beside it.</summary>
internal sealed class TrialForm
{
    /// <summary>Digest; empty for the version in force, <see cref="Draft"/> for the text.</summary>
    public string? Version { get; set; }

    /// <summary>The policy file.</summary>
    public string? Text { get; set; }

    /// <summary>Digest of the version to compare with; empty for the one in force.</summary>
    public string? Before { get; set; }

    /// <summary>The file of cases.</summary>
    public string? Cases { get; set; }

    public string Range { get; set; } = "24h";

    public string? From { get; set; }

    public string? To { get; set; }

    /// <summary>Where the part before ended.</summary>
    public long? Below { get; set; }

    /// <summary>The value of <see cref="Version"/> that means the text.</summary>
    public const string Draft = "draft";

    public bool IsDraft => Version == Draft;

    /// <summary>The digest that <paramref name="choice"/> means; null for the version in force.</summary>
    public static string? Digest(string? choice) => choice is { Length: > 0 } and not Draft ? choice : null;
}
