using Chaperone.Bus.Wire;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chaperone.Bus.Tests.Wire;

/// <summary>Requests and answers that travel together: what goes in comes out, and what is not a group is refused.</summary>
public sealed class HotGroupTests
{
    private static readonly Gen<(long Id, string? Word, byte[] Frame)> Entries =
        from id in Gen.Choose(int.MinValue, int.MaxValue)
        from word in Gen.OneOf(Gen.Constant<string?>(null), Gen.Choose(1, 255).Select(n => (string?)new string('w', n)))
        from size in Gen.Choose(0, 5000)
        select ((long)id << 20, word, Enumerable.Repeat((byte)id, size).ToArray());

    [Property(MaxTest = 200)]
    public Property Group_AnyEntries_RoundTrips() => Prop.ForAll(Entries.NonEmptyListOf().ToArbitrary(), sent =>
    {
        using var group = Group([.. sent]);
        var received = HotGroup.Read(group.Written);
        return received.Count == sent.Count
            && received.Zip(sent).All(p => p.First.Id == p.Second.Id && p.First.Word == p.Second.Word && p.First.Frame.Span.SequenceEqual(p.Second.Frame));
    });

    /// <summary>Cut anywhere it is refused, or is a group of fewer: never an entry that nobody sent.</summary>
    [Property(MaxTest = 200)]
    public Property Read_CutAnywhere_IsRefusedOrHasFewer() => Prop.ForAll(Entries.NonEmptyListOf().ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (sent, permille) =>
    {
        using var group = Group([.. sent]);
        try
        {
            var received = HotGroup.Read(group.Written[..(int)((group.Length - 1L) * permille / 1000)]);
            return received.Count < sent.Count && received.Zip(sent).All(p => p.First.Id == p.Second.Id && p.First.Frame.Span.SequenceEqual(p.Second.Frame));
        }
        catch (InvalidDataException)
        {
            return true;
        }
    });

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("02" + "0000000000000000" + "00" + "00000000")]
    [InlineData("01" + "0000000000000000" + "00" + "ffffffff")]
    [InlineData("01" + "0000000000000000" + "ff" + "00000000")]
    [InlineData("01" + "0000000000000000" + "00" + "ffffff7f")]
    public void Read_NoGroup_IsRefused(string hex) => Assert.Throws<InvalidDataException>(() => HotGroup.Read(Convert.FromHexString(hex)));

    private static FrameBuffer Group((long Id, string? Word, byte[] Frame)[] entries)
    {
        var group = HotGroup.Begin();
        foreach (var (id, word, frame) in entries)
        {
            HotGroup.Add(group, id, word, frame);
        }

        return group;
    }
}
