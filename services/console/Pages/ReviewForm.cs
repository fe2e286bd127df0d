namespace Chaperone.Console.Pages;

/// <summary>What the forms of the page send.</summary>
public sealed class ReviewForm
{
    /// <summary><c>plan</c>, <c>end</c>, <c>judge</c> or <c>sign</c>.</summary>
    public string? Do { get; set; }

    public Guid? Plan { get; set; }

    public Guid? Session { get; set; }

    public string? Name { get; set; }

    public string? Cadence { get; set; }

    public string? Server { get; set; }

    public string? User { get; set; }

    public bool OnlyRefused { get; set; }

    /// <summary>One of the person's saved searches.</summary>
    public Guid? Search { get; set; }

    public int? Sample { get; set; }

    public int? DueDays { get; set; }

    public string? Verdict { get; set; }

    public string? Words { get; set; }
}
