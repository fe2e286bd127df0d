namespace Chaperone.Approval.Store;

/// <summary>A row of <c>approval_person</c>: an approver as the last sign-in to the console told.</summary>
internal sealed class PersonRow
{
    public string Issuer { get; set; } = "";

    public string Subject { get; set; } = "";

    public byte[] Facts { get; set; } = [];
}
