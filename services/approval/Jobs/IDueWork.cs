namespace Chaperone.Approval.Jobs;

/// <summary>Work that the store says is due: notices, cards, answers. It may run twice, at once in several workers, late or never; what it leaves undone stays due.</summary>
internal interface IDueWork
{
    /// <summary>For logs.</summary>
    string Name { get; }

    /// <summary>Does what is due for one request, or for all.</summary>
    Task DoDueAsync(long? number, CancellationToken cancellationToken);
}
