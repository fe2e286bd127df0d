using Chaperone.Recorder.Search;

namespace Chaperone.Recorder.Tests;

public class SearchQueryTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  ", "")]
    [InlineData("one  two", "one|two")]
    [InlineData("beg* end", "beg~|end")]
    [InlineData("a \"in a row\" b", "a|in a row|b")]
    [InlineData("\"in a row\"", "in a row")]
    [InlineData("-- ; ( word", "word")]
    [InlineData("tab\tline\nnul\0end", "tab|line|nul|end")]
    [InlineData("O'Brien get_patient", "O'Brien|get_patient")]
    public void Parse_Words_AreTaken(string? typed, string words)
    {
        var query = SearchQuery.Parse(typed);

        Assert.Null(query.Problem);
        Assert.Equal(words, string.Join('|', query.Words.Select(w => w.Text + (w.Beginning ? "~" : ""))));
    }

    [Theory]
    [InlineData("\"open", "quotation mark")]
    [InlineData("*", "at least 2 letters before *")]
    [InlineData("a*", "at least 2 letters before *")]
    [InlineData("a*b", "at the end of a word only")]
    [InlineData("---", "no letter or digit")]
    [InlineData("\"\"", "no letter or digit")]
    [InlineData("a b c d e f g h i j k l m n o p q", "at most 16")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg", "longer than 64")]
    public void Parse_Broken_GetsASentence(string typed, string says)
    {
        var query = SearchQuery.Parse(typed);

        Assert.Contains(says, query.Problem, StringComparison.Ordinal);
        Assert.Empty(query.Words);
    }

    /// <summary>A problem is shown and may be logged by whoever reads it; what was typed may name a patient.</summary>
    [Fact]
    public void Parse_Broken_DoesNotRepeatWhatWasTyped()
    {
        Assert.DoesNotContain("Roe", SearchQuery.Parse("\"Roe").Problem, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("longer than 200", SearchQuery.Parse($"\"{new string('x', 201)}\"").Problem, StringComparison.Ordinal);
    }

    /// <summary>Attack: halves of a surrogate pair, which a database may refuse.</summary>
    [Fact]
    public void Parse_HalfASurrogatePair_PartsWords() =>
        Assert.Equal(["a", "b"], SearchQuery.Parse("a\ud800b").Words.Select(w => w.Text));
}
