namespace Chaperone.Console.Pages;

/// <summary>What the form of the page sends.</summary>
public sealed class DisclosureForm
{
    /// <summary><c>number</c>, <c>phone</c> or <c>email</c>.</summary>
    public string? Kind { get; set; }

    public string? Identifier { get; set; }

    public string? From { get; set; }

    public string? To { get; set; }

    public string? Reason { get; set; }

    /// <summary>The gateway's address as clients reach it; needed with <c>fhir</c>.</summary>
    public string? Gateway { get; set; }

    /// <summary><c>show</c>, <c>csv</c>, <c>html</c> or <c>fhir</c>.</summary>
    public string? As { get; set; }
}
