namespace Chaperone.Console.Pages;

/// <summary>What the Evidence page's form sends, as typed.</summary>
internal sealed class EvidenceForm
{
    public string? From { get; set; }

    public string? To { get; set; }

    public string? User { get; set; }

    public string? Server { get; set; }

    public string? Tool { get; set; }

    public string? Session { get; set; }

    public string? Decision { get; set; }

    public bool MaskedText { get; set; }

    public string? Older { get; set; }
}
