namespace Chaperone.Masking;

/// <summary>Profiles by the names that the policy file uses.</summary>
public static class MaskingProfiles
{
    /// <summary>The profile called <paramref name="name"/>; whatever is unknown is the strictest.</summary>
    public static MaskingProfile Parse(string? name) => name switch
    {
        "none" => MaskingProfile.None,
        "review" => MaskingProfile.Review,
        "session" => MaskingProfile.Session,
        "linked" => MaskingProfile.Linked,
        _ => MaskingProfile.SafeHarbor,
    };
}
