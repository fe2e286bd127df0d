using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Ledger;

namespace Chaperone.Recorder.Sealing;

/// <summary>
/// What the first leaf of a log says of the log before it (leaf member <c>l</c>): origin, size and root as it was closed, and the
/// SHA-256, in lower-case hex, of the signed checkpoint that says so.
/// </summary>
internal sealed record CarryOver(string Origin, TreeHead Head, string NoteHash)
{
    /// <summary>Longest origin of a ledger, in characters, for which a leaf has room.</summary>
    public const int LongestOrigin = 200;

    /// <summary>Of a closed log's checkpoint, verbatim.</summary>
    public static CarryOver Of(string origin, TreeHead head, string note) => new(origin, head, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(note))));

    /// <summary>Writes it as a value.</summary>
    public void Write(CanonicalJson json) => json.BeginObject()
        .Member("note", NoteHash).Member("origin", Origin).Member("root", Head.Root.ToString()).Member("size", Head.Size)
        .EndObject();

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The root is not 32 bytes in base64, or the size is negative.</exception>
    public static CarryOver Read(JsonElement json) =>
        MerkleHash.TryParse(json.GetProperty("root").GetString()!, out var root) && json.GetProperty("size").GetInt64() is >= 0 and var size
            ? new CarryOver(json.GetProperty("origin").GetString()!, new TreeHead(size, root), json.GetProperty("note").GetString()!)
            : throw new FormatException("Not a carry-over.");
}
