using System.Reflection;
using System.Text;
using System.Text.Json;
using Chaperone.Bus.Wire;
using Chaperone.Contracts;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chaperone.Bus.Tests.Wire;

/// <summary>Messages as bytes: what goes in comes out, and what is not a message is refused.</summary>
public sealed class FrameTests
{
    public static TheoryData<Type> Contracts => [.. typeof(EvaluateCall).Assembly.GetExportedTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && t.GetMethod("<Clone>$") is not null)];

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Frame_EveryContractFullyFilled_RoundTrips(Type contract)
    {
        var sent = new ContractFiller().Fill(contract);

        var received = RoundTrip(contract, sent);

        Assert.Equal(JsonSerializer.Serialize(sent, contract), JsonSerializer.Serialize(received, contract));
    }

    [Property(MaxTest = 60)]
    public Property Frame_PayloadOfAnySize_RoundTrips() => Prop.ForAll(
        Gen.Choose(0, 1 << 20).SelectMany(size => Gen.Choose(0, 255).Select(fill => (size, fill))).ToArbitrary(),
        sample =>
        {
            var bytes = Enumerable.Repeat((byte)sample.fill, sample.size).ToArray();
            var sent = new SealedPayload { KeyId = "k", Nonce = [1, 2, 3], Ciphertext = bytes };
            using var frame = Frame.Write(sent);
            var received = Frame.Read<SealedPayload>(frame.Written);
            return received.Ciphertext.AsSpan().SequenceEqual(bytes) && received.Nonce is [1, 2, 3] && frame.Length < sample.size + 200;
        });

    [Fact]
    public void Read_UnknownMembers_AreIgnoredEvenWhenTheyAreBytes()
    {
        var frame = FrameOf("""{"Later":[0,2],"KeyId":"k","Nonce":[2,1],"More":{"a":1},"Ciphertext":[3,1]}""", [9, 9, 7, 8]);

        var payload = Frame.Read<SealedPayload>(frame);

        Assert.Equal([7], payload.Nonce);
        Assert.Equal([8], payload.Ciphertext);
    }

    [Theory]
    [InlineData("""{"KeyId":"k","Nonce":[0,1]}""")]
    [InlineData("""{"KeyId":null,"Nonce":[0,1],"Ciphertext":[0,1]}""")]
    [InlineData("""{"KeyId":"k","Nonce":[0,1],"Ciphertext":[0,3]}""")]
    [InlineData("""{"KeyId":"k","Nonce":[0,1],"Ciphertext":[-1,1]}""")]
    [InlineData("""{"KeyId":"k","Nonce":[0,1],"Ciphertext":[2147483647,2147483647]}""")]
    [InlineData("""{"KeyId":"k","Nonce":[0,1],"Ciphertext":"AAAA"}""")]
    [InlineData("null")]
    [InlineData("")]
    public void Read_MissingOrImpossible_IsRefused(string json) =>
        Assert.Throws<InvalidDataException>(() => Frame.Read<SealedPayload>(FrameOf(json, [1, 2])));

    [Theory]
    [InlineData("\"Sideways\"")]
    [InlineData("2")]
    public void Read_UnknownEffect_IsRefused(string effect) =>
        Assert.Throws<InvalidDataException>(() => Frame.Read<DecisionFacts>(FrameOf(
            $$"""{"Effect":{{effect}},"Rule":"r","PolicyDigest":"d","Reason":"r","Masking":"m"}""", [])));

    [Fact]
    public void Read_EveryTruncation_IsRefused()
    {
        using var frame = Frame.Write(new SealedPayload { KeyId = "k", Nonce = [1, 2], Ciphertext = [3, 4] });

        for (var length = 0; length < frame.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Frame.Read<SealedPayload>(frame.Written[..length]));
        }
    }

    [Fact]
    public void Read_BadJson_DoesNotQuoteIt()
    {
        var e = Assert.Throws<InvalidDataException>(() => Frame.Read<SealedPayload>(FrameOf("""{"KeyId":219099999}""", [])));

        Assert.DoesNotContain("219099999", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Group_SeveralRecords_ComeApartInOrderAndTruncationsAreRefused()
    {
        var filler = new ContractFiller();
        var sent = Enumerable.Range(0, 3).Select(_ => (RecordEntry)filler.Fill(typeof(RecordEntry))).ToArray();
        var frames = sent.Select(Frame.Write).ToArray();
        using var group = RecordGroup.Write(frames, frames.Sum(f => f.Length + RecordGroup.Overhead));

        Assert.Equal(sent.Select(e => e.EventId), RecordGroup.Read(group.Written).Select(e => e.EventId));
        Assert.Throws<InvalidDataException>(() => RecordGroup.Read(group.Written[..^1]));
        Assert.Throws<InvalidDataException>(() => RecordGroup.Read(group.Written[..1]));
        Assert.Throws<InvalidDataException>(() => RecordGroup.Read(default));
    }

    private static object RoundTrip(Type contract, object sent) =>
        typeof(FrameTests).GetMethod(nameof(RoundTripOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(contract).Invoke(null, [sent])!;

    private static T RoundTripOf<T>(T sent)
        where T : class
    {
        using var frame = Frame.Write(sent);
        return Frame.Read<T>(frame.Written);
    }

    private static byte[] FrameOf(string json, byte[] attachments)
    {
        var text = Encoding.UTF8.GetBytes(json);
        return [1, .. BitConverter.GetBytes(text.Length), .. text, .. attachments];
    }
}
