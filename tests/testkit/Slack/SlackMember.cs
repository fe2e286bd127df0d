namespace Chaperone.TestKit.Slack;

/// <summary>An account of the fake workspace.</summary>
/// <param name="Id">E.g. <c>U0ANN00001</c>.</param>
/// <param name="Email">Address in the profile; null: not given to the app.</param>
public sealed record SlackMember(string Id, string? Email)
{
    /// <summary>Workspace of the account.</summary>
    public string Team { get; init; } = FakeSlack.Team;

    /// <summary>Whether Slack says the address is confirmed.</summary>
    public bool Confirmed { get; init; } = true;

    /// <summary>A flag of the user object that is true, e.g. <c>is_restricted</c>.</summary>
    public string? Flag { get; init; }
}
