namespace Chaperone.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What, e.g. <c>broker</c>.</param>
/// <param name="State">How it is.</param>
/// <param name="Words">One sentence, without secrets.</param>
/// <param name="Remedy">What to do; null when it is well.</param>
internal sealed record Diagnosis(string Subject, Condition State, string Words, string? Remedy = null)
{
    public static Diagnosis Well(string subject, string words) => new(subject, Condition.Well, words);

    public static Diagnosis Look(string subject, string words, string remedy) => new(subject, Condition.Look, words, remedy);

    public static Diagnosis Ill(string subject, string words, string remedy) => new(subject, Condition.Ill, words, remedy);
}

/// <summary>How a thing is.</summary>
internal enum Condition
{
    /// <summary>As it should be.</summary>
    Well = 0,

    /// <summary>It works; somebody should look at it.</summary>
    Look = 1,

    /// <summary>Chaperone does not start or does not serve with it.</summary>
    Ill = 2,
}
