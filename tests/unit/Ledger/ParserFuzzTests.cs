using System.Text;
using FsCheck;
using FsCheck.Xunit;

namespace Chaperone.Ledger.Tests;

/// <summary>
/// Whatever bytes come, the parsers neither throw nor accept a second spelling: what is accepted is written back byte for byte.
/// </summary>
public sealed class ParserFuzzTests
{
    private static readonly byte[] Note = Encoding.UTF8.GetBytes(TesseraLog.Checkpoint);
    private static readonly byte[] Proof =
        [.. Encoding.UTF8.GetBytes($"c2sp.org/tlog-proof@v1\nextra AQID\nindex 3\n{TesseraLog.Root}\n{TesseraLog.Root}\n\n"), .. Note];

    private static readonly byte[] Bundle = EntryBundle.Encode(["one"u8.ToArray(), Array.Empty<byte>(), "three"u8.ToArray()]);

    [Property(MaxTest = 1000)]
    public void AnyBytes_NeverThrow(byte[] bytes) => CheckAll(bytes);

    [Property(MaxTest = 3000)]
    public void MutatedNote_NeverThrows(NonEmptyArray<(int Position, byte Value, byte How)> edits) => CheckAll(Mutate(Note, edits.Get));

    [Property(MaxTest = 3000)]
    public void MutatedProof_NeverThrows(NonEmptyArray<(int Position, byte Value, byte How)> edits) => CheckAll(Mutate(Proof, edits.Get));

    [Property(MaxTest = 3000)]
    public void MutatedBundle_NeverThrows(NonEmptyArray<(int Position, byte Value, byte How)> edits) => CheckAll(Mutate(Bundle, edits.Get));

    [Fact]
    public void Samples_AreAccepted() => Assert.Equal((true, true, true), (CheckAll(Note).Note, CheckAll(Proof).Proof, CheckAll(Bundle).Bundle));

    private static (bool Note, bool Proof, bool Bundle) CheckAll(byte[] bytes)
    {
        var isNote = SignedNote.TryParse(bytes, out var note) == NoteFault.None;
        if (isNote)
        {
            Assert.Equal(bytes, note!.ToBytes());
            if (Checkpoint.TryParse(note.Text, out var checkpoint))
            {
                Assert.Equal(note.Text, checkpoint!.ToText());
            }
        }

        var isProof = TlogProof.TryParse(bytes, out var proof) == NoteFault.None;
        if (isProof)
        {
            Assert.Equal(bytes, proof!.ToBytes());
        }

        var isBundle = EntryBundle.TryDecode(bytes, 3, out var entries, out var problem);
        if (isBundle)
        {
            Assert.Equal(bytes, EntryBundle.Encode(entries));
        }

        Assert.Equal(isBundle, problem.Length == 0);
        return (isNote, isProof, isBundle);
    }

    private static byte[] Mutate(byte[] sample, (int Position, byte Value, byte How)[] edits)
    {
        var bytes = sample.ToList();
        foreach (var (position, value, how) in edits.Take(4))
        {
            var at = (int)((uint)position % (uint)(bytes.Count + 1));
            switch (how % 4)
            {
                case 0:
                    bytes.Insert(at, value);
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveAt(at);
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] = value;
                    break;
                default:
                    bytes.InsertRange(at, bytes.Skip(at / 2).Take(value).ToList());
                    break;
            }
        }

        return [.. bytes];
    }
}
