using System.Security.Cryptography;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Recorder.Saved;

namespace Chaperone.Recorder.Doors;

/// <summary>Answers with a person's saved searches; one that no longer opens is left out.</summary>
internal sealed partial class ListSearchesDoor(ISavedSearches saved, SearchSealer sealer, IPayloadSeal bus, ILogger<ListSearchesDoor> logger) : IDoor<ListSearches, SearchList>
{
    public async ValueTask<SearchList> AnswerAsync(ListSearches request, CancellationToken cancellationToken)
    {
        var items = new List<SavedSearch>();
        foreach (var search in await saved.ListAsync(SearchSealer.OwnerOf(request.Owner), cancellationToken))
        {
            try
            {
                items.Add(new SavedSearch { SearchId = search.Id, Content = bus.Seal(sealer.Open(search), search.Id), SavedAt = search.SavedAt });
            }
            catch (CryptographicException e)
            {
                Log.NotOpened(logger, search.Id, e.Message);
            }
        }

        return new SearchList { Items = [.. items] };
    }

    private static partial class Log
    {
        [LoggerMessage(6060, LogLevel.Error, "Saved search {SearchId} cannot be opened: {Reason}")]
        public static partial void NotOpened(ILogger logger, Guid searchId, string reason);
    }
}
