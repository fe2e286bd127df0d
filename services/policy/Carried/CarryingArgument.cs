using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Carried;

/// <summary>An argument that carries a text of another language.</summary>
internal sealed record CarryingArgument(NamePattern Tool, ArgumentPath Path);
