using Chaperone.Contracts;

namespace Chaperone.Policy.Cases;

/// <summary>How an effect is written in policy files.</summary>
internal static class EffectWords
{
    public static string Of(CallEffect effect) => effect switch
    {
        CallEffect.Allow => "allow",
        CallEffect.Hold => "approve",
        _ => "deny",
    };
}
