namespace Chaperone.Recorder.Saved;

/// <summary>The searches that people saved. No projection: what was kept survives a power cut, and is not in the ledger.</summary>
internal interface ISavedSearches
{
    /// <summary>Those of one person, the newest first.</summary>
    ValueTask<IReadOnlyList<SealedSearch>> ListAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Keeps a search, replacing the owner's own of that id; false, and nothing kept, if the id is another person's, or the owner has <paramref name="most"/> others.</summary>
    ValueTask<bool> TryKeepAsync(SealedSearch search, int most, CancellationToken cancellationToken);

    /// <summary>Forgets the owner's search of this id, if there is one.</summary>
    ValueTask ForgetAsync(string owner, Guid id, CancellationToken cancellationToken);
}
