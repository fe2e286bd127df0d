using Chaperone.Policy.Circumstances;
using Chaperone.Policy.Patterns;
using Chaperone.Policy.Shell;
using Chaperone.Policy.Sql.Facts;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Documents;

/// <summary>What a rule speaks about: all of its parts must fit. An empty part fits anything.</summary>
internal sealed record RuleMatch
{
    /// <summary>Names of roles, of which the caller has at least one.</summary>
    public string[] Roles { get; init; } = [];

    /// <summary>Keys of servers.</summary>
    public NamePattern[] Servers { get; init; } = [];

    /// <summary>JSON-RPC methods.</summary>
    public NamePattern[] Methods { get; init; } = [];

    /// <summary>Tool names.</summary>
    public NamePattern[] Tools { get; init; } = [];

    /// <summary>Prompt names.</summary>
    public NamePattern[] Prompts { get; init; } = [];

    /// <summary>Resource URIs.</summary>
    public NamePattern[] Resources { get; init; } = [];

    /// <summary>Conditions on <c>params.arguments</c>, all of which must hold.</summary>
    public ArgumentCondition[] Arguments { get; init; } = [];

    /// <summary>What the SQL that the call carries must be; null for any.</summary>
    public SqlCondition? Sql { get; init; }

    /// <summary>What the shell commands that the call carries must be; null for any.</summary>
    public ShellCondition? Shell { get; init; }

    /// <summary>What must have happened in the session of the call, all of it.</summary>
    public CounterTerms[] Counters { get; init; } = [];

    /// <summary>True when what the call carries, or what went before it, decides.</summary>
    public bool IsConditional => Arguments.Length > 0 || Sql is not null || Shell is not null || Counters.Length > 0;

    /// <summary>Who calls, from where and when; all of it must hold.</summary>
    public ICircumstance[] Circumstances { get; init; } = [];

    /// <summary>What the tool must say of itself; null where that does not matter. It makes the rule speak about tools only.</summary>
    public ToolHints? Hints { get; init; }

    /// <summary>True when it names tools, prompts or resources.</summary>
    public bool HasTarget => Tools.Length + Prompts.Length + Resources.Length > 0 || Hints is not null;
}
