using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Sql;

/// <summary>An argument that carries SQL.</summary>
internal sealed record SqlArgument(NamePattern Tool, ArgumentPath Path);
