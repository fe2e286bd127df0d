using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Reviews;

namespace Chaperone.Recorder.Search;

/// <summary>
/// What people search: sessions, masked text and gaps, projected from the ledger. Never evidence, and rebuilt from the
/// ledger when it is deleted. Holds masked text and PHI-free facts only (invariant 4).
/// </summary>
internal interface ISearchStore : IAsyncDisposable
{
    /// <summary>Creates the schema if it is not there; may be called again after it failed.</summary>
    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>True while this process is the one that projects and looks for gaps; others try again later.</summary>
    ValueTask<bool> TryLeadAsync(CancellationToken cancellationToken);

    /// <summary>Index of the first ledger record that is not projected yet.</summary>
    ValueTask<long> ReadWatermarkAsync(CancellationToken cancellationToken);

    /// <summary>Projects records in ledger order and moves the watermark from <paramref name="from"/> to <paramref name="next"/>, all or nothing.</summary>
    /// <exception cref="InvalidOperationException">The watermark is not at <paramref name="from"/>.</exception>
    ValueTask ProjectAsync(long from, IReadOnlyList<SearchDocument> documents, long next, CancellationToken cancellationToken);

    /// <summary>Forgets everything, to be projected again from the first record.</summary>
    ValueTask ClearAsync(CancellationToken cancellationToken);

    /// <summary>As <see cref="ClearAsync"/>, but other states than the watermark stay.</summary>
    ValueTask RebuildAsync(CancellationToken cancellationToken);

    /// <summary>Sessions, newest first; <paramref name="words"/> are those of the query.</summary>
    ValueTask<SessionPage> FindSessionsAsync(ListSessions query, IReadOnlyList<SearchWord> words, CancellationToken cancellationToken);

    /// <summary>Ledger indices of the records that match, newest first.</summary>
    ValueTask<IReadOnlyList<long>> FindMessagesAsync(MessageQuery query, CancellationToken cancellationToken);

    /// <summary>Records that hold one of these pseudonyms, in order of index.</summary>
    ValueTask<IReadOnlyList<PatientHit>> FindPatientsAsync(PatientQuery query, CancellationToken cancellationToken);

    /// <summary>Ids of the masking keys under which records of these months (see <see cref="PatientPart.MonthOf"/>) were marked.</summary>
    ValueTask<IReadOnlyList<string>> ReadPatientKeysAsync(int firstMonth, int lastMonth, CancellationToken cancellationToken);

    /// <summary>Steps of reviews by people, in order of the ledger.</summary>
    ValueTask<IReadOnlyList<ReviewStep>> ReadReviewsAsync(CancellationToken cancellationToken);

    /// <summary>Ids of all sessions that were active in the period and match, each once, in no order; to be read to the end, or disposed.</summary>
    IAsyncEnumerable<Guid> ReadPopulationAsync(PopulationQuery query, CancellationToken cancellationToken);

    /// <summary>One session; null if there is none.</summary>
    ValueTask<SessionItem?> ReadSessionAsync(Guid sessionId, CancellationToken cancellationToken);

    /// <summary>Gaps, newest first.</summary>
    ValueTask<IReadOnlyList<NumberingGap>> ReadGapsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>A small state kept beside the projection (numbering, last verification); null if there is none.</summary>
    ValueTask<string?> ReadStateAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps a small state.</summary>
    ValueTask WriteStateAsync(string name, string value, CancellationToken cancellationToken);

    /// <summary>Compare-and-swap of a small state, also between processes: false, and nothing changed, unless it is <paramref name="from"/> (null: there is none).</summary>
    ValueTask<bool> TryMoveStateAsync(string name, string? from, string to, CancellationToken cancellationToken);
}
