namespace Chaperone.TestKit;

/// <summary>Somebody whom <see cref="TestIssuer"/> knows.</summary>
/// <param name="Subject">The <c>sub</c> claim.</param>
/// <param name="Name">The <c>name</c> claim.</param>
/// <param name="Groups">The groups claim.</param>
public sealed record TestPerson(string Subject, string Name, params string[] Groups)
{
    /// <summary>The <c>email</c> claim; verified.</summary>
    public string Email { get; init; } = $"{Subject}@example.test";
}
