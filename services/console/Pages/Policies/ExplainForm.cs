namespace Chaperone.Console.Pages.Policies;

/// <summary>A made-up call as it is typed.</summary>
internal sealed class ExplainForm
{
    public string? Subject { get; set; } = "somebody";

    public string? Issuer { get; set; }

    public string? Groups { get; set; }

    public string? Client { get; set; }

    public string? Amr { get; set; }

    public bool Service { get; set; }

    public string? Address { get; set; }

    public string? Server { get; set; }

    public string Method { get; set; } = "tools/call";

    public string? Target { get; set; }

    public string? Arguments { get; set; }

    public int Counts { get; set; }
}
