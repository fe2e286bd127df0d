namespace Chaperone.Console.Web;

/// <summary>One line of a comparison.</summary>
/// <param name="Sign">A plus for what is new, a minus for what is gone, a space for what stayed.</param>
/// <param name="Text">The line.</param>
internal sealed record DefinitionLine(char Sign, string Text);
