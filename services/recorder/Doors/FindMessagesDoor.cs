using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers with messages that match, each opened from the ledger itself; a question that is not understood gets a sentence.</summary>
internal sealed class FindMessagesDoor(LedgerOpening opening, ILedgerStore ledger, ISearchStore search, RecordOpener opener, IPayloadSeal bus)
    : IDoor<FindMessages, MessagePage>
{
    private const int MostItems = 200;

    public async ValueTask<MessagePage> AnswerAsync(FindMessages request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await search.OpenAsync(cancellationToken);
        var terms = SearchTerms.Read(bus.Open(request.Terms, request.QueryId));
        if (terms.Problem is { } problem)
        {
            return new MessagePage { Items = [], Problem = problem };
        }

        var limit = Math.Clamp(request.Limit, 1, MostItems);
        var found = await search.FindMessagesAsync(
            new MessageQuery
            {
                Words = terms.Words,
                Fields = terms.Fields,
                From = request.From,
                To = request.To,
                Before = request.Before ?? long.MaxValue,
                Limit = limit + 1,
            },
            cancellationToken);
        var items = new List<MessageItem>(limit);
        foreach (var index in found.Take(limit))
        {
            items.Add(await ReadAsync(index, terms.Words, cancellationToken));
        }

        return new MessagePage { Items = [.. items], Next = found.Count > limit ? items[^1].Index : null };
    }

    private async ValueTask<MessageItem> ReadAsync(long index, IReadOnlyList<SearchWord> words, CancellationToken cancellationToken)
    {
        var records = await ledger.ReadRecordsAsync(index, 1, cancellationToken);
        try
        {
            if (records is [{ Header: { } header, Object: { } sealedObject } record] && record.Leaf.Index == index)
            {
                var opened = opener.Open(header, sealedObject);
                var excerpt = SearchExcerpt.Of(opened, words);
                return new MessageItem
                {
                    Index = index,
                    Entry = opened.Entry,
                    Excerpt = excerpt.Length == 0 ? null : bus.Seal(Encoding.UTF8.GetBytes(excerpt), opened.Entry.EventId),
                };
            }
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            // The list stays usable; verification names the damaged record.
        }

        return new MessageItem { Index = index };
    }
}
