namespace Chaperone.Policy.Documents;

/// <summary>What a matching rule does; the safe side is zero.</summary>
internal enum RuleEffect
{
    /// <summary>Refuses.</summary>
    Deny = 0,

    /// <summary>Lets the call pass once people said yes.</summary>
    Approve = 1,

    /// <summary>Lets the call pass.</summary>
    Allow = 2,
}
