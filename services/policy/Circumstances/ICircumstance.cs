namespace Chaperone.Policy.Circumstances;

/// <summary>Something about the caller, the way or the hour of a call, as a rule asks for it. Thread-safe.</summary>
internal interface ICircumstance
{
    /// <summary>The key that asks for it in a policy file, e.g. <c>network</c> or <c>principal.mfa</c>.</summary>
    string Key { get; }

    /// <summary>Whether it holds. Warily, for rules that restrict: what cannot be told holds, and texts that look alike are alike; else it does not.</summary>
    bool Holds(Scene scene, bool wary);
}
