namespace Chaperone.Console.Web;

/// <summary>A page that says what is wrong and what to do.</summary>
internal sealed record Trouble(int Status, string Title, string Advice);
