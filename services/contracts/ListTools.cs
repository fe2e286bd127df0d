namespace Chaperone.Contracts;

/// <summary>Console to policy: the tools that servers have shown, those that wait for a decision first, then the latest seen.</summary>
public sealed record ListTools
{
    /// <summary>One tool only, with its definitions; null for all, without them.</summary>
    public Guid? ToolId { get; init; }

    /// <summary>True: only those that wait for a decision.</summary>
    public bool Waiting { get; init; }

    /// <summary>From 0.</summary>
    public int Offset { get; init; }

    /// <summary>1 to 200.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>One page of tools.</summary>
public sealed record ToolPage
{
    /// <summary>How many match in all.</summary>
    public required int Total { get; init; }

    /// <summary>The page.</summary>
    public required ToolItem[] Items { get; init; }
}

/// <summary>One definition of one tool.</summary>
public sealed record ToolItem
{
    /// <summary>Made from server, name and digest.</summary>
    public required Guid ToolId { get; init; }

    /// <summary>Key of the server in the policy file.</summary>
    public required string Server { get; init; }

    /// <summary>The tool's name, as the server says it.</summary>
    public required string Tool { get; init; }

    /// <summary>SHA-256 of the RFC 8785 form of the definition, lower-case hex.</summary>
    public required string Digest { get; init; }

    /// <summary>Where it stands.</summary>
    public required ToolState State { get; init; }

    /// <summary>Whether it is what the server showed last under this name.</summary>
    public required bool Current { get; init; }

    /// <summary>When it was first seen.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Name under which the same definition is accepted; null where there is none.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>What a person should look at twice.</summary>
    public ToolSuspicion[] Suspicions { get; init; } = [];

    /// <summary>Who decided; <c>first use</c> where nobody had to; null before.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was decided; null before.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The decider's words, sealed under <see cref="ToolId"/>; null where there are none.</summary>
    public SealedPayload? Reason { get; init; }

    /// <summary>The definition in RFC 8785 form, sealed under <see cref="ToolId"/>; null in lists, and where it is too large to be reviewed.</summary>
    public SealedPayload? Definition { get; init; }

    /// <summary>What it is to be compared with: the latest accepted definition of this name or, where it was renamed, of the other; sealed under <see cref="AcceptedToolId"/>. Null in lists, and where there is none.</summary>
    public SealedPayload? AcceptedDefinition { get; init; }

    /// <summary>Whose definition that is; null where there is none.</summary>
    public Guid? AcceptedToolId { get; init; }
}

/// <summary>Where a definition of a tool stands; the safe side is zero.</summary>
public enum ToolState
{
    /// <summary>Waits for an admin: hidden and refused meanwhile.</summary>
    Held = 0,

    /// <summary>Goes by the rules.</summary>
    Accepted = 1,

    /// <summary>An admin said no: hidden and refused.</summary>
    Refused = 2,
}

/// <summary>Something in a definition that honest tools seldom have.</summary>
public sealed record ToolSuspicion
{
    /// <summary>What it is.</summary>
    public required ToolSuspicionKind Kind { get; init; }

    /// <summary>Where: a path of member names, e.g. <c>inputSchema.properties.id.description</c>.</summary>
    public required string Path { get; init; }
}

/// <summary>What is suspicious.</summary>
public enum ToolSuspicionKind
{
    /// <summary>Characters that people do not see: zero-width, direction, tags, control.</summary>
    HiddenText = 0,

    /// <summary>A comment of HTML or Markdown, which people who read the rendered text do not see.</summary>
    Comment = 1,

    /// <summary>Words that tell a model to forget what it was told.</summary>
    Override = 2,

    /// <summary>Words that tell a model to keep something from its user.</summary>
    Secrecy = 3,

    /// <summary>Words that tell a model to send something elsewhere.</summary>
    Exfiltration = 4,

    /// <summary>Names of files or variables that hold secrets.</summary>
    Secrets = 5,

    /// <summary>Words that speak about other tools, or order what comes before them.</summary>
    Steering = 6,

    /// <summary>A long run of letters that could hide text (Base64, hexadecimal).</summary>
    Encoded = 7,

    /// <summary>Letters of several alphabets in one word, which look like others.</summary>
    LookAlike = 8,
}
