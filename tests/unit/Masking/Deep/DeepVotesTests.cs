using System.Text.Json;
using Chaperone.Masking.Deep;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tests.Deep;

/// <summary>What the model's numbers come to, and that they weaken nothing that the engine found.</summary>
public sealed class DeepVotesTests
{
    [Theory]
    [InlineData(0.2f, 0.39f, 0.41f, true)]
    [InlineData(0.6f, 0.19f, 0.21f, false)]
    public void ToFinds_TwoClassesShareAWord_CountTogether(float stays, float place, float person, bool isFound)
    {
        using var config = JsonDocument.Parse("""{"id2label":{"0":"O","1":"LOC","2":"PER"}}""");
        var votes = new DeepVotes(1);

        votes.Add(0, [MathF.Log(stays), MathF.Log(place), MathF.Log(person)], DeepLabels.Read(config.RootElement, new Dictionary<string, string>()), isFirst: true);

        Assert.Equal(isFound ? [Identifier.Name] : [], votes.ToFinds("strand", [new DeepWord(0, 6, 0, 1)], [], 0.5f).Select(f => f.Identifier));
    }

    [Theory]
    [InlineData(0, 9, 2, 9)]
    [InlineData(2, 14, 0, 9)]
    public void Settle_EngineAndModel_TheEngineNamesTheClass(int deepStart, int deepEnd, int start, int end)
    {
        var spans = new TextSpans { Rule = MaskRule.Label };
        spans.Add(start, end, Identifier.Mrn);
        spans.Rule = MaskRule.Deep;
        spans.Add(deepStart, deepEnd, Identifier.Id);

        spans.Settle();

        Assert.Equal(1, spans.Count);
        Assert.Equal((0, Math.Max(end, deepEnd), Identifier.Mrn, MaskRule.Label), (spans[0].Start, spans[0].End, spans[0].Identifier, spans[0].Rule));
    }
}
