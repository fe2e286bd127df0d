namespace Chaperone.Approval.Slack;

/// <summary>Names that tie what we send to what comes back.</summary>
internal static class SlackActions
{
    public const string Approve = "chaperone_approve";
    public const string ApproveWhy = "chaperone_approve_why";
    public const string Deny = "chaperone_deny";
    public const string Open = "chaperone_open";
    public const string ApproveView = "chaperone_approve_reason";
    public const string DenyView = "chaperone_deny_reason";
    public const string ReasonBlock = "reason";
    public const string ReasonInput = "words";
    public const string Metadata = "chaperone_approval";

    /// <summary>What a button stands for: the number, and the exact call, so that a button of an old card can never answer another request.</summary>
    public static string Value(ApprovalCase about) => $"{about.Id} {about.BindingDigest}";

    /// <summary>Reads <see cref="Value"/>.</summary>
    public static bool TryRead(string? value, out string approvalId, out string binding)
    {
        (approvalId, binding) = ("", "");
        if (value?.Split(' ') is not [var id, { Length: 64 } digest] || !ApprovalNumber.TryParse(id, out _) || !digest.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }

        (approvalId, binding) = (id, digest);
        return true;
    }
}
