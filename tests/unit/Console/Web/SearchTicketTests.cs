using Chaperone.Console.Web;
using FsCheck.Xunit;
using Microsoft.AspNetCore.DataProtection;

namespace Chaperone.Console.Tests.Web;

public sealed class SearchTicketTests
{
    private static readonly SearchTicket Tickets = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void Open_SamePerson_GivesTheSearchBack()
    {
        var terms = SearchTerms.Of("  Jane Roe ", "2026-11-01T08:00", "");

        var ticket = Tickets.Seal(terms, "p-1");

        Assert.DoesNotContain("Jane", ticket, StringComparison.Ordinal);
        Assert.Equal(terms, Tickets.Open(ticket, "p-1"));
        Assert.Equal(("Jane Roe", new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero), null), (terms.Words, terms.From, terms.To));
    }

    [Fact]
    public void Open_SomebodyElse_GivesNothing() => Assert.Null(Tickets.Open(Tickets.Seal(SearchTerms.Of("Jane", null, null), "p-1"), "p-2"));

    [Property]
    public bool Open_AnyText_GivesNothing(string? text) => Tickets.Open(text, "p-1") is null;

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("  ", "yesterday", "99")]
    public void Of_NothingUsable_IsEmpty(string? words, string? from, string? to) => Assert.True(SearchTerms.Of(words, from, to).IsEmpty);

    [Fact]
    public void Of_LongWords_AreCut() => Assert.Equal(SearchTerms.MaxWords, SearchTerms.Of(new string('x', 5000), null, null).Words!.Length);
}
