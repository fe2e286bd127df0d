namespace Chaperone.Policy.Documents;

/// <summary>A role: whoever is in one of its groups has it.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="Groups">Groups of the identity provider, compared exactly; never empty.</param>
internal sealed record PolicyRole(string Name, string[] Groups);
