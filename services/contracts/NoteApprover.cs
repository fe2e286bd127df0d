namespace Chaperone.Contracts;

/// <summary>Console to approval: an approver signed in, or is no approver any more. What a card in a chat lets a person do rests on this, and lapses as a sign-in does.</summary>
public sealed record NoteApprover
{
    /// <summary>Who, with the groups of this sign-in.</summary>
    public required Principal Person { get; init; }

    /// <summary>True after a sign-in with an approver's groups; false after a sign-out, or a sign-in without them.</summary>
    public required bool Present { get; init; }

    /// <summary>When the person signed in or out; of two notes the later one counts.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>The note is durable.</summary>
public sealed record ApproverNoted
{
    /// <summary>Whether the person can be recognised by a verified e-mail address from now on.</summary>
    public required bool Known { get; init; }
}
