namespace Chaperone.Approval.Store;

/// <summary>A row of <c>approval_click</c>: an answer from a chat on its way to the desk.</summary>
internal sealed class ClickRow
{
    public long Id { get; set; }

    public string Key { get; set; } = "";

    public byte[] Body { get; set; } = [];

    /// <summary>What the person is to be told; null until the desk has answered.</summary>
    public byte[]? Answer { get; set; }

    public long Attempts { get; set; }
}
