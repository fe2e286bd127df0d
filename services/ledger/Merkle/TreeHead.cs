namespace Chaperone.Ledger;

/// <summary>How many leaves a tree has, and its RFC 6962 root.</summary>
public readonly record struct TreeHead(long Size, MerkleHash Root);
