namespace Chaperone.Approval.Teams;

/// <summary>How a person in Teams is found among those who signed in to the console.</summary>
public enum TeamsMatch
{
    /// <summary>By tenant and object id of the account, which the sign-in names as well (<c>tid</c>, <c>oid</c>).</summary>
    ObjectId = 0,

    /// <summary>By the account's e-mail address, which the sign-in's identity provider has verified.</summary>
    Email = 1,
}
